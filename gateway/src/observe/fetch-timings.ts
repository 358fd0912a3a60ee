import type { RequestScope } from '@cauce/shared/subgraph/request-scope';

/** One fetch of one request, for its slow-operation line. */
export interface FetchTiming {
  readonly subgraph: string;
  /** Where in the answer it belongs; empty at the root. */
  readonly path: string;
  readonly entities: number;
  /** Since the operation began. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly outcome: string;
}

/** Collects the fetches of the requests that want it, until the request is gone. */
export interface FetchTimings {
  begin(scope: RequestScope): void;
  /** The fetches of this work belong to this request. */
  follow(work: RequestScope, request: RequestScope): void;
  add(scope: RequestScope, startedAt: number, timing: Omit<FetchTiming, 'startMs' | 'durationMs'>): void;
  of(scope: RequestScope): readonly FetchTiming[];
}

/** An operation of more fetches than these is told by its first ones. */
const maxTimings = 100;

export function createFetchTimings(now: () => number = () => performance.now()): FetchTimings {
  const requests = new WeakMap<RequestScope, { readonly startedAt: number; readonly timings: FetchTiming[] }>();
  return {
    begin(scope) {
      requests.set(scope, { startedAt: now(), timings: [] });
    },
    follow(work, request) {
      const known = requests.get(request);
      if (known !== undefined) requests.set(work, known);
    },
    add(scope, startedAt, timing) {
      const request = requests.get(scope);
      if (request === undefined || request.timings.length >= maxTimings) return;
      const startMs = round(startedAt - request.startedAt);
      request.timings.push({ ...timing, startMs, durationMs: round(now() - startedAt) });
    },
    of: (scope) => requests.get(scope)?.timings ?? [],
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
