import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { ExecutionResult } from 'graphql';
import type { SubgraphAnswer } from '../transports/transport.ts';
import type { CompiledStream } from './compiled-operation.ts';
import type { ExecutionObserver } from './executor.ts';
import { addFetchFailure } from './failures.ts';
import type { JsonObject } from './json-object.ts';
import { Run } from './run.ts';

/** What one subscription asks of its subgraph, and how an event of it becomes an answer. Holds nothing open. */
export interface PlannedStream {
  readonly subgraph: string;
  /** Equal for subscriptions that one stream of the subgraph can feed: the same operation with the same variables. */
  readonly upstreamKey: string;
  /** Equal for subscriptions whose answers are the same to the byte, as long as the rights are. */
  readonly operationKey: string;
  /** Whether every field in it is declared to depend on the viewer's rights alone, never on who they are. */
  readonly isByRights: boolean;
  /** Opens the subgraph's stream, or brings what the subgraph answered instead. Rejects when it cannot be reached. */
  open(scope: RequestScope): Promise<SubgraphAnswer | AsyncIterable<SubgraphAnswer>>;
  /** Completes an event from the other subgraphs. The event is used up; the scope must be that of this event alone. */
  answer(event: SubgraphAnswer, scope: RequestScope): Promise<ExecutionResult>;
  /** What a client is told when no stream was opened, from what the subgraph answered instead. */
  refusal(answer: SubgraphAnswer, scope: RequestScope): Promise<ExecutionResult>;
  /** What a client is told when the stream could not be opened, or broke. */
  failure(cause: unknown, scope: RequestScope): ExecutionResult;
}

export interface PlannedStreamOptions {
  readonly stream: CompiledStream;
  readonly operationKey: string;
  readonly variables: JsonObject;
  /** Stands around the answering of each event. */
  readonly observeEvent: ExecutionObserver['event'] | undefined;
  /** Fetches what the event lacks and shapes the answer. */
  readonly complete: (run: Run) => Promise<ExecutionResult>;
}

export function createPlannedStream(options: PlannedStreamOptions): PlannedStream {
  const { stream, operationKey, variables, observeEvent, complete } = options;
  const { node, context, merge } = stream;
  const { subgraph } = node;
  const start = (scope: RequestScope) => new Run(scope, variables, {});
  const failed = (run: Run, cause: unknown): ExecutionResult => {
    context.reportFetchFailure({ subgraph, cause, scope: run.scope });
    addFetchFailure(run, subgraph, cause, [[]]);
    return { errors: run.errors };
  };
  const answer = async (event: SubgraphAnswer, scope: RequestScope): Promise<ExecutionResult> => {
    const run = start(scope);
    try {
      merge(run, event);
    } catch (cause) {
      return failed(run, cause);
    }
    return complete(run);
  };
  const request = stream.request({ variables }, null);
  return {
    subgraph,
    upstreamKey: JSON.stringify([subgraph, request.query, request.variables]),
    operationKey,
    isByRights: stream.isByRights,
    open: (scope) => context.transportFor(subgraph).subscribe(request, scope),
    answer:
      observeEvent === undefined ? answer : (event, scope) => observeEvent(event, scope, () => answer(event, scope)),
    async refusal(refused, scope) {
      const { errors } = await answer(refused, scope);
      return errors === undefined ? failed(start(scope), new Error('The subgraph opened no stream')) : { errors };
    },
    failure: (cause, scope) => failed(start(scope), cause),
  };
}
