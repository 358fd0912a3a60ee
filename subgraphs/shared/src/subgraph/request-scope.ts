import type { Viewer } from '../auth/viewer.ts';

/** What crosses from the gateway to a subgraph with each fetch: as this object in-process, signed when remote. */
export interface RequestScope {
  readonly viewer: Viewer;
  /** Follows the request through every log line and every error. */
  readonly requestId: string;
  /** Where the request came from, for audit and limits. */
  readonly address: string | null;
  /** Ends the work when the client has gone or time is up. */
  readonly signal: AbortSignal;
}
