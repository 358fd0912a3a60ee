import type { CounterStepKind } from '../counter/counter-step.ts';
import type { CounterStep } from '../counter/explain-counter.ts';
import type { MeasurementFlag, MeasurementQuality } from './derive-measurement.ts';
import type { MeasurementRow } from './measurements.store.ts';

/** What each kind of step is called on the measurement; a plain one needs no word. */
const flags: Readonly<Record<CounterStepKind, MeasurementFlag | null>> = {
  FIRST: null,
  NORMAL: null,
  ROLLOVER: 'COUNTER_ROLLOVER',
  RESET: 'COUNTER_RESET',
  REPLACED: 'METER_REPLACED',
  JUMP: 'COUNTER_JUMP',
  DECREASE: 'COUNTER_DECREASE',
  SPIKE: 'COUNTER_SPIKE',
  UNCONFIRMED: 'COUNTER_UNCONFIRMED',
};

const qualities: Partial<Record<CounterStepKind, MeasurementQuality>> = {
  JUMP: 'SUSPECT',
  DECREASE: 'SUSPECT',
  SPIKE: 'HELD',
  UNCONFIRMED: 'HELD',
};

/** Flags that a reading has for itself, whatever stands around it. */
const ownFlags: ReadonlySet<string> = new Set(['OUT_OF_RANGE', 'CLOCK_AHEAD']);

/** Whether a stored reading is a plain step: no flag of the counter is on it. */
export function isPlain(stored: readonly string[]): boolean {
  return stored.every((flag) => ownFlags.has(flag));
}

/** The measurement of a counter's reading as its step says: the volume, the flag, and whether it counts. */
export function applyStep(row: MeasurementRow, { kind, volumeM3 }: CounterStep): MeasurementRow {
  const own = row.flags.filter((flag) => ownFlags.has(flag));
  const flag = flags[kind];
  return {
    ...row,
    delta: volumeM3?.toFixed() ?? null,
    flags: flag === null ? own : [...own, flag],
    quality: qualities[kind] ?? (own.includes('OUT_OF_RANGE') ? 'SUSPECT' : 'GOOD'),
  };
}
