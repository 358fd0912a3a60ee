import { createHash } from 'node:crypto';
import type { PrismaClient } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { z } from 'zod';
import type { CatchmentPoint } from '../points/point.ts';
import { type DeadLetterRow, insertDeadLetters } from './dead-letters.store.ts';
import { type ChirpstackAddress, readUplink, uplinkTopic } from './formats/chirpstack-format.ts';
import { addressKey } from './formats/message-format.ts';
import { type BatchRecord, findBatch, insertBatch, lockBatch } from './ingest.store.ts';
import type { PointEntry } from './point-directory.ts';
import { chirpstackOrigin, storable } from './read-and-store.ts';
import type { DeviceReading, RefusalReason } from './reading-message.ts';
import { resolveAddresses } from './resolve-addresses.ts';
import { transactionRunner } from './sql-runner.ts';
import { storeReadings } from './store-readings.ts';

/** What became of an event. IGNORED: it is no uplink. */
export const chirpstackOutcomes = ['STORED', 'DUPLICATE', 'CONFLICT', 'IGNORED'] as const;

export interface IngestedChirpstackEvent {
  /** The uplink's `deduplicationId`; null for what is no uplink. */
  readonly id: string | null;
  readonly outcome: (typeof chirpstackOutcomes)[number];
  readonly pointCode: string | null;
}

export interface ChirpstackIngestDeps {
  readonly client: PrismaClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
  /** The points with these codes that the viewer reaches. */
  readonly reachable: (codes: readonly string[]) => Promise<readonly CatchmentPoint[]>;
}

/**
 * Stores what a ChirpStack network server posts (its HTTP integration), as the same uplink over MQTT is stored: once for
 * each `deduplicationId`, and once if it comes both ways. Every other event is taken and ignored. A device of somebody
 * else is told like one that nobody has registered. What is refused is kept as a dead letter of the sender's company,
 * since the server says an event only once. Rejects with NotFound, Conflict (`ID_REUSED`) or ValidationFailed, whose
 * code is the reason.
 */
export function createChirpstackIngest({ client, clock, actor, reachable }: ChirpstackIngestDeps) {
  return async (input: unknown): Promise<IngestedChirpstackEvent> => {
    const { event, body } = parseInput(eventSchema, input);
    if (event !== 'up') return { id: null, outcome: 'IGNORED', pointCode: null };
    const payload = Buffer.from(JSON.stringify(body) ?? 'null');
    const { address, readings, refusals } = readUplink(payload, null);
    const [reading] = readings;
    const reason = refusals[0]?.reason ?? 'INVALID_MESSAGE';
    if (address === null || reading === undefined) {
      await bury(address, payload, reason);
      throw new ValidationFailed([{ path: 'body', code: reason, message: sentences[reason] ?? 'is no such uplink' }]);
    }
    const found = await store(address, reading);
    if (found !== null) return found;
    await bury(address, payload, 'UNKNOWN_DEVICE');
    throw new NotFound('Device', `No point has the device ${address.deviceId} of the application ${address.scope}`);
  };

  /** Null where nobody within reach has the device. */
  async function store(address: ChirpstackAddress, reading: DeviceReading): Promise<IngestedChirpstackEvent | null> {
    const key = addressKey(address);
    return client.$transaction(async (tx) => {
      const sql = transactionRunner(tx);
      const destination = (await resolveAddresses(sql, [address])).get(key);
      const point = destination !== undefined && 'point' in destination ? destination.point : null;
      if (point === null || !(await reaches(point))) return null;
      const answer = { id: reading.id, pointCode: point.code };
      const messageKey = `chirpstack:${point.sourceId}:${reading.id}`;
      const contentHash = createHash('sha256').update(JSON.stringify(reading)).digest('hex');
      await lockBatch(tx, messageKey);
      const known = await findBatch(tx, messageKey);
      if (known !== null) {
        if (known.contentHash === contentHash) return { ...answer, outcome: 'DUPLICATE' };
        throw new Conflict('ID_REUSED', 'Another uplink was sent under this id before');
      }
      const { outcomes } = await storeReadings(
        sql,
        [{ pointCode: key, reading }],
        clock.now(),
        new Map([[key, point]]),
      );
      const outcome = outcomes[0]?.kind ?? 'REFUSED';
      if (outcome === 'REFUSED') return null;
      const count = (kind: typeof outcome) => (outcome === kind ? 1 : 0);
      const record: BatchRecord = {
        ...{ requestId: reading.id ?? '', contentHash, received: 1, stored: count('STORED') },
        ...{ duplicates: count('DUPLICATE'), conflicts: count('CONFLICT'), rejected: [] },
      };
      await insertBatch(tx, messageKey, record, point.companyId, clock.now());
      await recordAudit(tx, actor, {
        ...{ action: 'telemetry.ingestChirpstackEvent', entityType: 'CatchmentPoint', entityId: point.id },
        ...{ siteId: point.siteId, companyId: point.companyId, after: { ...answer, outcome } },
      });
      return { ...answer, outcome };
    });
  }

  async function reaches({ id, code }: PointEntry): Promise<boolean> {
    return (await reachable([code])).some((point) => point.id === id);
  }

  /** Of the one company that the sender speaks for: who speaks for several could slip a letter into another's. */
  async function bury(address: ChirpstackAddress | null, payload: Buffer, reason: RefusalReason): Promise<void> {
    const { companyIds } = actor.viewer;
    const [companyId] = companyIds === 'all' ? [] : companyIds;
    if (companyId === undefined || companyIds.length !== 1) return;
    const letter: DeadLetterRow = {
      ...{ origin: chirpstackOrigin, point: { id: null, companyId }, reason },
      topic: address === null ? null : storable(uplinkTopic(address)),
      payload: storable(payload.toString('utf8').slice(0, longestLetter)),
    };
    await client.$transaction((tx) => insertDeadLetters(transactionRunner(tx), [letter], clock.now()));
  }
}

/** All of any uplink that can be read again. */
const longestLetter = 256 * 1024;

const eventSchema = z.object({ event: z.string().min(1).max(40), body: z.unknown() });

const sentences: Readonly<Partial<Record<RefusalReason, string>>> = {
  MESSAGE_TOO_LARGE: 'is larger than 256 KiB',
  INVALID_MESSAGE: 'is no uplink of a ChirpStack network server',
  NOT_DECODED: 'holds no decoded values: give the device’s profile a codec',
  IMPOSSIBLE_TIME: 'is of a time before 1990 or after 2199',
};
