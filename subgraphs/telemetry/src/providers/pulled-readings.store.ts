import type { PrismaClient } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import { type DeadLetterRow, insertDeadLetters } from '../intake/dead-letters.store.ts';
import type { PointEntry } from '../intake/point-directory.ts';
import { readPointOfSource } from '../intake/point-directory.ts';
import { channelValue, isPossible } from '../intake/reading-message.ts';
import { type SqlRunner, transactionRunner } from '../intake/sql-runner.ts';
import { type PointReading, storeReadings } from '../intake/store-readings.ts';
import type { KeepBatch } from './pull-channel.ts';
import { type ChannelCursor, moveCursor, noCursor, readCursors, writeCursors } from './pull-cursor.ts';
import type { PulledValue } from './source-of-readings.ts';
import { plainUnit } from './units.ts';

export interface PulledChannel {
  readonly providerId: string;
  readonly sourceId: string;
  readonly channel: string;
  /** The unit that its values are expected in; null when nobody said. */
  readonly unit: string | null;
}

export interface KeepDeps {
  readonly client: PrismaClient;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** The source, or its provider, was switched off or removed while it was being pulled. */
export class SourceGone extends Error {
  override readonly name = 'SourceGone';
}

/**
 * Keeps batches of one channel through the intake that all devices share: raw readings, what is derived from them, and
 * events, in one transaction with the cursor and with the dead letters of what could not be kept. Rejects with
 * `SourceGone` when the source is no longer pulled.
 */
export function createKeepBatch({ client, clock, metrics }: KeepDeps, pulled: PulledChannel): KeepBatch {
  return async ({ values, unreadable, cursor }) => {
    const counts = await client.$transaction(async (tx) => {
      const sql = transactionRunner(tx);
      // Held to the end: batches of one source are kept one after the other.
      const before = await lockSource(sql, pulled);
      const known = before.get(pulled.channel) ?? noCursor;
      const point = await readPointOfSource(sql, pulled.sourceId);
      if (point === null) throw new SourceGone('The point is gone');
      const now = clock.now();
      const sorted = sortValues(values, pulled, point, known);
      const { outcomes } = await storeReadings(sql, sorted.readings, now, new Map([[point.code, point]]));
      const letters = [
        ...sorted.letters,
        ...unreadable.map((payload) => letter(pulled, point, payload, 'INVALID_MESSAGE')),
      ];
      if (letters.length > 0) await insertDeadLetters(sql, letters, now);
      const newest = sorted.readings.map(({ reading }) => reading.measuredAt).findLast((at) => at <= now) ?? null;
      const after = new Map(before).set(pulled.channel, moveCursor(known, cursor));
      await writeSource(sql, pulled.sourceId, after, newest);
      return [...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, list]) => [kind, list.length] as const);
    });
    for (const [kind, count] of counts) {
      const labels = { outcome: kind.toLowerCase() };
      metrics.count('cauce_telemetry_readings_total', 'Readings by what became of them', labels, count);
    }
  };
}

function sortValues(values: readonly PulledValue[], pulled: PulledChannel, point: PointEntry, cursor: ChannelCursor) {
  const readings: PointReading[] = [];
  const letters: DeadLetterRow[] = [];
  for (const value of values) {
    const reason = refusalOf(value, pulled);
    // What lies before the cursor has been looked at before: it has its letter.
    const isNew = cursor.through === null || value.measuredAt > cursor.through;
    if (reason === null) readings.push({ pointCode: point.code, reading: readingOf(value, pulled.channel) });
    else if (isNew) letters.push(letter(pulled, point, JSON.stringify(value), reason));
  }
  return { readings, letters };
}

function refusalOf({ measuredAt, unit }: PulledValue, pulled: PulledChannel): string | null {
  if (!isPossible(measuredAt)) return 'IMPOSSIBLE_TIME';
  const isOther = unit !== null && pulled.unit !== null && plainUnit(unit) !== plainUnit(pulled.unit);
  return isOther ? 'WRONG_UNIT' : null;
}

function readingOf({ id, measuredAt, value, isStatusCode = false }: PulledValue, channel: string) {
  const kept = isStatusCode ? { channel, value: null, text: String(value) } : channelValue(channel, value);
  return { id, measuredAt, values: [kept] };
}

function letter(
  { providerId, channel }: PulledChannel,
  point: PointEntry,
  payload: string,
  reason: string,
): DeadLetterRow {
  return { origin: `provider:${providerId}`, topic: channel, point, payload: payload.replaceAll('\0', ''), reason };
}

async function lockSource(
  sql: SqlRunner,
  { sourceId, providerId }: PulledChannel,
): Promise<ReadonlyMap<string, ChannelCursor>> {
  const [row] = await sql.rows<{ cursor: unknown }>(
    'telemetry-lock-source',
    `SELECT s.cursor FROM telemetry.reading_sources s JOIN telemetry.providers p ON p.id = s.provider_id
     WHERE s.id = $1::uuid AND p.id = $2::uuid AND s.is_active AND p.is_active AND NOT p.is_testing
     FOR NO KEY UPDATE OF s FOR KEY SHARE OF p`,
    [sourceId, providerId],
  );
  if (row === undefined) throw new SourceGone('The source is no longer pulled');
  return readCursors(row.cursor);
}

async function writeSource(
  sql: SqlRunner,
  sourceId: string,
  cursors: ReadonlyMap<string, ChannelCursor>,
  newest: Date | null,
): Promise<void> {
  await sql.rows(
    'telemetry-move-cursor',
    `UPDATE telemetry.reading_sources
     SET cursor = $2::jsonb, last_seen_at = greatest(last_seen_at, $3::timestamptz), updated_at = now()
     WHERE id = $1::uuid`,
    [sourceId, writeCursors(cursors), newest],
  );
}
