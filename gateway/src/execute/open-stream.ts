import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { ExecutionResult } from 'graphql';
import type { SubgraphAnswer } from '../transports/transport.ts';
import type { CompiledStream } from './compiled-operation.ts';
import { createEventStream, type EventQueueLimits } from './event-stream.ts';
import type { ExecutionObserver } from './executor.ts';
import { addFetchFailure } from './failures.ts';
import { compileRequest } from './fetch-request.ts';
import { compileRootMerge } from './fetch-step.ts';
import type { Run } from './run.ts';

export type StreamLimits = EventQueueLimits;

export interface OpenStreamOptions {
  readonly stream: CompiledStream;
  readonly scope: RequestScope;
  readonly limits: StreamLimits | undefined;
  /** Stands around the answering of each event. */
  readonly observeEvent: ExecutionObserver['event'] | undefined;
  readonly start: (scope: RequestScope) => Run;
  /** Fetches what the event lacks and shapes the answer. */
  readonly complete: (run: Run) => Promise<ExecutionResult>;
}

/** Opens the stream of the owning subgraph; each of its events is completed from the others, one after another. */
export async function openStream(
  options: OpenStreamOptions,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const { stream, scope, observeEvent, start, complete } = options;
  const { node, context } = stream;
  const merge = compileRootMerge(node, [], context);
  const request = compileRequest(node, context);
  // Ends with the stream, so that a source which waits for its next event hears that nobody wants it.
  const ending = new AbortController();
  const streamScope: RequestScope = { ...scope, signal: AbortSignal.any([scope.signal, ending.signal]) };

  const answerEvent = async (event: SubgraphAnswer): Promise<ExecutionResult> => {
    // Loaders hang on the scope: one for each event, or the second would be answered with the first one's rows.
    const run = start({ ...streamScope });
    try {
      merge(run, event);
    } catch (cause) {
      return failed(run, cause);
    }
    return complete(run);
  };
  const failed = (run: Run, cause: unknown): ExecutionResult => {
    context.reportFetchFailure({ subgraph: node.subgraph, cause, scope });
    addFetchFailure(run, node.subgraph, cause, [[]]);
    return { errors: run.errors };
  };

  const transport = context.transportFor(node.subgraph);
  let opened: SubgraphAnswer | AsyncIterable<SubgraphAnswer>;
  try {
    opened = await transport.subscribe(request(start(streamScope), null), streamScope);
  } catch (cause) {
    return failed(start(scope), cause);
  }
  if (!(Symbol.asyncIterator in opened)) {
    const { errors } = await answerEvent(opened);
    return errors === undefined ? failed(start(scope), new Error('The subgraph opened no stream')) : { errors };
  }
  return createEventStream({
    source: opened,
    signal: scope.signal,
    limits: options.limits,
    answer: observeEvent === undefined ? answerEvent : (event) => observeEvent(event, scope, () => answerEvent(event)),
    answerFailure: (cause) => failed(start(scope), cause),
    onEnd: () => ending.abort(),
  });
}
