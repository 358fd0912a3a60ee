import type { Prisma } from '@cauce/prisma/client';

type Decimal = Prisma.Decimal;

/** How a counter's own count becomes cubic metres, by one version of a point's constants. */
export interface CounterScale {
  readonly constantsId: string;
  /** What is counted. A count of one kind cannot be read by the scale of the other. */
  readonly counts: 'PULSES' | 'VOLUME';
  /** More cannot pass the meter, l/s; null when nobody said. */
  readonly maxFlowLps: number | null;
  /** Exact. */
  toM3(count: Decimal): Decimal;
}

/** Where a counter stood at an instant. */
export interface CounterReading {
  /** ms since 1970. A counter has one reading at an instant. */
  readonly at: number;
  /** Where it stood by the constants of its own time, m3. */
  readonly m3: Decimal;
  /** Null for a stand that was told in m3 and cannot be made again from a raw count. */
  readonly counted: { readonly count: Decimal; readonly scale: CounterScale } | null;
}

/** From an instant on another meter counts at the point. */
export interface MeterChange {
  readonly at: number;
  /** Where the meter that was taken away stood, m3; null when nobody wrote it down: what it counted last is lost. */
  readonly finalM3: Decimal | null;
  /** Where the new one stood when it was put in, m3. */
  readonly initialM3: Decimal;
  /** Where the new one rolls over, m3; null when nobody said. */
  readonly capacityM3: Decimal | null;
}

/** The meters of a point over time. */
export interface MeterFacts {
  /** Where the first meter rolls over, m3. */
  readonly capacityM3: Decimal | null;
  /** Oldest first. */
  readonly changes: readonly MeterChange[];
}

/**
 * Where a counter stood at a reading as another reading's constants tell it, so that a calibration that changed between
 * the two is no consumption.
 */
export function standAs(reading: CounterReading, other: CounterReading): Decimal {
  const own = reading.counted;
  const scale = other.counted?.scale;
  if (own === null || scale === undefined) return reading.m3;
  if (own.scale.constantsId === scale.constantsId || own.scale.counts !== scale.counts) return reading.m3;
  return scale.toM3(own.count);
}

/** Where the meter in use at an instant rolls over, m3. */
export function capacityAt({ capacityM3, changes }: MeterFacts, at: number): Decimal | null {
  const change = changes.findLast((one) => one.at <= at);
  return change === undefined ? capacityM3 : change.capacityM3;
}
