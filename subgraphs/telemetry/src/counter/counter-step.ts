import type { Prisma } from '@cauce/prisma/client';
import { Exact } from '../exact-decimal.ts';

type Decimal = Prisma.Decimal;

/** What happened between the reading before and this one. */
export type CounterStepKind =
  /** The first reading there is: what flowed before is not known. */
  | 'FIRST'
  | 'NORMAL'
  /** Nearly full, then nearly empty. */
  | 'ROLLOVER'
  /** Began again from zero: all it shows has flowed since. */
  | 'RESET'
  | 'REPLACED'
  /** Went further than water can flow, and stayed there. */
  | 'JUMP'
  /** Went back, not to zero, and stayed there: nothing is counted. */
  | 'DECREASE'
  /** The readings after it do not believe it. Held. */
  | 'SPIKE'
  /** Odd, and nothing came after it yet. Held. */
  | 'UNCONFIRMED';

export interface JudgedStep {
  readonly kind: CounterStepKind;
  /** m3; null when it is held. */
  readonly volumeM3: Decimal | null;
}

/** All that decides what a step is. Stands in m3, by one set of constants. */
export interface StepQuestion {
  readonly fromM3: Decimal;
  readonly toM3: Decimal;
  readonly elapsedMs: number;
  /** Where the same meter stood at the readings that follow, oldest first. */
  readonly next: readonly Decimal[];
  readonly capacityM3: Decimal | null;
  readonly maxFlowLps: number | null;
  /** So many odd readings came before it that this one has to be believed. */
  readonly mustDecide: boolean;
}

const none = new Exact(0);

/**
 * The volume between two readings of a counter. A step that water cannot explain is believed only if more of the
 * readings that follow go on from it than go back behind it; until then, or otherwise, the reading is held.
 */
export function judgeStep(question: StepQuestion): JudgedStep {
  return question.toM3.gte(question.fromM3) ? judgeRise(question) : judgeFall(question);
}

/** Where the counter is held up, or has never been, by the readings after it. */
function judgeRise({ fromM3, toM3, next, mustDecide, ...rest }: StepQuestion): JudgedStep {
  const volumeM3 = toM3.minus(fromM3);
  const isPossible = canFlow(volumeM3, rest);
  const onward = next.filter((stand) => stand.gte(toM3)).length;
  const back = next.filter((stand) => stand.lt(toM3) && stand.gte(fromM3)).length;
  if (isPossible && (back <= onward || mustDecide)) return { kind: 'NORMAL', volumeM3 };
  if (mustDecide || onward > back) return { kind: 'JUMP', volumeM3 };
  return held(next);
}

function judgeFall({ fromM3, toM3, next, mustDecide, capacityM3, ...rest }: StepQuestion): JudgedStep {
  const onward = next.filter((stand) => stand.gte(toM3) && stand.lt(fromM3)).length;
  const back = next.filter((stand) => stand.gte(fromM3)).length;
  const wrapped = wrappedVolume(fromM3, toM3, capacityM3, rest);
  if (wrapped !== null && (back < onward || next.length === 0 || mustDecide)) {
    return { kind: 'ROLLOVER', volumeM3: wrapped };
  }
  if (!mustDecide && onward <= back) return held(next);
  return beganAgain(fromM3, toM3, rest) ? { kind: 'RESET', volumeM3: toM3 } : { kind: 'DECREASE', volumeM3: none };
}

const held = (next: readonly Decimal[]): JudgedStep => ({
  kind: next.length === 0 ? 'UNCONFIRMED' : 'SPIKE',
  volumeM3: null,
});

type Pace = Pick<StepQuestion, 'elapsedMs' | 'maxFlowLps'>;

/** A minute for clocks that are not exact, and a cubic metre for meters that count whole ones. */
const slackMs = 60_000;
const slackM3 = 1;

function canFlow(volumeM3: Decimal, { elapsedMs, maxFlowLps }: Pace): boolean {
  return maxFlowLps === null || volumeM3.lte(new Exact((maxFlowLps * (elapsedMs + slackMs)) / 1_000_000 + slackM3));
}

/** Through the last digit: by the flow that is possible, or, where that is unknown, from the last tenth to the first. */
function wrappedVolume(fromM3: Decimal, toM3: Decimal, capacityM3: Decimal | null, pace: Pace): Decimal | null {
  if (capacityM3 === null || fromM3.gt(capacityM3)) return null;
  const volume = capacityM3.minus(fromM3).plus(toM3);
  const isAtEnds = fromM3.gt(capacityM3.times(0.9)) && toM3.lt(capacityM3.times(0.1));
  return (pace.maxFlowLps === null ? isAtEnds : isAtEnds && canFlow(volume, pace)) ? volume : null;
}

/** A counter that shows little has begun again from zero; one that shows much was set back by somebody. */
function beganAgain(fromM3: Decimal, toM3: Decimal, pace: Pace): boolean {
  if (pace.maxFlowLps === null) return toM3.lte(fromM3.times(0.1));
  return toM3.lte(fromM3.times(0.5)) && canFlow(toM3, pace);
}
