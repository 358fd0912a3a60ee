import type { Database } from '@cauce/shared/db/database';
import { askSubgraph, type Variables } from '@cauce/shared/test/ask-subgraph';
import { testDeps } from '@cauce/shared/test/test-deps';
import { createAssistantSubgraph } from '../subgraph.ts';

/** The assistant subgraph on a database of its own, asked the way the gateway asks it. */
export async function assistantWorld(db: Database) {
  const world = await testDeps(db);
  const subgraph = createAssistantSubgraph(world.deps);
  return {
    ...world,
    ...askSubgraph(subgraph, db),
    subgraph,
    addThread: async (userId: string, title: string, lastAskedAt = new Date()) =>
      (await db.client.thread.create({ data: { userId, title, lastAskedAt } })).id,
    /** An answer as the assistant would store it; its words are the test's. */
    addAnswer: async (threadId: string, userId: string, question: string, more: Variables = {}) =>
      (await db.client.answer.create({ data: { threadId, userId, question, ...more } })).id,
  };
}
