import type { CombinedError } from '@urql/core';

/** Something the graph could not answer, by its stable code; the words for it are in the messages. */
export interface Failure {
  readonly code: string;
  /** What support needs to find it again. */
  readonly requestId: string | null;
  /** Where in the answer it happened: `site.production`; empty when nothing could be answered. */
  readonly path: string;
}

/** Reads every failure out of an urql error. A request that never arrived has the code `NETWORK`. */
export function toFailures(error: CombinedError | undefined): readonly Failure[] {
  if (error === undefined) return [];
  if (error.networkError !== undefined && error.graphQLErrors.length === 0) {
    return [{ code: 'NETWORK', requestId: null, path: '' }];
  }
  return error.graphQLErrors.map((one) => ({
    code: textOr(one.extensions?.code, 'INTERNAL'),
    requestId: textOr(one.extensions?.requestId, null),
    path: (one.path ?? []).filter((step) => typeof step === 'string').join('.'),
  }));
}

/** The failure that explains why the value at `path` is missing: its own, or one of something around or inside it. */
export function failureAt(failures: readonly Failure[], path: string): Failure | null {
  const isNear = ({ path: at }: Failure) =>
    at === path || at.startsWith(`${path}.`) || path.startsWith(`${at}.`) || at === '';
  return failures.find(isNear) ?? null;
}

function textOr<Default>(value: unknown, otherwise: Default): string | Default {
  return typeof value === 'string' ? value : otherwise;
}
