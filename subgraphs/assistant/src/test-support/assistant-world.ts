import { randomUUID } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Database } from '@cauce/shared/db/database';
import { createOperationRunner } from '@cauce/shared/subgraph/operation-runner';
import { countStatements } from '@cauce/shared/test/count-statements';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDeps } from '@cauce/shared/test/test-deps';
import type { ExecutionResult } from 'graphql';
import { createAssistantSubgraph } from '../subgraph.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The assistant subgraph on a database of its own, asked the way the gateway asks it. */
export async function assistantWorld(db: Database) {
  const world = await testDeps(db);
  const subgraph = createAssistantSubgraph(world.deps);
  const runner = createOperationRunner(subgraph, silentLog);
  const ask = async (query: string, viewer: Viewer, variables: Variables = {}): Promise<ExecutionResult> =>
    runner.execute(
      { query, variables },
      { viewer, requestId: randomUUID(), address: null, signal: new AbortController().signal },
    );
  return {
    ...world,
    subgraph,
    ask,
    /** The data of an answer that has no errors. */
    async get(query: string, viewer: Viewer, variables?: Variables): Promise<Record<string, unknown>> {
      const { data, errors } = await ask(query, viewer, variables);
      if (errors !== undefined || !data) throw new Error(`Unexpected answer: ${JSON.stringify(errors)}`);
      return JSON.parse(JSON.stringify(data));
    },
    /** SQL statements that the work sends. */
    countStatements: (work: () => Promise<unknown>) => countStatements(db, work),
    addThread: async (userId: string, title: string, lastAskedAt = new Date()) =>
      (await db.client.thread.create({ data: { userId, title, lastAskedAt } })).id,
    /** An answer as the assistant would store it; its words are the test's. */
    addAnswer: async (threadId: string, userId: string, question: string, more: Variables = {}) =>
      (await db.client.answer.create({ data: { threadId, userId, question, ...more } })).id,
  };
}
