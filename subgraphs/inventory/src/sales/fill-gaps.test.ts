import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGaps } from './fill-gaps.ts';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const range = fc.tuple(day, fc.nat(400)).map(([from, days]) => ({
  from,
  to: new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10),
}));

describe('fillGaps', () => {
  it('gives every day of the range once, in order, and keeps what was sold', () => {
    const sold = { date: '2026-03-02', quantity: '2.5', netTotal: '1000' };
    const points = fillGaps([sold], { from: '2026-02-27', to: '2026-03-03' }, 'DAY');
    expect(points.map(({ date, quantity }) => `${date} ${quantity}`)).toEqual([
      '2026-02-27 0',
      '2026-02-28 0',
      '2026-03-01 0',
      '2026-03-02 2.5',
      '2026-03-03 0',
    ]);
    fc.assert(
      fc.property(range, (days) => {
        const dates = fillGaps([], days, 'DAY').map(({ date }) => date);
        expect(dates[0]).toBe(days.from);
        expect(dates.at(-1)).toBe(days.to);
        expect(dates.length).toBe((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000 + 1);
      }),
    );
  });

  it('begins weeks on Mondays, the first one with the week that the range begins in', () => {
    fc.assert(
      fc.property(range, (days) => {
        const dates = fillGaps([], days, 'WEEK').map(({ date }) => date);
        for (const date of dates) expect(new Date(date).getUTCDay()).toBe(1);
        expect(dates.every((date) => date <= days.to)).toBe(true);
        const [first = ''] = dates;
        expect(first <= days.from && Date.parse(days.from) - Date.parse(first) < 7 * 86_400_000).toBe(true);
      }),
    );
  });
});
