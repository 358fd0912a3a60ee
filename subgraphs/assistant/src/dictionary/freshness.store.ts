import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';

/** How far back in the outbox a change is looked for: beyond it, nothing changed lately. */
const eventsLookedThrough = 5_000;

export interface TopicFreshness {
  readonly topic: string;
  readonly changedAt: Date | null;
}

export function createFreshnessStore(client: PrismaClient, viewer: Viewer) {
  return {
    /** When something of each topic last changed within the viewer's reach, for all topics in one statement. */
    async lastChanges(topics: readonly string[]): Promise<readonly TopicFreshness[]> {
      const reach = reachSql(viewer, { site: 'e.site_id', company: 'e.company_id' });
      return client.$queryRaw<TopicFreshness[]>(Prisma.sql`
        SELECT t.topic, (
          SELECT max(e.occurred_at) FROM (
            SELECT o.occurred_at, o.site_id, o.company_id FROM platform.outbox o
            WHERE o.topic = t.topic ORDER BY o.id DESC LIMIT ${eventsLookedThrough}
          ) e WHERE ${reach}
        ) AS "changedAt"
        FROM unnest(${[...topics]}::text[]) AS t (topic)`);
    },
  };
}
