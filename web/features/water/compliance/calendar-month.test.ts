import { describe, expect, it } from 'vitest';
import { boundsIn, dayIn, monthFrom, weeksOf } from './calendar-month.ts';

describe('a month', () => {
  it('hangs in whole weeks from Monday on, each day once', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(weeksOf('2027-02')).toHaveLength(4);
    expect(weeksOf('2028-02').flat()).toContain('2028-02-29');
  });

  it('is followed by the next over the end of a year', () => {
    expect([monthFrom('2026-12', 1), monthFrom('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });

  it('begins and ends by the regulator’s clock, whatever the season', () => {
    expect(boundsIn('2026-11-01', '2026-11-30', 'Etc/GMT+4')).toEqual({
      ...{ from: '2026-11-01T04:00:00.000Z', to: '2026-12-01T04:00:00.000Z' },
    });
    // Chile's summer begins at midnight: that day has no 00:00.
    expect(boundsIn('2026-09-06', '2026-09-06', 'America/Santiago')).toEqual({
      ...{ from: '2026-09-06T04:00:00.000Z', to: '2026-09-07T03:00:00.000Z' },
    });
    expect(dayIn('2026-11-01T03:59:59Z', 'Etc/GMT+4')).toBe('2026-10-31');
  });
});
