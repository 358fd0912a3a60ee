import type { DeadLetter, DeadLetterDay, Prisma } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { afterKeyset, type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import { z } from 'zod';
import { createMessageFormats } from './formats/message-formats.ts';
import { chirpstackOrigin, mqttOrigin, readAndStore } from './read-and-store.ts';
import { transactionRunner } from './sql-runner.ts';

export interface DeadLetterFilter {
  readonly reasons?: readonly string[] | null | undefined;
  readonly pointIds?: readonly string[] | null | undefined;
  readonly isResolved?: boolean | null | undefined;
}

/** What devices said and could not be stored, as far as one viewer may see it. */
export interface DeadLetters {
  page(filter: DeadLetterFilter, args: PageArgs): Promise<Page<DeadLetter>>;
  /** Days of the last month on which letters were dropped, newest first. */
  droppedDays(): Promise<readonly DeadLetterDay[]>;
  /**
   * Reads device messages again, each in its own transaction with its audit entry: those that can be stored now are
   * resolved, the others keep their letter with the newest reason. Letters out of reach, resolved ones and those of
   * providers are left out of the answer.
   * @throws ValidationFailed
   */
  retry(ids: unknown): Promise<readonly DeadLetter[]>;
}

export interface DeadLettersDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  readonly topicRoot: string;
}

const newestFirst = [
  { column: 'receivedAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

export function createDeadLetters({ client, clock, actor, topicRoot }: DeadLettersDeps): DeadLetters {
  const formats = createMessageFormats(topicRoot);
  /** Who reaches some sites only sees the letters of their points. */
  const ofSites = async (): Promise<Prisma.DeadLetterWhereInput> => {
    if (actor.viewer.siteIds === 'all') return {};
    const points = await client.catchmentPoint.findMany({ select: { id: true } });
    return { pointId: { in: points.map(({ id }) => id) } };
  };
  return {
    async page(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const where = { AND: [whereOf(filter), await ofSites()] };
      const rows = await client.deadLetter.findMany({
        where: { AND: [where, afterKeyset(newestFirst, keyset.after)] },
        orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
        take: keyset.limit + 1,
      });
      return toPage(
        rows,
        keyset,
        (letter) => [letter.receivedAt.toISOString(), letter.id],
        () => client.deadLetter.count({ where }),
      );
    },

    droppedDays: () =>
      client.deadLetterDay.findMany({
        where: { dropped: { gt: 0 }, day: { gte: new Date(clock.now().getTime() - 30 * 86_400_000) } },
        orderBy: [{ day: 'desc' }, { companyId: 'asc' }],
        take: 1_000,
      }),

    async retry(given) {
      const { ids } = parseInput(z.object({ ids: z.array(z.string()).min(1).max(100) }), { ids: given });
      const within = await ofSites();
      const letters = await client.deadLetter.findMany({
        where: {
          AND: [
            {
              id: { in: onlyUuids(ids) },
              origin: { in: [mqttOrigin, chirpstackOrigin] },
              topic: { not: null },
              resolvedAt: null,
            },
            within,
          ],
        },
        orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
      });
      const after: DeadLetter[] = [];
      for (const letter of letters) after.push(await retryOne(letter));
      return after;
    },
  };

  function retryOne(letter: DeadLetter): Promise<DeadLetter> {
    return client.$transaction(async (tx) => {
      const now = clock.now();
      const { id, topic, payload, receivedAt, companyId } = letter;
      const message = { topic: topic ?? '', payload: Buffer.from(payload), receivedAt };
      const sql = transactionRunner(unscoped(tx));
      // What was posted with a key is of nobody but the company of the key.
      const only = letter.origin === chirpstackOrigin ? (companyId ?? id) : null;
      const { letters, outcomes } = await readAndStore(sql, [message], formats, now, undefined, only);
      const [refused] = letters;
      const data = refused === undefined ? { resolvedAt: now } : { reason: refused.reason };
      await tx.deadLetter.updateMany({ where: { id }, data });
      const after = { ...letter, ...data };
      await recordAudit(tx, actor, {
        ...{ action: 'telemetry.retryDeadLetter', entityType: 'DeadLetter', entityId: id, companyId },
        before: { reason: letter.reason, resolvedAt: letter.resolvedAt },
        after: { ...data, readings: outcomes.length },
      });
      return after;
    });
  }
}

function whereOf({ reasons, pointIds, isResolved }: DeadLetterFilter): Prisma.DeadLetterWhereInput {
  return {
    ...(reasons ? { reason: { in: [...reasons] } } : {}),
    ...(pointIds ? { pointId: { in: onlyUuids(pointIds) } } : {}),
    ...(isResolved == null ? {} : { resolvedAt: isResolved ? { not: null } : null }),
  };
}
