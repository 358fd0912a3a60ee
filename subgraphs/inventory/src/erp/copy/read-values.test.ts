import { describe, expect, it } from 'vitest';
import { RowProblem, readDay, readDecimal, readMoment } from './read-values.ts';

/** What is put aside is one row; what Postgres refuses fails all rows of its batch, and the run with them. */
describe('a value that Postgres would refuse', () => {
  it('is a problem of its row: a number with more digits than its column holds', () => {
    expect(readDecimal('-0000000000000012.5', 'price')).toBe('-0000000000000012.5');
    expect(readDecimal('999999999999', 'price')).toBe('999999999999');
    for (const [text, digits] of [
      ['1000000000000', 12],
      ['1000', 3],
      ['1e5', 12],
      ['NaN', 12],
    ] as const)
      expect(() => readDecimal(text, 'price', digits)).toThrow(RowProblem);
  });

  it('is a problem of its row: a date that the calendar has not, or that is written otherwise', () => {
    expect(readDay('2028-02-29 10:00:00')).toBe('2028-02-29');
    expect(readMoment('2026-03-01 10:20:30.0000')).toBe('2026-03-01 10:20:30.0000');
    expect(readMoment(null)).toBeNull();
    for (const text of ['2026-02-30', '0000-01-01', '25/12/2026']) {
      expect(() => readDay(text)).toThrow(RowProblem);
      expect(() => readMoment(text)).toThrow(RowProblem);
    }
    expect(() => readMoment('2026-03-01 24:61:00')).toThrow(RowProblem);
  });
});
