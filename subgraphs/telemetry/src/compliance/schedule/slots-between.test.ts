import { describe, expect, it } from 'vitest';
import { slotsBetween } from './slots-between.ts';

const iso = (cron: string, after: string, until: string) =>
  slotsBetween(cron, 'Etc/GMT+4', new Date(after), new Date(until)).map((slot) => slot.toISOString());

describe('slotsBetween', () => {
  it('cuts hours, days, months and half-years four hours behind UTC, whatever clocks change in Chile', () => {
    expect(iso('0 * * * *', '2026-09-06T02:30:00Z', '2026-09-06T06:00:00Z')).toEqual([
      '2026-09-06T03:00:00.000Z',
      '2026-09-06T04:00:00.000Z',
      '2026-09-06T05:00:00.000Z',
      '2026-09-06T06:00:00.000Z',
    ]);
    expect(iso('0 0 * * *', '2026-04-04T04:00:00Z', '2026-04-06T05:00:00Z')).toEqual([
      '2026-04-05T04:00:00.000Z',
      '2026-04-06T04:00:00.000Z',
    ]);
    expect(iso('0 0 1 * *', '2026-01-15T00:00:00Z', '2026-03-01T04:00:00Z')).toEqual([
      '2026-02-01T04:00:00.000Z',
      '2026-03-01T04:00:00.000Z',
    ]);
    expect(iso('0 0 1 1,7 *', '2026-01-15T00:00:00Z', '2027-01-15T00:00:00Z')).toEqual([
      '2026-07-01T04:00:00.000Z',
      '2027-01-01T04:00:00.000Z',
    ]);
  });

  it('has one slot for a time that a clock shows twice, and none for one that it skips', () => {
    const local = (after: string, until: string) =>
      slotsBetween('0 * * * *', 'America/Santiago', new Date(after), new Date(until)).map((slot) =>
        slot.toLocaleTimeString('sv', { timeZone: 'America/Santiago', timeStyle: 'short' }),
      );
    expect(local('2026-04-05T00:30:00Z', '2026-04-05T05:30:00Z')).toEqual(['22:00', '23:00', '00:00', '01:00']);
    expect(local('2026-09-06T02:30:00Z', '2026-09-06T05:30:00Z')).toEqual(['23:00', '01:00', '02:00']);
  });

  it('begins after the last one, and plans no more than can be written at once', () => {
    expect(iso('0 * * * *', '2026-01-01T05:00:00Z', '2026-01-01T05:59:00Z')).toEqual([]);
    expect(iso('* * * * *', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toHaveLength(1_000);
  });
});
