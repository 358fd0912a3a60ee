import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { type Answer, answerParts, toAnswer } from './answer.ts';
import { type Thread, toThread } from './thread.ts';

const newestFirst = [
  { column: 'lastAskedAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

/**
 * Threads and answers of one person. A thread belongs to who asked and to nobody's company or site, so every query
 * here names the person; without a person there is nothing.
 */
export function createThreadStore(client: PrismaClient, userId: string | null) {
  const own = { userId: userId ?? nobody };
  const threadWhere = (isArchived: boolean | null): Prisma.ThreadWhereInput => ({
    ...own,
    ...(isArchived === null ? {} : { archivedAt: isArchived ? { not: null } : null }),
  });
  return {
    async byIds(ids: readonly string[]): Promise<readonly Thread[]> {
      return (await client.thread.findMany({ where: { ...own, id: { in: onlyUuids(ids) } } })).map(toThread);
    },

    async answersByIds(ids: readonly string[]): Promise<readonly Answer[]> {
      const rows = await client.answer.findMany({
        // Both, so that an answer that was filed under somebody else's thread is nobody's.
        where: { ...own, thread: own, id: { in: onlyUuids(ids) } },
        include: answerParts,
      });
      return rows.map(toAnswer);
    },

    async page(isArchived: boolean | null, { limit, after }: Keyset): Promise<readonly Thread[]> {
      const rows = await client.thread.findMany({
        where: { AND: [threadWhere(isArchived), afterKeyset(newestFirst, after)] },
        orderBy: [{ lastAskedAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      });
      return rows.map(toThread);
    },

    count: (isArchived: boolean | null) => client.thread.count({ where: threadWhere(isArchived) }),

    /** Up to `limit + 1` answers of each thread, newest first, in one statement for all threads. */
    answerIds: (threadIds: readonly string[], { limit, after }: Keyset) => {
      const [createdAt, id] = after ?? [];
      const isAfter =
        createdAt === undefined
          ? Prisma.sql`TRUE`
          : Prisma.sql`(a.created_at, a.id) < (${createdAt}::timestamptz, ${id}::uuid)`;
      return client.$queryRaw<{ threadId: string; id: string }[]>`
        SELECT k.thread_id::text AS "threadId", r.id::text AS id
        FROM unnest(${onlyUuids(threadIds)}::uuid[]) AS k (thread_id)
        CROSS JOIN LATERAL (
          SELECT a.id, a.created_at FROM assistant.answers a
          WHERE a.thread_id = k.thread_id AND a.user_id = ${own.userId}::uuid AND ${isAfter}
          ORDER BY a.created_at DESC, a.id DESC
          LIMIT ${limit + 1}
        ) r
        ORDER BY r.created_at DESC, r.id DESC`;
    },

    async answerCounts(threadIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const rows = await client.answer.groupBy({
        by: ['threadId'],
        where: { ...own, threadId: { in: onlyUuids(threadIds) } },
        _count: true,
      });
      return new Map(rows.map(({ threadId, _count }) => [threadId, _count]));
    },
  };
}

/** An id that no user has. */
const nobody = '00000000-0000-0000-0000-000000000000';
