import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockAt } from '../zone-time.ts';
import { dueAt } from './due-time.ts';
import type { TellingTimes } from './notification.ts';

const always: TellingTimes = {
  timeZone: 'America/Santiago',
  quietFromMinute: null,
  quietToMinute: null,
  digest: 'IMMEDIATE',
};
const nights = { ...always, quietFromMinute: 22 * 60, quietToMinute: 7 * 60 };
// Santiago is three hours behind UTC in November.
const at = (text: string) => new Date(`2026-11-${text}Z`);

describe('a message', () => {
  it('goes out at once to who wants it so', () => {
    expect(dueAt(at('20T05:00:00'), always, false)).toEqual(at('20T05:00:00'));
  });
  it('waits for the morning when it comes at night, before midnight and after it', () => {
    expect(dueAt(at('20T02:30:00'), nights, false)).toEqual(at('20T10:00:00'));
    expect(dueAt(at('20T05:00:00'), nights, false)).toEqual(at('20T10:00:00'));
    expect(dueAt(at('20T10:00:00'), nights, false)).toEqual(at('20T10:00:00'));
  });
  it('does not wait when it is urgent', () => {
    expect(dueAt(at('20T05:00:00'), { ...nights, digest: 'DAILY' }, true)).toEqual(at('20T05:00:00'));
  });
  it('waits for the next hour or the next morning with the others of a digest', () => {
    expect(dueAt(at('20T15:20:00'), { ...always, digest: 'HOURLY' }, false)).toEqual(at('20T16:00:00'));
    expect(dueAt(at('20T15:20:00'), { ...always, digest: 'DAILY' }, false)).toEqual(at('21T11:00:00'));
    expect(dueAt(at('20T10:20:00'), { ...always, digest: 'DAILY' }, false)).toEqual(at('20T11:00:00'));
  });
  it('never goes out before it is ready, two days late, or in quiet hours, whatever the zone and the day', () => {
    const times = fc.record({
      timeZone: fc.constantFrom('America/Santiago', 'Pacific/Easter', 'Asia/Kathmandu', 'UTC', 'Europe/Madrid'),
      quietFromMinute: fc.integer({ min: 0, max: 1439 }),
      quietToMinute: fc.integer({ min: 0, max: 1439 }),
      digest: fc.constantFrom('IMMEDIATE' as const, 'HOURLY' as const, 'DAILY' as const),
    });
    const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, times, (now, wanted) => {
        fc.pre(wanted.quietFromMinute !== wanted.quietToMinute);
        const due = dueAt(now, wanted, false);
        expect(due.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(due.getTime()).toBeLessThanOrEqual(now.getTime() + 49 * 60 * 60 * 1000);
        const { minute } = clockAt(due, wanted.timeZone);
        const { quietFromMinute: from, quietToMinute: to } = wanted;
        const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        expect(isQuiet).toBe(false);
      }),
    );
  });
});
