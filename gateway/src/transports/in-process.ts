import type { OperationRunner } from '@cauce/shared/subgraph/operation-runner';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { abortFailure } from '../execute/failures.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from './transport.ts';

/**
 * Reaches a subgraph in this process: planned documents run as they are, without parsing or validating, and objects
 * pass instead of text. Fetches of one request share one subgraph context, because the runner keeps one per scope.
 */
export function createInProcessTransport(runner: OperationRunner): Transport {
  return {
    isLocal: true,
    execute(request, scope) {
      const answer = runner.execute(request, scope);
      return answer instanceof Promise ? untilAborted(answer, scope.signal) : answer;
    },
    async subscribe(request: SubgraphRequest, scope: RequestScope) {
      return runner.subscribe(request, scope);
    },
  };
}

/** A resolver cannot be stopped from outside, but nobody has to wait for it. */
function untilAborted(answer: Promise<SubgraphAnswer>, signal: AbortSignal): Promise<SubgraphAnswer> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortFailure(signal));
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
