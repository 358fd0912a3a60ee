import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftDay, todayIn } from '../../ui/format/day-range.ts';
import { dayInstants, hourIn } from './zone-day.ts';

const santiago = 'America/Santiago';

describe('a calendar day of a zone', () => {
  it('begins when the clocks there say so', () => {
    expect(dayInstants('2026-11-20', santiago)).toEqual({
      from: '2026-11-20T03:00:00.000Z',
      to: '2026-11-21T03:00:00.000Z',
    });
  });
  it('begins at one where the clocks go forward at midnight', () => {
    const { from, to } = dayInstants('2026-09-06', santiago);
    expect(from).toBe('2026-09-06T04:00:00.000Z');
    expect(hourIn(from, santiago)).toBe(1);
    expect(Date.parse(to) - Date.parse(from)).toBe(23 * 3_600_000);
  });
  it('holds its first instant and not the one before, and days leave no gap', () => {
    const zone = fc.constantFrom(
      santiago,
      'America/Punta_Arenas',
      'Pacific/Easter',
      'Europe/Madrid',
      'Asia/Kolkata',
      'UTC',
    );
    const day = fc.integer({ min: 0, max: 4_000 }).map((days) => shiftDay('2020-01-01', days));
    fc.assert(
      fc.property(zone, day, (timeZone, one) => {
        const { from, to } = dayInstants(one, timeZone);
        expect(todayIn(timeZone, new Date(from))).toBe(one);
        expect(todayIn(timeZone, new Date(Date.parse(from) - 1_000))).toBe(shiftDay(one, -1));
        expect(to).toBe(dayInstants(shiftDay(one, 1), timeZone).from);
      }),
    );
  });
  it('tells the hour of an instant on the clock there', () => {
    expect(hourIn('2026-11-20T12:20:00Z', santiago)).toBe(9);
    expect(hourIn('2026-11-20T03:00:00Z', santiago)).toBe(0);
  });
});
