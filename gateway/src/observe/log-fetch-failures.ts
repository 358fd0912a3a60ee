import type { Log } from '@cauce/shared/log/log';
import { ClientGone } from '../door/deadline.ts';
import type { ReportFetchFailure } from '../execute/plan-context.ts';

/** Has failed fetches logged as errors. A page that is left ends its own fetches: nothing failed. */
export function logFetchFailures(log: Log): ReportFetchFailure {
  return ({ subgraph, cause, scope }) => {
    if (scope.signal.reason instanceof ClientGone) return;
    log.error({ err: cause, subgraph, requestId: scope.requestId }, 'A subgraph did not answer');
  };
}
