import { createHash } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { currentActivity, runAs } from '@cauce/shared/tracing/activity';
import { isFromOutside } from '@cauce/shared/tracing/traceparent';
import type { Tracing } from '@cauce/shared/tracing/tracing';
import type { GraphRequest } from '../execute/executor.ts';
import type { MeasuredName } from './operation-names.ts';

export interface RunIdentity {
  readonly kind: string;
  /** As the document names it. */
  readonly name: string | null;
  readonly request: Pick<GraphRequest, 'source'>;
  readonly requestId: string;
  readonly viewer: Viewer;
}

/** Runs an operation, or the opening of a stream, in a span of its own when there is tracing. */
export function runObserved<Value>(
  { tracing, nameOf }: { readonly tracing: Tracing | null; readonly nameOf: MeasuredName },
  { kind, name, request, requestId, viewer }: RunIdentity,
  work: () => Promise<Value>,
): Promise<Value> {
  if (tracing === null) {
    // Over a live connection no HTTP request stands around the operation.
    return currentActivity() === undefined ? runAs({ requestId, trace: null }, work) : work();
  }
  const attributes = {
    'graphql.operation.type': kind,
    ...(name === null ? {} : { 'graphql.operation.name': name }),
    'cauce.operation.hash': hashOf(request),
  };
  // Over a live connection nothing of ours stands around the operation: at most the client's own span.
  const role = isFromOutside(currentActivity()?.trace ?? null) ? 'server' : 'internal';
  return tracing.inSpan(`${kind} ${nameOf(name, viewer)}`, { role, requestId, attributes }, work);
}

export function hashOf({ source }: Pick<GraphRequest, 'source'>): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 16);
}
