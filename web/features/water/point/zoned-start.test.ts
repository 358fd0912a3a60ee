import { describe, expect, it } from 'vitest';
import { zonedInstant, zonedStart } from './zoned-start.ts';

describe('the beginning of a day', () => {
  it.each([
    ['2026-11-20', 'UTC', '2026-11-20T00:00:00Z'],
    ['2026-11-20', 'America/Santiago', '2026-11-20T03:00:00Z'],
    ['2026-07-01', 'America/Santiago', '2026-07-01T04:00:00Z'],
    ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00Z'],
    ['2026-03-30', 'Europe/Madrid', '2026-03-29T22:00:00Z'],
    ['2026-11-20', 'Asia/Kolkata', '2026-11-19T18:30:00Z'],
  ])('%s in %s is %s', (day, zone, instant) => {
    expect(zonedStart(day, zone)).toBe(Date.parse(instant));
  });
});

describe('what a person at a place reads off the clock', () => {
  it.each([
    ['2026-11-20T14:05', 'America/Santiago', '2026-11-20T17:05:00Z'],
    ['2026-07-01T14:05', 'America/Santiago', '2026-07-01T18:05:00Z'],
    ['2026-11-20T00:30', 'Asia/Kolkata', '2026-11-19T19:00:00Z'],
  ])('%s in %s is %s, wherever the reader is', (local, zone, instant) => {
    expect(zonedInstant(local, zone)).toBe(Date.parse(instant));
  });
});
