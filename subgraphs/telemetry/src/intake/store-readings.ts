import { deriveReadings } from '../derivation/derive-readings.ts';
import { type PointEntry, readPoints } from './point-directory.ts';
import { findConflicts, insertRaw, type RawRow, rawKey } from './raw-readings.store.ts';
import type { DeviceReading, RefusalReason } from './reading-message.ts';
import type { SqlRunner } from './sql-runner.ts';

/** A reading and the point that it claims to be of. */
export interface PointReading {
  readonly pointCode: string;
  readonly reading: DeviceReading;
}

type ReadingOutcome =
  | { readonly kind: 'STORED' }
  /** All of it was there already. */
  | { readonly kind: 'DUPLICATE' }
  /** It was there already and said something else; what came first stays. */
  | { readonly kind: 'CONFLICT' }
  | { readonly kind: 'REFUSED'; readonly reason: RefusalReason; readonly point: PointEntry | null };

export interface StoredReadings {
  /** In the order of the readings that were given. */
  readonly outcomes: readonly ReadingOutcome[];
  /** Raw rows that are new. */
  readonly addedValues: number;
}

/**
 * Stores readings and everything that follows from them in the caller's transaction, in a number of statements that
 * does not grow with the readings: raw rows exactly once by their key, measurements, latest values, marks for the
 * rollups, and one event per point. Repeating it changes nothing.
 * @param known the points by their codes, for readings of another source than the point's own device
 */
export async function storeReadings(
  sql: SqlRunner,
  readings: readonly PointReading[],
  now: Date,
  known?: ReadonlyMap<string, PointEntry>,
): Promise<StoredReadings> {
  const points = known ?? (await readPoints(sql, [...new Set(readings.map(({ pointCode }) => pointCode))]));
  const raw = new Map<string, RawRow>();
  const collected = readings.map(({ pointCode, reading }) => {
    const point = points.get(pointCode);
    return point === undefined ? nothing : collectRaw(raw, point, reading);
  });
  const rows = [...raw.values()];
  const added = rows.length === 0 ? 'ALL' : await insertRaw(sql, rows, now);
  const isAdded = (key: string) => added === 'ALL' || added.has(key);
  const repeated = added === 'ALL' ? [] : rows.filter((row) => !added.has(rawKey(row)));
  const conflicts = repeated.length === 0 ? new Set<string>() : await findConflicts(sql, repeated);
  const fresh = added === 'ALL' ? rows : rows.filter((row) => added.has(rawKey(row)));
  await deriveReadings(sql, fresh, now);
  return {
    addedValues: fresh.length,
    outcomes: readings.map(({ pointCode }, index): ReadingOutcome => {
      const point = points.get(pointCode);
      if (point === undefined) return { kind: 'REFUSED', reason: 'UNKNOWN_POINT', point: null };
      if (point.sourceId === null) return { kind: 'REFUSED', reason: 'NO_SOURCE', point };
      const { keys, contradicts } = collected[index] ?? nothing;
      if (contradicts || keys.some((key) => conflicts.has(key))) return { kind: 'CONFLICT' };
      return { kind: keys.some(isAdded) ? 'STORED' : 'DUPLICATE' };
    }),
  };
}

interface Collected {
  /** Keys of the rows that this reading was the first of the batch to bring. */
  readonly keys: readonly string[];
  /** It says something else than an earlier one of the batch about the same instant. */
  readonly contradicts: boolean;
}

const nothing: Collected = { keys: [], contradicts: false };

function collectRaw(raw: Map<string, RawRow>, point: PointEntry, reading: DeviceReading): Collected {
  const { sourceId } = point;
  if (sourceId === null) return nothing;
  const keys: string[] = [];
  let contradicts = false;
  for (const value of reading.values) {
    const row = { ...value, point, sourceId, measuredAt: reading.measuredAt, messageId: reading.id };
    const key = rawKey(row);
    const earlier = raw.get(key);
    if (earlier === undefined) {
      raw.set(key, row);
      keys.push(key);
    } else if (earlier.value !== row.value || earlier.text !== row.text) contradicts = true;
  }
  return { keys, contradicts };
}
