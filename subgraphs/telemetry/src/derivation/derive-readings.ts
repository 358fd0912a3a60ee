import { appendEvents, type NewEvent } from '@cauce/shared/events/outbox';
import { linkCounters, toRuns } from '../counter/counter-chain.ts';
import { readHistory } from '../counter/counter-history.store.ts';
import { type AddedMeasurement, measurementAdded } from '../events.ts';
import type { RawRow } from '../intake/raw-readings.store.ts';
import type { SqlRunner } from '../intake/sql-runner.ts';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import { deriveMeasurement } from './derive-measurement.ts';
import {
  insertMeasurements,
  type MeasurementRow,
  markDirty,
  measurementKey,
  moveLatest,
  updateDeltas,
} from './measurements.store.ts';

type NewRow = Omit<MeasurementRow, 'delta'>;

/**
 * Makes measurements of raw rows that are new, in the caller's transaction: the values, the volume of each counter
 * reading, the latest values, the marks for the sums, and one event per point.
 */
export async function deriveReadings(sql: SqlRunner, fresh: readonly RawRow[], now: Date): Promise<void> {
  const derived = new Map<string, NewRow>();
  for (const row of fresh) {
    const measurement = deriveMeasurement(row.point, row, row.measuredAt, now);
    if (measurement === null) continue;
    const made = { ...measurement, point: row.point, sourceId: row.sourceId };
    if (!derived.has(measurementKey(made))) derived.set(measurementKey(made), made);
  }
  if (derived.size === 0) return;
  const rows = [...derived.values()];
  const usable = rows.filter((row) => row.quality !== 'HELD');
  // First of all that touches measurements: it holds the quantities of this batch until the commit.
  if (usable.length > 0) await moveLatest(sql, newestOf(usable), now);
  const counters = usable.filter(({ variable }) => variableDefinitions[variable].isCounter);
  const runs = toRuns(counters);
  const histories =
    runs.length === 0
      ? []
      : await readHistory(
          sql,
          runs.map(({ span }) => span),
        );
  const chain = linkCounters(runs, histories);
  const isCounted = new Set(counters);
  const others = rows.filter((row) => !isCounted.has(row)).map((row) => ({ ...row, delta: null }));
  const wanted = [...chain.rows, ...others];
  const stored = wanted.length === 0 ? new Set<string>() : await insertMeasurements(sql, wanted);
  if (chain.changed.length > 0) await updateDeltas(sql, chain.changed);
  const added = wanted.filter((row) => stored.has(measurementKey(row)) && row.quality !== 'HELD');
  if (added.length > 0) await markDirty(sql, [...added, ...chain.changed]);
  await appendEvents(sql.tx, eventsOf(added, now));
}

function newestOf(rows: readonly NewRow[]): NewRow[] {
  const newest = new Map<string, NewRow>();
  for (const row of rows) {
    const key = `${row.point.id}|${row.variable}`;
    const known = newest.get(key);
    if (known === undefined || known.measuredAt < row.measuredAt) newest.set(key, row);
  }
  return [...newest.values()];
}

/** One event for what a batch added to a point, cut so that none grows large. */
const measurementsPerEvent = 200;

function eventsOf(rows: readonly MeasurementRow[], now: Date): NewEvent[] {
  const events: NewEvent[] = [];
  for (const [point, own] of Map.groupBy(rows, (row) => row.point)) {
    const sorted = own.toSorted((a, b) => a.measuredAt.getTime() - b.measuredAt.getTime());
    for (let start = 0; start < sorted.length; start += measurementsPerEvent) {
      events.push({
        topic: measurementAdded,
        key: point.id,
        companyId: point.companyId,
        siteId: point.siteId,
        occurredAt: now,
        payload: {
          pointId: point.id,
          pointCode: point.code,
          measurements: sorted.slice(start, start + measurementsPerEvent).map(toAdded),
        },
      });
    }
  }
  return events;
}

function toAdded(row: MeasurementRow): AddedMeasurement {
  const { variable, value, unit, measuredAt, quality, flags } = row;
  return { variable, value, unit, measuredAt: measuredAt.toISOString(), quality, flags };
}
