import type { Prisma } from '@cauce/prisma/client';
import { Exact } from '../exact-decimal.ts';
import { type CounterReading, capacityAt, type MeterChange, type MeterFacts, standAs } from './counter-reading.ts';
import { type CounterStepKind, judgeStep } from './counter-step.ts';

/** What a counter's reading adds to the consumption, and why. */
export interface CounterStep {
  readonly reading: CounterReading;
  readonly kind: CounterStepKind;
  /** m3 since `since`; null for the first reading and for one that is held. */
  readonly volumeM3: Prisma.Decimal | null;
  /** The reading it is counted from; null for the first one. */
  readonly since: CounterReading | null;
}

/** All that is remembered from one reading to the next. */
export interface CounterState {
  /** The last reading that was believed. */
  readonly last: CounterReading | null;
  /** How many were held since. */
  readonly heldInARow: number;
}

export const atTheBeginning: CounterState = { last: null, heldInARow: 0 };

/** Readings that are asked whether they believe the one before them. */
export const lookahead = 5;

/** After so many held readings in a row the next is believed: a fact that nobody wrote down, not a fault. */
export const mostHeldInARow = 12;

/**
 * Explains every reading of a counter by the one before it and the few after it. It is a function of the set of
 * readings: whoever calls it with the same set gets the same steps, whatever the order in which the readings came.
 *
 * A step belongs to the reading that closes it, and is valued by the constants of that reading. So consumption is never
 * split or estimated, and the sum over any stretch of readings is what the counter moved.
 *
 * @param readings one per instant, oldest first
 * @param state what is remembered of the readings before the first one
 */
export function explainCounter(
  readings: readonly CounterReading[],
  facts: MeterFacts,
  state: CounterState = atTheBeginning,
): readonly CounterStep[] {
  let { last, heldInARow } = state;
  return readings.map((reading, place) => {
    const step = explain(reading, readings.slice(place + 1, place + 1 + lookahead), facts, { last, heldInARow });
    if (isHeld(step.kind)) heldInARow += 1;
    else {
      last = reading;
      heldInARow = 0;
    }
    return step;
  });
}

/** Whether a reading of this kind counts nowhere until a person, or the next readings, decide. */
export function isHeld(kind: CounterStepKind): boolean {
  return kind === 'SPIKE' || kind === 'UNCONFIRMED';
}

function explain(
  reading: CounterReading,
  following: readonly CounterReading[],
  facts: MeterFacts,
  { last, heldInARow }: CounterState,
): CounterStep {
  if (last === null) return { reading, kind: 'FIRST', volumeM3: null, since: null };
  const changes = facts.changes.filter(({ at }) => at > last.at && at <= reading.at);
  const from = changes.reduce(putIn, { m3: standAs(last, reading), at: last.at, carriedM3: zero });
  // Readings of a meter that came later say nothing about this one.
  const nextChange = facts.changes.find(({ at }) => at > reading.at)?.at ?? Number.POSITIVE_INFINITY;
  const { kind, volumeM3 } = judgeStep({
    fromM3: from.m3,
    toM3: reading.m3,
    elapsedMs: reading.at - from.at,
    next: following.filter(({ at }) => at < nextChange).map((one) => standAs(one, reading)),
    capacityM3: capacityAt(facts, reading.at),
    maxFlowLps: reading.counted?.scale.maxFlowLps ?? null,
    mustDecide: heldInARow >= mostHeldInARow,
  });
  return {
    reading,
    kind: changes.length > 0 && kind === 'NORMAL' ? 'REPLACED' : kind,
    volumeM3: volumeM3?.plus(from.carriedM3) ?? null,
    since: last,
  };
}

interface StandBefore {
  readonly m3: Prisma.Decimal;
  readonly at: number;
  /** Counted by meters that are gone, m3. */
  readonly carriedM3: Prisma.Decimal;
}

const zero = new Exact(0);

function putIn({ m3, carriedM3 }: StandBefore, { at, finalM3, initialM3 }: MeterChange): StandBefore {
  const counted = finalM3?.gt(m3) ? finalM3.minus(m3) : zero;
  return { m3: initialM3, at, carriedM3: carriedM3.plus(counted) };
}
