import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { panWindow, readWindow, type TimeWindow, windowBetween, writeWindow, zoomWindow } from './time-window.ts';

const bounds: TimeWindow = { fromMs: Date.parse('2026-01-01T00:00:00Z'), toMs: Date.parse('2026-12-31T00:00:00Z') };
const instant = fc.integer({ min: bounds.fromMs, max: bounds.toMs });
const anyWindow = fc.tuple(instant, instant).map(([one, other]) => windowBetween(one, other, bounds));

const isWithin = ({ fromMs, toMs }: TimeWindow) =>
  fromMs >= bounds.fromMs && toMs <= bounds.toMs && toMs - fromMs >= 10 * 60_000;

describe('the window of a chart', () => {
  it('stays within its bounds and never gets too short to read, however it is zoomed and moved', () => {
    fc.assert(
      fc.property(
        anyWindow,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        instant,
        (window, factor, share, at) => {
          const inside = Math.min(window.toMs, Math.max(window.fromMs, at));
          expect(isWithin(zoomWindow(window, factor, inside, bounds))).toBe(true);
          const moved = panWindow(window, share, bounds);
          expect(isWithin(moved)).toBe(true);
          expect(moved.toMs - moved.fromMs).toBe(window.toMs - window.fromMs);
        },
      ),
    );
  });
  it('comes back from an address as it went in, to the minute', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const read = readWindow(writeWindow(window), bounds);
        expect(Math.abs((read?.fromMs ?? 0) - window.fromMs)).toBeLessThanOrEqual(60_000);
        expect(Math.abs((read?.toMs ?? 0) - window.toMs)).toBeLessThanOrEqual(60_000);
      }),
    );
  });
  it.each([
    '',
    'x~y',
    '2026-02-01T00:00Z',
    '2026-03-01T00:00Z~2026-02-01T00:00Z',
    '2020-01-01T00:00Z~2020-02-01T00:00Z',
  ])('is none for an address that says %j', (text) => {
    expect(readWindow(text, bounds)).toBeNull();
  });
});
