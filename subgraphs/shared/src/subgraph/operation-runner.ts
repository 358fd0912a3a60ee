import { ROOT_CONTEXT } from '@opentelemetry/api';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  parse,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { withStatementsOf } from '../db/statement-scope.ts';
import { toGraphQLError } from '../errors/to-graphql-error.ts';
import type { Log } from '../log/log.ts';
import { originOf } from '../tracing/event-origin.ts';
import { traceRootResolvers } from '../tracing/trace-resolvers.ts';
import { currentTraceHeaders, linkTo } from '../tracing/traceparent.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { RequestScope } from './request-scope.ts';
import type { Subgraph } from './subgraph.ts';

/** One operation as the gateway sends it: planned against this schema, so it is not validated again. */
export interface SubgraphOperation {
  readonly query: string;
  /** The parsed query, when the caller keeps it; otherwise it is parsed once and remembered. */
  readonly document?: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

/** Runs operations on one subgraph. Errors leave it mapped: a code, the request id, nothing from inside. */
export interface OperationRunner {
  execute(operation: SubgraphOperation, scope: RequestScope): Promise<ExecutionResult> | ExecutionResult;
  subscribe(
    operation: SubgraphOperation,
    scope: RequestScope,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

const rememberedDocuments = 2_000;

/** The runner behind both transports, so that in-process and remote answers are the same to the byte. */
export function createOperationRunner(subgraph: Subgraph, log: Log, tracing: Tracing | null = null): OperationRunner {
  if (tracing !== null) traceRootResolvers(subgraph.schema, tracing);
  const documents = new LRUCache<string, DocumentNode>({ max: rememberedDocuments });
  // Fetches of one request share one context, and with it their loaders.
  const contexts = new WeakMap<RequestScope, object>();

  const prepare = (operation: SubgraphOperation, scope: RequestScope) => ({
    schema: subgraph.schema,
    document: operation.document ?? documentOf(documents, operation.query),
    contextValue: contextOf(contexts, subgraph, scope),
    variableValues: operation.variables ?? null,
    operationName: operation.operationName ?? null,
  });
  const finish = (result: ExecutionResult, scope: RequestScope) => maskErrors(result, subgraph.name, scope, log);

  return {
    execute(operation, scope) {
      const prepared = prepare(operation, scope);
      // A change that has begun runs to its end: whoever left cannot know how far it has come.
      const result = isMutation(prepared.document)
        ? execute(prepared)
        : withStatementsOf(scope.signal, () => execute(prepared));
      return result instanceof Promise ? result.then((value) => finish(value, scope)) : finish(result, scope);
    },
    async subscribe(operation, scope) {
      const prepared = prepare(operation, scope);
      const source = await createSourceEventStream(prepared);
      if (!(Symbol.asyncIterator in source)) return finish(source, scope);
      const answer = async (event: unknown) => {
        // A context of its own for each event: what an earlier one loaded is no longer true.
        const contextValue = subgraph.createContext({ ...scope });
        return finish(await execute({ ...prepared, contextValue, rootValue: event }), scope);
      };
      if (tracing === null) return mapStream(source[Symbol.asyncIterator](), answer);
      return mapStream(source[Symbol.asyncIterator](), (event) => traceEvent(tracing, subgraph.name, event, answer));
    },
  };
}

/** A trace for each event, linked to what caused it: under the subscription's own it would never end. */
function traceEvent(
  tracing: Tracing,
  subgraph: string,
  event: unknown,
  answer: (event: unknown) => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const detail = {
    role: 'consumer',
    parent: ROOT_CONTEXT,
    links: [...linkTo(originOf(event)), ...linkTo(currentTraceHeaders().traceparent)],
    attributes: { 'cauce.subgraph': subgraph },
  } as const;
  return tracing.inSpan('event', detail, async () => {
    // Goes no further than the gateway, which tells the event's way to its readers under the same trace.
    const extensions = { ...currentTraceHeaders() };
    return { ...(await answer(event)), extensions };
  });
}

/** Documents come from the planner, with one operation each. */
function isMutation({ definitions }: DocumentNode): boolean {
  return definitions.some((one) => one.kind === 'OperationDefinition' && one.operation === 'mutation');
}

function documentOf(documents: LRUCache<string, DocumentNode>, query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query, { noLocation: true });
  documents.set(query, document);
  return document;
}

function contextOf(contexts: WeakMap<RequestScope, object>, subgraph: Subgraph, scope: RequestScope): object {
  const known = contexts.get(scope);
  if (known !== undefined) return known;
  const context = subgraph.createContext(scope);
  contexts.set(scope, context);
  return context;
}

function maskErrors(result: ExecutionResult, subgraph: string, scope: RequestScope, log: Log): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors: GraphQLError[] = result.errors.map((original) => {
    const { error, isUnexpected } = toGraphQLError(original, scope.requestId);
    // Work that was given up fails in its own ways, and nobody reads its answer.
    if (isUnexpected && !scope.signal.aborted) {
      log.error({ err: original.originalError ?? original, subgraph, path: original.path, requestId: scope.requestId });
    }
    return error;
  });
  return { ...result, errors };
}

/** Like `for await … yield`, except that `return()` ends the source at once, also while an event is awaited. */
function mapStream<Event, Value>(
  source: AsyncIterator<Event>,
  map: (event: Event) => Promise<Value>,
): AsyncIterableIterator<Value, void, void> {
  const stream: AsyncIterableIterator<Value, void, void> = {
    async next() {
      const step = await source.next();
      return step.done === true ? { done: true, value: undefined } : { done: false, value: await map(step.value) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
