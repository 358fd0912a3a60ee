import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyDemand, whereAllAreEmpty } from './daily-demand.ts';

const dayMs = 86_400_000;
const dateOf = (day: number) => new Date(Date.parse('2026-01-01') + day * dayMs).toISOString().slice(0, 10);
const days = (count: number, sold: readonly [number, number][], empty: readonly [number, number][] = []) =>
  dailyDemand({
    firstDay: dateOf(0),
    today: dateOf(count),
    sold: sold.map(([day, quantity]) => ({ date: dateOf(day), quantity })),
    outOfStock: empty.map(([from, until]) => ({ from: dateOf(from), until: dateOf(until) })),
  }).values;

describe('daily demand', () => {
  it('takes what came back off the sales before it', () => {
    expect(
      days(6, [
        [0, 5],
        [2, 3],
        [3, -4],
        [5, 1],
      ]),
    ).toEqual([4, 0, 0, 0, 0, 1]);
  });

  it('does not know the days on which there was nothing to sell, unless something was sold', () => {
    expect(days(5, [[2, 1]], [[1, 4]])).toEqual([0, null, 1, null, 0]);
    const long = days(100, [], [[0, 100]]);
    expect(long.filter((value) => value === null)).toHaveLength(60);
    expect(long.at(-1)).toBe(0);
  });

  it('keeps the sum where enough was sold before, and is never below zero', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 9 }), { minLength: 1, maxLength: 60 }), (list) => {
        const values = days(
          list.length,
          list.map((quantity, at) => [at, quantity]),
        );
        const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
        expect(values.every((value) => value !== null && value >= 0)).toBe(true);
        expect(sum).toBeGreaterThanOrEqual(list.reduce((total, value) => total + value, 0));
        expect(sum).toBeLessThanOrEqual(list.reduce((total, value) => total + Math.max(0, value), 0));
      }),
    );
  });

  it('is out of stock where every warehouse was', () => {
    const span = (from: number, until: number) => ({ from: dateOf(from), until: dateOf(until) });
    expect(whereAllAreEmpty([])).toEqual([]);
    expect(whereAllAreEmpty([[span(1, 5)], []])).toEqual([]);
    expect(whereAllAreEmpty([[span(1, 5), span(8, 9)], [span(4, 20)]])).toEqual([span(4, 5), span(8, 9)]);
  });
});
