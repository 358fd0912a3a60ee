import { createIdLoader } from '@cauce/shared/db/create-loader';
import { type Keyset, type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import DataLoader from 'dataloader';
import type { Answer } from './answer.ts';
import type { Thread } from './thread.ts';
import type { createThreadStore } from './threads.store.ts';

/** One person's threads and answers; those of others are not there. */
export interface Threads {
  byId(id: string): Promise<Thread | null>;
  answerById(id: string): Promise<Answer | null>;
  /** @param isArchived only those, only the others, or (null) both */
  page(isArchived: boolean | null, page: PageArgs): Promise<Page<Thread>>;
  /** Newest first; asked for many threads at once they are still read in one go. */
  answersOf(threadId: string, page: PageArgs): Promise<Page<Answer>>;
}

interface AnswersKey {
  readonly threadId: string;
  readonly keyset: Keyset;
}

export function createThreads(store: ReturnType<typeof createThreadStore>): Threads {
  const threads = createIdLoader((ids) => store.byIds(ids));
  const answers = createIdLoader((ids) => store.answersByIds(ids));
  const answerIds = new DataLoader<AnswersKey, readonly string[], string>(
    async (keys) => {
      const lists = new Map<string, readonly string[]>();
      // Threads of one list ask for the same page of each, which is one statement.
      for (const group of Map.groupBy(keys, ({ keyset }) => JSON.stringify(keyset)).values()) {
        const [first] = group;
        if (first === undefined) continue;
        const threadIds = group.map(({ threadId }) => threadId);
        const rows = Map.groupBy(await store.answerIds(threadIds, first.keyset), ({ threadId }) => threadId);
        for (const key of group)
          lists.set(
            JSON.stringify(key),
            (rows.get(key.threadId) ?? []).map(({ id }) => id),
          );
      }
      return keys.map((key) => lists.get(JSON.stringify(key)) ?? []);
    },
    { cacheKeyFn: (key) => JSON.stringify(key) },
  );
  const counts = new DataLoader<string, number>(async (threadIds) => {
    const found = await store.answerCounts(threadIds);
    return threadIds.map((id) => found.get(id) ?? 0);
  });

  return {
    byId: (id) => threads.load(id),
    answerById: (id) => answers.load(id),

    async page(isArchived, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const rows = await store.page(isArchived, keyset);
      return toPage(
        rows,
        keyset,
        ({ lastAskedAt, id }) => [lastAskedAt.toISOString(), id],
        () => store.count(isArchived),
      );
    },

    async answersOf(threadId, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const ids = await answerIds.load({ threadId, keyset });
      const rows = (await Promise.all(ids.map((id) => answers.load(id)))).filter((answer) => answer !== null);
      return toPage(
        rows,
        keyset,
        ({ createdAt, id }) => [createdAt.toISOString(), id],
        () => counts.load(threadId),
      );
    },
  };
}
