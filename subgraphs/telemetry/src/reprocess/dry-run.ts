import { isDeepStrictEqual } from 'node:util';
import type { CounterReading } from '../counter/counter-reading.ts';
import { explainCounter, isHeld, lookahead } from '../counter/explain-counter.ts';
import { applyStep } from '../derivation/counter-rows.ts';
import { readStretches, type StretchStored } from '../derivation/counter-stretch.store.ts';
import { derivationVersion, type MeasurementRow } from '../derivation/measurements.store.ts';
import { type StretchRow, toStretchRows } from '../derivation/stretch-rows.ts';
import { Exact } from '../exact-decimal.ts';
import type { PointEntry } from '../intake/point-directory.ts';
import type { SqlRunner } from '../intake/sql-runner.ts';
import { variableDefinitions } from '../variables/variable-kinds.ts';
import { nextChunk } from './chunks.store.ts';
import type { ReprocessChange, Tally } from './reprocess-run.ts';
import { instantsOf, type Period, readTally } from './tally.store.ts';

/** What making the measurements of a period again would come to. Reads only, a stretch at a time. */
export async function rehearse(
  sql: SqlRunner,
  point: PointEntry,
  period: Period,
  signal: AbortSignal,
): Promise<ReprocessChange> {
  const { variable } = period;
  const { from, to } = instantsOf(period);
  const before = await readTally(sql, period);
  const sum = new Sum(before);
  let state: Carried = { last: null, heldInARow: 0, isKnown: false };
  for (let at = from; at < to; ) {
    signal.throwIfAborted();
    const end = await nextChunk(sql, { pointId: point.id, variable, from: at, to });
    const last = new Date(end.getTime() - 1);
    const [stretch] = await readStretches(sql, [{ pointId: point.id, variable, from: at, to: last }], lookahead + 1);
    const rows = stretch === undefined ? [] : toStretchRows(point, variable, stretch);
    const made = variableDefinitions[variable].isCounter ? explain(point, rows, state, at) : null;
    for (const { row, stored } of rows) {
      if (row.measuredAt < at || row.measuredAt >= end) continue;
      sum.replace(stored, made?.rows.get(row.measuredAt.getTime()) ?? row);
    }
    if (made !== null) state = made.stateBefore(end);
    at = end;
  }
  return { variable, changed: sum.changed, before, after: sum.tally(variable === 'TOTAL') };
}

interface Carried {
  readonly last: CounterReading | null;
  readonly heldInARow: number;
  /** Whether it was carried over from the stretch before; else the stretch begins at a believed reading of its own. */
  readonly isKnown: boolean;
}

/** The counter's rows of a stretch, going on from the stretch before as if that had been written. */
function explain(point: PointEntry, rows: readonly StretchRow[], state: Carried, from: Date) {
  const counted = rows.filter(({ counter, row }) => counter !== null && (!state.isKnown || row.measuredAt >= from));
  const steps = explainCounter(
    counted.flatMap(({ counter }) => counter ?? []),
    point.meter,
    state,
  );
  const stateBefore = (end: Date): Carried => {
    let { last, heldInARow } = state;
    for (const { reading, kind } of steps) {
      if (reading.at >= end.getTime()) break;
      if (isHeld(kind)) heldInARow += 1;
      else [last, heldInARow] = [reading, 0];
    }
    return { last, heldInARow, isKnown: true };
  };
  const made = counted.flatMap(({ row }, place) => {
    const step = steps[place];
    return step === undefined ? [] : [[row.measuredAt.getTime(), applyStep(row, step)] as const];
  });
  return { rows: new Map(made), stateBefore };
}

/** A tally that follows the measurements as they would be replaced. */
class Sum {
  changed = 0;
  private readings: number;
  private suspect: number;
  private held: number;
  private volume: InstanceType<typeof Exact>;
  private total: number;

  constructor({ readings, suspect, held, volumeM3, mean }: Tally) {
    [this.readings, this.suspect, this.held] = [readings, suspect, held];
    this.volume = new Exact(volumeM3 ?? 0);
    this.total = (mean ?? 0) * (readings - held);
  }

  replace(stored: StretchStored | null, row: MeasurementRow): void {
    if (stored !== null && !isOther(stored, row)) return;
    this.changed += 1;
    if (stored !== null) this.add(stored, -1);
    this.add(row, 1);
  }

  tally(isCounter: boolean): Tally {
    const { readings, suspect, held, volume, total } = this;
    const counting = readings - held;
    return {
      ...{ readings, suspect, held },
      volumeM3: isCounter ? volume.toFixed() : null,
      mean: counting === 0 ? null : total / counting,
    };
  }

  private add({ quality, value, delta }: Pick<MeasurementRow, 'quality' | 'value' | 'delta'>, sign: 1 | -1): void {
    this.readings += sign;
    if (quality === 'SUSPECT') this.suspect += sign;
    if (quality === 'HELD') this.held += sign;
    else this.total += sign * value;
    this.volume = this.volume.plus(new Exact(delta ?? 0).times(sign));
  }
}

function isOther(stored: StretchStored, row: MeasurementRow): boolean {
  const parts = ({ value, rawValue, quality, flags, sourceId, constantsId }: StretchStored | MeasurementRow) => [
    ...[value, rawValue, quality, sourceId, constantsId],
    ...flags,
  ];
  const [was, is] = [stored.delta, row.delta].map((delta) => (delta === null ? null : new Exact(delta).toFixed()));
  return was !== is || stored.ruleVersion !== derivationVersion || !isDeepStrictEqual(parts(stored), parts(row));
}
