import { describe, expect, it } from 'vitest';
import { formatAge, formatDay, formatDayRange, formatDuration, formatInstant } from './dates.ts';
import { comparisonOf, dayCount, isDay, lastDays, monthToDate, todayIn } from './day-range.ts';

describe('dates in the reader’s language', () => {
  it('writes an instant in the zone of the site, 24 hours', () => {
    expect(formatInstant('2026-11-20T17:05:00Z', 'es', 'America/Santiago')).toBe('20 nov 2026, 14:05');
    expect(formatInstant('2026-11-20T17:05:00Z', 'en', 'America/Santiago')).toBe('20 Nov 2026, 14:05');
  });
  it('writes every month with three letters and no point', () => {
    for (let month = 1; month <= 12; month++) {
      const day = `2026-${String(month).padStart(2, '0')}-20`;
      expect(formatDay(day, 'es')).toMatch(/^20 [a-z]{3} 2026$/);
      expect(formatDay(day, 'en')).toMatch(/^20 [A-Z][a-z]{2} 2026$/);
    }
  });
  it('writes what both ends of a range share once', () => {
    expect(formatDayRange({ from: '2026-11-01', to: '2026-11-20' }, 'es')).toBe('1–20 nov 2026');
    expect(formatDayRange({ from: '2026-10-28', to: '2026-11-20' }, 'es')).toBe('28 oct – 20 nov 2026');
    expect(formatDayRange({ from: '2025-12-30', to: '2026-01-02' }, 'en')).toBe('30 Dec 2025 – 2 Jan 2026');
    expect(formatDayRange({ from: '2026-11-20', to: '2026-11-20' }, 'en')).toBe('20 Nov 2026');
  });
  it('tells an age in the largest unit that says enough', () => {
    expect(formatDuration(400)).toBe('<\u00a01\u00a0s');
    expect(formatAge(4_200, 'es')).toBe('hace 4\u00a0s');
    expect(formatAge(125_000, 'es')).toBe('hace 2\u00a0min');
    expect(formatAge(26 * 3_600_000, 'en')).toBe('26\u00a0h ago');
    expect(formatAge(-500, 'en')).toBe('now');
  });
});

describe('periods', () => {
  it('takes today from the zone of the site, not of the reader', () => {
    expect(todayIn('America/Santiago', new Date('2026-11-21T01:00:00Z'))).toBe('2026-11-20');
    expect(todayIn('UTC', new Date('2026-11-21T01:00:00Z'))).toBe('2026-11-21');
  });
  it('compares a month to date with the same days of the month before', () => {
    expect(comparisonOf(monthToDate('2026-11-20'))).toEqual({
      kind: 'month',
      range: { from: '2026-10-01', to: '2026-10-20' },
    });
  });
  it('compares a whole month with the whole month before, whatever its length', () => {
    expect(comparisonOf({ from: '2026-02-01', to: '2026-02-28' }).range).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
    });
    expect(comparisonOf({ from: '2026-03-01', to: '2026-03-30' }).range).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
  });
  it('compares any other period with as many days just before it', () => {
    const range = lastDays('2026-11-20', 7);
    expect(dayCount(range)).toBe(7);
    expect(comparisonOf(range)).toEqual({ kind: 'days', range: { from: '2026-11-07', to: '2026-11-13' } });
  });
  it('refuses days that do not exist', () => {
    expect(isDay('2026-02-30')).toBe(false);
    expect(isDay('2026-2-3')).toBe(false);
    expect(isDay('2026-02-28')).toBe(true);
  });
});
