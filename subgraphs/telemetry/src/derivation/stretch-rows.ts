import type { CounterReading } from '../counter/counter-reading.ts';
import { Exact } from '../exact-decimal.ts';
import type { PointEntry } from '../intake/point-directory.ts';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import type { StoredStretch, StretchRaw, StretchStored } from './counter-stretch.store.ts';
import { type DerivedMeasurement, deriveMeasurement } from './derive-measurement.ts';
import type { MeasurementRow } from './measurements.store.ts';

/** A measurement as its raw reading makes it, before its place among the others is looked at. */
export interface StretchRow {
  readonly row: MeasurementRow;
  /** Of a counter, and not for what a fast clock told. */
  readonly counter: CounterReading | null;
  readonly stored: StretchStored | null;
}

/**
 * The measurements of a stretch, one per instant, oldest first, made again from the raw readings. Where two sources tell
 * the same instant, that of the older source counts, whichever came first; one that a fast clock told, only if there is
 * no other. A measurement without a raw reading stays what it is.
 */
export function toStretchRows(
  point: PointEntry,
  variable: VariableKind,
  { raw, stored }: Pick<StoredStretch, 'raw' | 'stored'>,
): readonly StretchRow[] {
  const chosen = new Map<number, Candidate>();
  for (const reading of raw) {
    const made = derive(point, variable, reading);
    if (made === null) continue;
    const known = chosen.get(reading.at);
    if (known === undefined || precedes({ reading, made }, known)) chosen.set(reading.at, { reading, made });
  }
  const before = new Map(stored.map((one) => [one.at, one]));
  const instants = [...new Set([...chosen.keys(), ...before.keys()])].sort((a, b) => a - b);
  return instants.flatMap((at): StretchRow[] => {
    const candidate = chosen.get(at);
    const known = before.get(at) ?? null;
    if (candidate !== undefined) return [fromRaw(point, candidate, known)];
    return known === null ? [] : [fromStored(point, variable, known)];
  });
}

interface Candidate {
  readonly reading: StretchRaw;
  readonly made: DerivedMeasurement;
}

function derive(point: PointEntry, variable: VariableKind, reading: StretchRaw): DerivedMeasurement | null {
  const { channel, value, multiplier, isPulses, at, receivedAt } = reading;
  const mapping = { variable, isPulses, multiplier: new Exact(multiplier) };
  const meaning = { channels: new Map([[channel, mapping]]), versions: point.versions };
  return deriveMeasurement(meaning, { channel, value, text: null }, new Date(at), new Date(receivedAt));
}

function precedes(one: Candidate, other: Candidate): boolean {
  const isHeld = (candidate: Candidate) => candidate.made.quality === 'HELD';
  if (isHeld(one) !== isHeld(other)) return isHeld(other);
  if (one.reading.sourceId !== other.reading.sourceId) return one.reading.sourceId < other.reading.sourceId;
  return one.reading.channel < other.reading.channel;
}

function fromRaw(point: PointEntry, { reading, made }: Candidate, stored: StretchStored | null): StretchRow {
  const { counter, ...rest } = made;
  return {
    row: { ...rest, point, sourceId: reading.sourceId, delta: null },
    counter: made.quality === 'HELD' ? null : counter,
    stored,
  };
}

function fromStored(point: PointEntry, variable: VariableKind, stored: StretchStored): StretchRow {
  const { at, ruleVersion: _, ...rest } = stored;
  const isClockAhead = stored.flags.includes('CLOCK_AHEAD');
  return {
    row: { ...rest, point, variable, measuredAt: new Date(at), unit: variableDefinitions[variable].unit },
    counter: isClockAhead ? null : { at, m3: new Exact(stored.value), counted: null },
    stored,
  };
}
