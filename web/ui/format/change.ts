import type { StatProps, Tone } from '../stat.tsx';
import type { Format } from './use-format.ts';

export interface ChangeOptions {
  /** Whether more is better. */
  readonly more: 'good' | 'bad' | 'plain';
  /** `percent` of what it was, or `points` when the number itself is a percentage. */
  readonly as: 'percent' | 'points';
  readonly note: string;
}

/** How a number differs from the one before it, as a stat shows it; nothing when there is nothing to compare with. */
export function describeChange(
  now: number,
  before: number | null | undefined,
  { more, as, note }: ChangeOptions,
  format: Format,
): NonNullable<StatProps['comparison']> | undefined {
  if (before === null || before === undefined || (as === 'percent' && before === 0)) return undefined;
  const difference = as === 'points' ? now - before : ((now - before) / Math.abs(before)) * 100;
  const text =
    as === 'points'
      ? format.quantity(Math.abs(difference), 'pp', { digits: 2 })
      : format.percent(Math.abs(difference), { digits: 1 });
  // What rounds to nothing is no change, whatever its sign.
  if (Math.abs(difference) < (as === 'points' ? 0.005 : 0.05)) return { text, note, tone: 'plain' };
  const direction = difference > 0 ? 'up' : 'down';
  const isGood = (direction === 'up') === (more === 'good');
  const tone: Tone = more === 'plain' ? 'plain' : isGood ? 'good' : 'bad';
  return { text, note, direction, tone };
}
