import type { CounterReading } from '../counter/counter-reading.ts';
import { explainAgain, readingsBefore } from '../counter/explain-again.ts';
import type { CounterStep } from '../counter/explain-counter.ts';
import { Exact } from '../exact-decimal.ts';
import type { PointEntry } from '../intake/point-directory.ts';
import type { SqlRunner } from '../intake/sql-runner.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import { applyStep, isPlain } from './counter-rows.ts';
import { readStretches, type StoredStretch } from './counter-stretch.store.ts';
import { type CounterTail, readTails, type TailReading } from './counter-tail.store.ts';
import type { MeasurementRow } from './measurements.store.ts';
import { type StretchRow, toStretchRows } from './stretch-rows.ts';

/** A new reading of a counter, its raw reading already stored. */
export interface NewCounterRow {
  readonly row: MeasurementRow;
  readonly counter: CounterReading;
}

export interface DerivedCounters {
  /** Of new readings that go on behind all that is stored. */
  readonly continued: readonly MeasurementRow[];
  /** Of new readings and their stored neighbours, changed or not. */
  readonly around: readonly MeasurementRow[];
}

/**
 * What new readings of counters make of their measurements: their own, and those of stored neighbours that now mean
 * something else. Most continue a counter that was plain so far, which a handful of stored readings tells. Everything
 * else is worked out from the raw readings around it.
 */
export async function deriveCounters(sql: SqlRunner, fresh: readonly NewCounterRow[]): Promise<DerivedCounters> {
  if (fresh.length === 0) return { continued: [], around: [] };
  const counters = [...Map.groupBy(fresh, ({ row }) => `${row.point.id}|${row.variable}`).values()].map(toNewReadings);
  const tails = await readTails(
    sql,
    counters.map(({ point, variable, from }) => ({ pointId: point.id, variable, from })),
  );
  const rows: MeasurementRow[] = [];
  const others: CounterSpan[] = [];
  counters.forEach((counter, place) => {
    const continued = continueCounter(counter, tails[place]);
    if (continued === null) others.push(...toSpans(counter));
    else rows.push(...continued);
  });
  return { continued: rows, around: await deriveSpans(sql, others) };
}

/** A stretch of a counter in which readings are new or another than before. */
export interface CounterSpan {
  readonly point: PointEntry;
  readonly variable: VariableKind;
  readonly from: Date;
  readonly to: Date;
}

/** Readings after a change that are read at first: enough for a look ahead and for a few that are held. */
const readingsAfter = 24;

/**
 * Works out the counters in and around some spans from their raw readings and answers every row of it, changed or not.
 * Reads on where a change reaches further.
 */
export async function deriveSpans(
  sql: SqlRunner,
  spans: readonly CounterSpan[],
  after = readingsAfter,
): Promise<readonly MeasurementRow[]> {
  if (spans.length === 0) return [];
  const stretches = await readStretches(
    sql,
    spans.map(({ point, ...span }) => ({ ...span, pointId: point.id })),
    after,
  );
  const rows: MeasurementRow[] = [];
  const further: CounterSpan[] = [];
  for (const own of Map.groupBy(
    spans.map((span, place) => ({ span, stretch: stretches[place] ?? nothing })),
    ({ span }) => `${span.point.id}|${span.variable}`,
  ).values()) {
    for (const joined of joinOverlapping(own)) {
      const explained = explainStretch(joined);
      if (explained === null) further.push(joined.span);
      else rows.push(...explained);
    }
  }
  return [...rows, ...(await deriveSpans(sql, further, after * 8))];
}

interface Placed {
  readonly span: CounterSpan;
  readonly stretch: StoredStretch;
}

const nothing: StoredStretch = { lower: null, upper: null, raw: [], stored: [] };

/** Stretches of one counter that overlap are one: what changes in the first decides how the second begins. */
function joinOverlapping(own: readonly Placed[]): readonly Placed[] {
  const sorted = own.toSorted((a, b) => a.span.from.getTime() - b.span.from.getTime());
  const joined: Placed[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last === undefined || isApart(last.stretch, next.stretch)) {
      joined.push(next);
      continue;
    }
    const stretch = {
      ...{ lower: last.stretch.lower, upper: next.stretch.upper },
      raw: [...last.stretch.raw, ...next.stretch.raw],
      stored: [...last.stretch.stored, ...next.stretch.stored],
    };
    joined[joined.length - 1] = { span: { ...last.span, to: next.span.to }, stretch };
  }
  return joined;
}

function isApart(one: StoredStretch, next: StoredStretch): boolean {
  return one.upper !== null && next.lower !== null && next.lower > one.upper;
}

