import { type DocumentNode, type ExecutionResult, execute, type GraphQLError, parse, subscribe } from 'graphql';
import { LRUCache } from 'lru-cache';
import { toGraphQLError } from '../errors/to-graphql-error.ts';
import type { Log } from '../log/log.ts';
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
export function createOperationRunner(subgraph: Subgraph, log: Log): OperationRunner {
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
      const result = execute(prepare(operation, scope));
      return result instanceof Promise ? result.then((value) => finish(value, scope)) : finish(result, scope);
    },
    async subscribe(operation, scope) {
      const result = await subscribe(prepare(operation, scope));
      return Symbol.asyncIterator in result
        ? mapStream(result, (value) => finish(value, scope))
        : finish(result, scope);
    },
  };
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
    if (isUnexpected) {
      log.error({ err: original.originalError ?? original, subgraph, path: original.path, requestId: scope.requestId });
    }
    return error;
  });
  return { ...result, errors };
}

/** Like `for await … yield`, except that `return()` ends the source at once, also while an event is awaited. */
function mapStream<Value>(
  source: AsyncGenerator<Value, void, void>,
  map: (value: Value) => Value,
): AsyncGenerator<Value, void, void> {
  const mapStep = (step: IteratorResult<Value, void>): IteratorResult<Value, void> =>
    step.done === true ? step : { done: false, value: map(step.value) };
  const stream: AsyncGenerator<Value, void, void> = {
    next: () => source.next().then(mapStep),
    return: () => source.return(),
    throw: (error) => source.throw(error),
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: async () => {
      await source.return();
    },
  };
  return stream;
}
