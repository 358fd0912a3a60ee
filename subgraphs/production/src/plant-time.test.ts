import { afterEach, describe, expect, it } from 'vitest';
import { addDays, dayOf, hasHappened, readWallClock, wallClockText } from './plant-time.ts';

const zoneOfProcess = process.env.TZ;
afterEach(() => {
  if (zoneOfProcess === undefined) delete process.env.TZ;
  else process.env.TZ = zoneOfProcess;
});

describe('plant time', () => {
  it.each(['UTC', 'America/Santiago', 'Pacific/Auckland'])(
    'keeps what the clock showed, around midnight and through clock changes, in a process in %s',
    (zone) => {
      process.env.TZ = zone;
      // In Santiago the first of these happened twice, and the second never.
      for (const text of ['2026-04-04T23:30:00', '2026-09-06T00:30:00', '2026-11-20T00:00:00', '2026-11-20T23:59:59']) {
        const clock = readWallClock(text);
        expect(clock && wallClockText(clock)).toBe(text);
        expect(clock && dayOf(clock)).toBe(text.slice(0, 10));
      }
      expect(addDays('2026-04-04', 1)).toBe('2026-04-05');
      expect(addDays('2026-09-06', -1)).toBe('2026-09-05');
    },
  );

  it.each(['2026-02-30T10:00', '2026-11-20T24:30', '2026-11-20', '2026-11-20T10:00Z', '2026-11-20T10:00-03:00', ''])(
    'takes %j for no plant time',
    (text) => {
      expect(readWallClock(text)).toBeNull();
    },
  );

  it('believes a plant that is ahead of us, and not one that is ahead of everybody', () => {
    const now = new Date('2026-11-20T12:00:00Z');
    expect(hasHappened(new Date('2026-11-21T01:59:00Z'), now)).toBe(true);
    expect(hasHappened(new Date('2026-11-21T02:01:00Z'), now)).toBe(false);
  });
});
