import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOutDay } from './run-out-day.ts';

const points = (expected: readonly number[]) =>
  expected.map((value, at) => ({
    date: new Date(Date.UTC(2026, 10, 21 + at)).toISOString().slice(0, 10),
    expected: value,
  }));

describe('the day on which stock runs out', () => {
  it('is the one on which the last unit is expected to be sold', () => {
    expect(runOutDay(10, points([4, 0, 6, 1]))).toBe('2026-11-23');
    expect(runOutDay(10.5, points([4, 0, 6, 1]))).toBe('2026-11-24');
    expect(runOutDay(0.3, points([0.1, 0.1, 0.1, 0.1]))).toBe('2026-11-23');
  });

  it('is the first where nothing is left, and none where it lasts longer than anybody can say', () => {
    expect(runOutDay(-3, points([4, 4]))).toBe('2026-11-21');
    expect(runOutDay(9, points([4, 4]))).toBeNull();
    expect(runOutDay(9, [])).toBeNull();
  });

  it('never comes earlier with more stock', () => {
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 90 }), amount, amount, (expected, onHand, more) => {
        const [with0, with1] = [onHand, onHand + more].map((stock) => runOutDay(stock, points(expected)) ?? '9999');
        expect((with1 ?? '') >= (with0 ?? '')).toBe(true);
      }),
    );
  });
});
