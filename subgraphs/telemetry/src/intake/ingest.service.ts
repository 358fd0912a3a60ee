import { createHash } from 'node:crypto';
import type { PrismaClient } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { Conflict } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { z } from 'zod';
import type { CatchmentPoint } from '../points/point.ts';
import { type BatchRecord, findBatch, insertBatch, lockBatch } from './ingest.store.ts';
import { isPossible, messageLimits } from './reading-message.ts';
import { transactionRunner } from './sql-runner.ts';
import { type PointReading, type StoredReadings, storeReadings } from './store-readings.ts';

export interface RejectedReading {
  readonly id: string;
  readonly reason: string;
}

export interface IngestedReadings {
  readonly id: string;
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: readonly RejectedReading[];
}

export interface IngestDeps {
  readonly client: PrismaClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  /** The points with these codes that the viewer reaches. */
  readonly reachable: (codes: readonly string[]) => Promise<readonly CatchmentPoint[]>;
}

/**
 * Stores the readings of a request in one transaction with its record and audit entry. The same request again gives
 * the first answer and changes nothing; another one under the same id is a Conflict (`ID_REUSED`). A point out of the
 * viewer's reach is told like one that does not exist.
 */
export function createIngest({ client, clock, actor, reachable }: IngestDeps) {
  return async (input: unknown): Promise<IngestedReadings> => {
    const { id, readings } = parseInput(ingestSchema, input);
    const messageKey = `${actor.viewer.id}:${id}`;
    const contentHash = hashOf(readings);
    const points = new Map((await reachable(readings.map(({ pointCode }) => pointCode))).map((p) => [p.code, p]));
    return client.$transaction(async (tx) => {
      await lockBatch(tx, messageKey);
      const known = await findBatch(tx, messageKey);
      if (known !== null) return repeated(known, contentHash);
      const rejected = readings.flatMap((reading) => rejectionOf(reading, points));
      const refused = new Set(rejected.map((one) => one.id));
      const accepted = readings.filter((reading) => !refused.has(reading.id));
      const stored = await storeReadings(transactionRunner(tx), accepted.map(toPointReading), clock.now());
      const record = recordOf(id, contentHash, accepted, stored, rejected);
      await finish(tx, actor, messageKey, record, [...points.values()], clock.now());
      return answerOf(record);
    });
  };
}

type Given = z.output<typeof ingestSchema>['readings'][number];

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{C}*$/u, 'must hold no control characters');

const ingestSchema = z.object({
  id: text(100),
  readings: z
    .array(
      z.object({
        id: text(100),
        pointCode: text(40),
        measuredAt: z.date(),
        values: z
          .array(z.object({ channel: text(64), value: z.number() }))
          .min(1)
          .max(messageLimits.channels)
          .refine((list) => new Set(list.map(({ channel }) => channel)).size === list.length, 'name each channel once'),
      }),
    )
    .min(1)
    .max(messageLimits.readings)
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'give each reading its own id')
    .refine(
      (list) => list.reduce((sum, { values }) => sum + values.length, 0) <= messageLimits.values,
      `must hold ${messageLimits.values} values at most, all readings together`,
    ),
});

function hashOf(readings: readonly Given[]): string {
  return createHash('sha256').update(JSON.stringify(readings)).digest('hex');
}

function repeated(known: BatchRecord, contentHash: string): IngestedReadings {
  if (known.contentHash === contentHash) return answerOf(known);
  throw new Conflict('ID_REUSED', 'Another request was sent under this id before');
}

function rejectionOf({ id, pointCode, measuredAt }: Given, points: ReadonlyMap<string, CatchmentPoint>) {
  if (!points.has(pointCode)) return [{ id, reason: 'UNKNOWN_POINT' }];
  return isPossible(measuredAt) ? [] : [{ id, reason: 'IMPOSSIBLE_TIME' }];
}

function toPointReading({ id, pointCode, measuredAt, values }: Given): PointReading {
  const kept = values.map(({ channel, value }) => ({ channel, value, text: null }));
  return { pointCode, reading: { id, measuredAt, values: kept } };
}

function recordOf(
  requestId: string,
  contentHash: string,
  accepted: readonly Given[],
  { outcomes }: StoredReadings,
  rejected: readonly RejectedReading[],
): BatchRecord {
  const count = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const refusedLater = accepted.flatMap(({ id }, index) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'REFUSED' ? [{ id, reason: outcome.reason }] : [];
  });
  return {
    requestId,
    contentHash,
    received: accepted.length + rejected.length,
    stored: count('STORED'),
    duplicates: count('DUPLICATE'),
    conflicts: count('CONFLICT'),
    rejected: [...rejected, ...refusedLater],
  };
}

async function finish(
  tx: DatabaseTransaction,
  actor: AuditActor,
  messageKey: string,
  record: BatchRecord,
  points: readonly CatchmentPoint[],
  now: Date,
): Promise<void> {
  // The request belongs to a company or a site only when all its points do.
  const companyId = common(points.map((point) => point.companyId));
  const siteId = common(points.map((point) => point.siteId));
  await insertBatch(tx, messageKey, record, companyId, now);
  const { contentHash: _, ...after } = record;
  await recordAudit(tx, actor, {
    action: 'telemetry.ingestReadings',
    entityType: 'IngestBatch',
    entityId: record.requestId,
    companyId,
    siteId,
    after,
  });
}

function common(ids: readonly string[]): string | null {
  const [first] = ids;
  return first !== undefined && ids.every((id) => id === first) ? first : null;
}

function answerOf({ requestId, received, stored, duplicates, conflicts, rejected }: BatchRecord): IngestedReadings {
  return { id: requestId, received, stored, duplicates, conflicts, rejected };
}
