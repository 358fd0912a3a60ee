import { describe, expect, it } from 'vitest';
import { describeChange } from './change.ts';
import { formatPercent, formatQuantity } from './numbers.ts';
import type { Format } from './use-format.ts';

const format: Pick<Format, 'percent' | 'quantity'> = {
  percent: (value, style) => formatPercent(value, 'en', style),
  quantity: (value, unit, style) => formatQuantity(value, unit, 'en', style),
};
const change = (now: number, before: number | null, more: 'good' | 'bad', as: 'percent' | 'points') =>
  describeChange(now, before, { more, as, note: 'vs. October' }, format as Format);

describe('a change', () => {
  it('is good news when more of a good thing came', () => {
    expect(change(104.2, 100, 'good', 'percent')).toEqual({
      text: '4.2%',
      note: 'vs. October',
      direction: 'up',
      tone: 'good',
    });
  });
  it('is bad news when a loss grew, told in points', () => {
    expect(change(0.84, 0.73, 'bad', 'points')).toMatchObject({ text: '0.11\u00a0pp', direction: 'up', tone: 'bad' });
    expect(change(0.62, 0.73, 'bad', 'points')).toMatchObject({ direction: 'down', tone: 'good' });
  });
  it('has no direction when it rounds to nothing', () => {
    expect(change(100.01, 100, 'good', 'percent')).toEqual({ text: '0.0%', note: 'vs. October', tone: 'plain' });
  });
  it('is not told when there was nothing before', () => {
    expect(change(5, null, 'good', 'percent')).toBeUndefined();
    expect(change(5, 0, 'good', 'percent')).toBeUndefined();
  });
});
