import { appendEvents, type NewEvent } from '@cauce/shared/events/outbox';
import { type AddedMeasurement, measurementAdded } from '../events.ts';
import type { RawRow } from '../intake/raw-readings.store.ts';
import type { SqlRunner } from '../intake/sql-runner.ts';
import { isPlain } from './counter-rows.ts';
import { deriveCounters, type NewCounterRow } from './derive-counters.ts';
import { type DerivedMeasurement, deriveMeasurement } from './derive-measurement.ts';
import { lastInstant } from './device-clock.ts';
import {
  copyMeasurements,
  type MeasurementRow,
  markDirty,
  measurementKey,
  moveLatest,
  resetLatest,
  saveMeasurements,
  type WrittenMeasurement,
} from './measurements.store.ts';

/**
 * Makes measurements of raw rows that are new, in the caller's transaction: the values, the volume of each counter
 * reading and of those around it, the latest values, the marks for the sums, and one event per point. What comes of a
 * set of readings does not depend on the order in which they came.
 */
export async function deriveReadings(sql: SqlRunner, fresh: readonly RawRow[], now: Date): Promise<void> {
  const derived = derive(fresh, now);
  if (derived.length === 0) return;
  const usable = derived.filter(({ row }) => row.quality !== 'HELD');
  // First of all that touches measurements: it holds the quantities of this batch until the commit.
  if (usable.length > 0)
    await moveLatest(
      sql,
      newestOf(
        usable.map(({ row }) => row),
        now,
      ),
      now,
    );
  const counters = usable.filter((one): one is NewCounterRow => one.counter !== null);
  const isCounted = new Set<Derived>(counters);
  const plain = derived.filter((one) => !isCounted.has(one)).map(({ row }) => row);
  const { continued, around } = await deriveCounters(sql, counters);
  await save(sql, [...continued, ...plain], around, now);
}

/** @param unseen those at whose instants nothing is likely to be stored yet */
async function save(
  sql: SqlRunner,
  unseen: readonly MeasurementRow[],
  others: readonly MeasurementRow[],
  now: Date,
): Promise<void> {
  const isCopied = unseen.length > 0 && (await copyMeasurements(sql, unseen));
  const rest = isCopied ? others : [...unseen, ...others];
  const { written, doubtful, believed } = sortOut(rest, rest.length === 0 ? [] : await saveMeasurements(sql, rest));
  const copied = isCopied ? unseen : [];
  const all = [...copied, ...written];
  if (all.length === 0) return;
  await markDirty(sql, all);
  const isHeld = ({ quality }: MeasurementRow) => quality === 'HELD';
  // The latest values were moved before the counters were worked out: what a step said of a reading is not on them yet.
  const isMarked = ({ quality, flags }: MeasurementRow) => quality === 'HELD' || !isPlain(flags);
  const last = lastInstant(now);
  // What is ahead of its time moved nothing; an earlier one that was may have come true.
  const isAhead = ({ measuredAt }: MeasurementRow) => measuredAt > last;
  const unsure = [...all.filter((row) => isMarked(row) || isAhead(row)), ...doubtful];
  if (unsure.length > 0) await resetLatest(sql, quantitiesOf(unsure), now);
  await appendEvents(sql.tx, eventsOf([...copied.filter((row) => !isHeld(row)), ...believed], now));
}

/** The rows that were written, those of them that may unmake a latest value, and those that count only now. */
function sortOut(rows: readonly MeasurementRow[], written: readonly WrittenMeasurement[]) {
  const byKey = new Map(rows.map((row) => [measurementKey(row), row]));
  const rowsOf = (some: readonly WrittenMeasurement[]) => some.flatMap(({ key }) => byKey.get(key) ?? []);
  return {
    written: rowsOf(written),
    doubtful: rowsOf(written.filter(({ isChanged }) => isChanged)),
    believed: rowsOf(written.filter(({ isNewlyBelieved }) => isNewlyBelieved)),
  };
}

interface Derived extends Pick<DerivedMeasurement, 'counter'> {
  readonly row: MeasurementRow;
}

/** One measurement per instant and quantity: of two sources the older one's. */
function derive(fresh: readonly RawRow[], now: Date): readonly Derived[] {
  const derived = new Map<string, Derived>();
  for (const raw of fresh) {
    const made = deriveMeasurement(raw.point, raw, raw.measuredAt, now);
    if (made === null) continue;
    const { counter, ...measurement } = made;
    const row = { ...measurement, point: raw.point, sourceId: raw.sourceId, delta: null };
    const key = measurementKey(row);
    const known = derived.get(key);
    if (known === undefined || row.sourceId < known.row.sourceId) derived.set(key, { row, counter });
  }
  return [...derived.values()];
}

/** Of each quantity the newest that has come; only where all are ahead of their time the newest of those. */
function newestOf(rows: readonly MeasurementRow[], now: Date): MeasurementRow[] {
  const last = lastInstant(now);
  const newest = new Map<string, MeasurementRow>();
  for (const row of rows) {
    const key = `${row.point.id}|${row.variable}`;
    const known = newest.get(key);
    const isBetter =
      known === undefined ||
      (row.measuredAt > last === known.measuredAt > last ? row.measuredAt > known.measuredAt : row.measuredAt <= last);
    if (isBetter) newest.set(key, row);
  }
  return [...newest.values()];
}

function quantitiesOf(rows: readonly MeasurementRow[]) {
  const quantities = rows.map(
    ({ point, variable }) => [`${point.id}|${variable}`, { pointId: point.id, variable }] as const,
  );
  return [...new Map(quantities).values()];
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