function explainStretch({ span, stretch }: Placed): readonly MeasurementRow[] | null {
  const { point, variable, from, to } = span;
  const counted = toStretchRows(point, variable, stretch).flatMap(({ counter, ...rest }) =>
    counter === null ? [] : [{ ...rest, counter }],
  );
  const steps = explainAgain(
    {
      readings: counted.map(({ counter, stored }) => ({ reading: counter, wasBelieved: isBelieved(stored) })),
      ...{ firstChange: from.getTime(), lastChange: to.getTime() },
      isFromTheBeginning: stretch.lower === null,
      isToTheEnd: stretch.upper === null,
    },
    point.meter,
  );
  return steps === null ? null : withSteps(counted, steps);
}

function isBelieved(stored: StretchRow['stored']): boolean {
  return stored !== null && stored.quality !== 'HELD';
}

function withSteps(rows: readonly Pick<StretchRow, 'row'>[], steps: readonly CounterStep[]): MeasurementRow[] {
  const byInstant = new Map(rows.map(({ row }) => [row.measuredAt.getTime(), row]));
  return steps.flatMap((step) => {
    const row = byInstant.get(step.reading.at);
    return row === undefined ? [] : [applyStep(row, step)];
  });
}

interface NewReadings {
  readonly point: PointEntry;
  readonly variable: VariableKind;
  readonly from: Date;
  /** Oldest first. */
  readonly fresh: readonly NewCounterRow[];
}

function toNewReadings(own: readonly NewCounterRow[]): NewReadings {
  const fresh = own.toSorted((a, b) => a.counter.at - b.counter.at);
  const [first] = fresh;
  if (first === undefined) throw new Error('A counter without new readings');
  return { point: first.row.point, variable: first.row.variable, from: first.row.measuredAt, fresh };
}

/** A longer gap begins another span, so that one late reading does not make us read everything since. */
const longestGapMs = 3_600_000;

function toSpans({ point, variable, fresh }: NewReadings): readonly CounterSpan[] {
  return fresh.reduce<CounterSpan[]>((spans, { row: { measuredAt } }) => {
    const last = spans.at(-1);
    const isNear = last !== undefined && measuredAt.getTime() - last.to.getTime() <= longestGapMs;
    if (isNear) spans[spans.length - 1] = { ...last, to: measuredAt };
    else spans.push({ point, variable, from: measuredAt, to: measuredAt });
    return spans;
  }, []);
}

/** The new rows of a counter that goes on from plain readings of the same source and constants; null for any other. */
function continueCounter(
  { point, fresh }: NewReadings,
  tail: CounterTail | undefined,
): readonly MeasurementRow[] | null {
  const [first] = fresh;
  if (first === undefined || tail === undefined || tail.hasLater) return null;
  const { sourceId, constantsId } = first.row;
  const isAlike = (one: Pick<TailReading, 'sourceId' | 'constantsId'>) =>
    one.sourceId === sourceId && one.constantsId === constantsId;
  const isSimple = tail.readings.every((one) => isAlike(one) && !one.isHeld && isPlain(one.flags));
  if (!isSimple || !fresh.every(({ row }) => isAlike(row))) return null;
  const channels = [...point.channels.values()].filter(({ variable }) => variable === first.row.variable);
  const [channel] = channels;
  const scale = first.counter.counted?.scale;
  // With two channels of one quantity a stored value does not say which of them told it.
  if (channel === undefined || channels.length > 1 || scale === undefined) return null;
  const known = tail.readings.map(({ at, rawValue }) => {
    const count = new Exact(channel.multiplier).times(rawValue ?? Number.NaN);
    return { reading: { at, m3: scale.toM3(count), counted: { count, scale } }, wasBelieved: true };
  });
  if (known.some(({ reading }) => !reading.m3.isFinite())) return null;
  const isFromTheBeginning = known.length < readingsBefore;
  const readings = [...known, ...fresh.map(({ counter }) => ({ reading: counter, wasBelieved: false }))];
  const last = fresh.at(-1) ?? first;
  const steps = explainAgain(
    { readings, isFromTheBeginning, isToTheEnd: true, firstChange: first.counter.at, lastChange: last.counter.at },
    point.meter,
  );
  // What is plain was plain before; anything else may mean that stored readings are another now.
  const added = steps?.slice(-fresh.length);
  const isStillPlain = steps?.slice(0, -fresh.length).every(({ kind }) => kind === 'NORMAL' || kind === 'FIRST');
  return added === undefined || isStillPlain !== true ? null : withSteps(fresh, added);
}
