import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import type { Database } from '../db/database.ts';
import { createOperationRunner } from '../subgraph/operation-runner.ts';
import type { RequestScope } from '../subgraph/request-scope.ts';
import type { Subgraph } from '../subgraph/subgraph.ts';
import { countStatements } from './count-statements.ts';
import { silentLog } from './silent-log.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** The verbs with which a test asks a subgraph, the way the gateway asks it. */
export interface SubgraphQuestions {
  ask(query: string, viewer: Viewer, variables?: Variables): Promise<ExecutionResult>;
  /** The data of an answer that has no errors. */
  get(query: string, viewer: Viewer, variables?: Variables): Promise<Record<string, unknown>>;
  /** The code of the first error of an answer. */
  refused(query: string, viewer: Viewer, variables?: Variables): Promise<unknown>;
  /** Events of a subscription; `stop` is the client leaving. */
  listen(query: string, viewer: Viewer, variables?: Variables): Promise<Listener>;
  /** SQL statements that the work sends. */
  countStatements(work: () => Promise<unknown>): Promise<number>;
}

export interface Listener {
  /** The data of the next event; throws when it has errors or the stream ended. */
  next(): Promise<Record<string, unknown>>;
  stop(): void;
}

export function askSubgraph(subgraph: Subgraph, db: Database): SubgraphQuestions {
  const runner = createOperationRunner(subgraph, silentLog);
  const ask = async (query: string, viewer: Viewer, variables: Variables = {}) =>
    runner.execute({ query, variables }, scopeOf(viewer, new AbortController().signal));
  return {
    ask,
    get: async (query, viewer, variables) => dataOf(await ask(query, viewer, variables)),
    refused: async (query, viewer, variables) => (await ask(query, viewer, variables)).errors?.[0]?.extensions.code,
    async listen(query, viewer, variables = {}) {
      const leaving = new AbortController();
      const stream = await runner.subscribe({ query, variables }, scopeOf(viewer, leaving.signal));
      if (!(Symbol.asyncIterator in stream)) throw new Error(`Not a stream: ${JSON.stringify(stream.errors)}`);
      const events = stream[Symbol.asyncIterator]();
      return {
        next: async () => {
          const step = await events.next();
          if (step.done === true) throw new Error('The stream ended');
          return dataOf(step.value);
        },
        stop: () => leaving.abort(),
      };
    },
    countStatements: (work) => countStatements(db, work),
  };
}

function scopeOf(viewer: Viewer, signal: AbortSignal): RequestScope {
  return { viewer, requestId: randomUUID(), address: '192.0.2.1', signal };
}

/** As it would come over a wire: plain objects, dates as text. */
function dataOf({ data, errors }: ExecutionResult): Record<string, unknown> {
  if (errors !== undefined || !data) throw new Error(`Unexpected answer: ${JSON.stringify(errors)}`);
  return JSON.parse(JSON.stringify(data));
}
