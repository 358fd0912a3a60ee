import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { Kind } from 'graphql';
import { abortFailure } from '../execute/failures.ts';
import type { JsonObject } from '../execute/json-object.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from '../transports/transport.ts';
import type { Declarations } from './declarations.ts';
import type { CacheCore } from './entity-cache.ts';
import { loadWanted } from './load-wanted.ts';
import type { Question } from './questions.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/**
 * Answers fetches from what is kept. A fetch of which only a part is kept goes out for the rest; one that holds anything
 * undeclared goes out as it is. What the platform asks for itself is always asked anew.
 */
export function createCachedTransport(core: CacheCore, subgraph: string, inner: Transport): Transport {
  const fromKept = ({ request, scope, questions, wanted }: Asked): SubgraphAnswer | Promise<SubgraphAnswer> => {
    const texts: (string | undefined)[] = [];
    let hits = 0;
    for (const { key } of wanted) {
      const text = core.values.get(key);
      if (text !== undefined) hits += 1;
      texts.push(text);
    }
    if (hits > 0) core.count(subgraph, 'hit', hits);
    if (hits === wanted.length) return answerOf(questions, wanted, texts);
    const loading = loadWanted({ core, subgraph, inner, request, scope, wanted, texts });
    return untilAborted(loading, scope).then((loaded) => {
      if (loaded.kind === 'answer') return loaded.answer;
      return loaded.kind === 'texts'
        ? answerOf(questions, wanted, loaded.texts)
        : inner.execute({ ...request, isFresh: true }, scope);
    });
  };

  const execute: Transport['execute'] = (request, scope) => {
    if (scope.viewer.kind === 'system') return inner.execute(request, scope);
    if (request.operationKind !== 'query') return sealing(request, scope);
    const questions = core.questions(request.document, subgraph);
    if (questions === null) return inner.execute(request, scope);
    const rights = core.rightsOf(scope.viewer);
    const wanted = wantedOf(request, questions, subgraph, core.declarations(), rights.key);
    if (wanted === null) return inner.execute(request, scope);
    const given = (isCaughtUp: boolean) => {
      if (isCaughtUp) return fromKept({ request, scope, questions, wanted });
      core.count(subgraph, 'away', wanted.length);
      return inner.execute(request, scope);
    };
    const isCaughtUp = core.bus.isCaughtUp();
    return typeof isCaughtUp === 'boolean' ? given(isCaughtUp) : isCaughtUp.then(given);
  };
  /** Whoever asks after a mutation has ended sees what it did, also before its events have come. */
  const sealing = async (request: SubgraphRequest, scope: RequestScope) => {
    try {
      return await inner.execute(request, scope);
    } finally {
      if (!sparesAll(request, core.declarations())) core.seal(subgraph);
    }
  };
  return { ...inner, execute };
}

/** Whether none of the mutations that a request holds changes anything of what is kept. */
function sparesAll({ document }: SubgraphRequest, { sparing }: Declarations): boolean {
  const [operation] = document.definitions;
  return (
    document.definitions.length === 1 &&
    operation?.kind === Kind.OPERATION_DEFINITION &&
    operation.selectionSet.selections.every((one) => one.kind === Kind.FIELD && sparing.has(one.name.value))
  );
}

interface Asked {
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
  readonly questions: readonly Question[];
  readonly wanted: readonly Wanted[];
}

function answerOf(
  questions: readonly Question[],
  wanted: readonly Wanted[],
  texts: readonly (string | undefined)[],
): SubgraphAnswer {
  const data: JsonObject = {};
  const lists = new Map<Question, unknown[]>();
  for (const question of questions) {
    if (question.representations === null) continue;
    const list: unknown[] = [];
    lists.set(question, list);
    data[question.alias] = list;
  }
  for (const [index, { question }] of wanted.entries()) {
    const value: unknown = JSON.parse(texts[index] ?? 'null');
    const list = lists.get(question);
    if (list === undefined) data[question.alias] = value;
    else list.push(value);
  }
  return { data };
}

function untilAborted<Value>(work: Promise<Value>, { signal }: RequestScope): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortFailure(signal));
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}
