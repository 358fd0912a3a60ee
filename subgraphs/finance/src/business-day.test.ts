import { describe, expect, it } from 'vitest';
import { dayOf, instantsOf, startOfDay } from './business-day.ts';

describe('book days', () => {
  it('begin at local midnight in winter (UTC−4) and in summer (UTC−3)', () => {
    expect(startOfDay('2026-07-01').toISOString()).toBe('2026-07-01T04:00:00.000Z');
    expect(startOfDay('2026-11-20').toISOString()).toBe('2026-11-20T03:00:00.000Z');
  });

  it('are 25 hours long when summer time ends', () => {
    const { from, until } = instantsOf({ from: '2026-04-04', to: '2026-04-04' });
    expect((until.getTime() - from.getTime()) / 3_600_000).toBe(25);
  });

  it('hold the instants that fall on them and no others', () => {
    expect(dayOf(new Date('2026-11-21T02:59:59Z'))).toBe('2026-11-20');
    expect(dayOf(new Date('2026-11-21T03:00:00Z'))).toBe('2026-11-21');
  });
});
