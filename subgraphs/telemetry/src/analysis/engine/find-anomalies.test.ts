import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bellFrom, madeSeries, randomFrom } from '../test-support/made-series.ts';
import { hourMs } from './even-series.ts';
import { type Anomaly, findAnomalies } from './find-anomalies.ts';

const from = Date.UTC(2026, 7, 1);
const hours = 24 * 56;
const find = (values: Float64Array, mayRest = false) =>
  findAnomalies({ from, values, timeZone: 'America/Santiago' }, { mayRest });
const memories = [0, 0.5, 0.8, 0.95];

/** Puts one fault into each of so many series and counts what was found where it is, and what elsewhere. */
function tried(count: number, length: number, fault: (values: Float64Array, at: number, seed: number) => void) {
  const found: Anomaly[] = [];
  let [hits, elsewhere] = [0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const values = madeSeries({ seed: 1_000 + seed, length: hours, memory: memories[seed % 3] ?? 0 });
    const at = 400 + Math.floor(randomFrom(seed)() * 800);
    fault(values, at, seed);
    const all = find(values) ?? [];
    const own = all.filter((one) => (one.from - from) / hourMs < at + length && (one.to - from) / hourMs > at);
    hits += own.length > 0 ? 1 : 0;
    elsewhere += all.length - own.length;
    found.push(...own);
  }
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return { recall: hits / count, precision: found.length / (found.length + elsewhere), kinds, found };
}

const add = (values: Float64Array, at: number, length: number, more: (place: number) => number) => {
  for (let place = at; place < at + length; place += 1) values[place] = more(place);
};

// The noise has a deviation of 0.5, a day swings by 6.
describe('anomalies', () => {
  it('are not seen in noise and seasons alone: at most one in twenty series of eight weeks', () => {
    const alarms = Array.from({ length: 40 }, (_none, seed) =>
      find(madeSeries({ seed, length: hours, memory: memories[seed % 4] ?? 0, daily: [0, 3][seed % 2] ?? 0 })),
    );
    expect(alarms.filter((found) => found?.length !== 0).length).toBeLessThanOrEqual(2);
  });

  it('of one hour are found: nine of ten spikes of eight deviations, and nothing else', () => {
    const spikes = tried(25, 1, (values, at, seed) =>
      add(values, at, 1, () => (values[at] ?? 0) + (seed % 2 ? 4 : -4)),
    );
    expect(spikes.recall).toBeGreaterThanOrEqual(0.9);
    expect(spikes.precision).toBeGreaterThanOrEqual(0.95);
    expect(spikes.found.every(({ score }) => score > 4.5)).toBe(true);
  });

  it('of a day are one episode: a level that shifts is found with what it should have been', () => {
    const shifts = tried(20, 24, (values, at) => add(values, at, 24, (place) => (values[place] ?? 0) - 4));
    expect(shifts).toMatchObject({ recall: 1, kinds: ['SHIFT'] });
    expect(shifts.precision).toBeGreaterThanOrEqual(0.95);
    for (const { observed, expected } of shifts.found) expect(Math.abs(expected - observed - 4)).toBeLessThan(1.5);
  });

  it('are a sensor that stands still and a day that swings no more, each by its name', () => {
    const stuck = tried(15, 18, (values, at) => add(values, at, 18, () => values[at] ?? 0));
    expect(stuck).toMatchObject({ recall: 1, precision: 1, kinds: ['STUCK'] });
    const lost = tried(15, 72, (values, at, seed) => {
      const flat = madeSeries({ seed: 5_000 + seed, length: 72, daily: 0, weekly: 0 });
      add(values, at, 72, (place) => flat[place - at] ?? 0);
    });
    expect(lost.recall).toBe(1);
    expect(lost.kinds).toContain('LOST_SEASON');
    expect(lost.precision).toBeGreaterThanOrEqual(0.95);
  });

  it('are not gaps, however many, nor a pump that rests', () => {
    for (let seed = 0; seed < 8; seed += 1) {
      const random = randomFrom(seed);
      const values = madeSeries({ seed, length: hours }).map((value) => (random() < 0.1 ? Number.NaN : value));
      values.fill(Number.NaN, 700, 790);
      expect(find(values)).toEqual([]);
    }
    const resting = Float64Array.from({ length: hours }, (_none, hour) => (hour % 24 < 8 ? 12 + (hour % 5) / 10 : 0));
    expect(find(resting, true)).toEqual([]);
  });

  it('are few where noise itself is wild, or a pump runs as it likes: about one in eight weeks, hardly one to tell of', () => {
    const wild = Array.from({ length: 20 }, (_none, seed) => {
      const bell = bellFrom(randomFrom(seed));
      // Student's t with four degrees of freedom.
      const far = () => (2 * bell()) / Math.hypot(bell(), bell(), bell(), bell());
      return find(madeSeries({ seed, length: hours, noise: 0 }).map((value) => value + 0.5 * far())) ?? [];
    });
    expect(wild.flat().length).toBeLessThanOrEqual(40);
    expect(wild.flat().filter(({ from: first, to }) => to - first >= 2 * hourMs).length).toBeLessThanOrEqual(4);
    const pumps = Array.from({ length: 10 }, (_none, seed) => {
      const random = randomFrom(seed);
      let isOn = false;
      const values = Float64Array.from({ length: hours }, (_hour, hour) => {
        if (random() < 0.4) isOn = random() < (hour % 24 > 7 && hour % 24 < 19 ? 0.85 : 0.15);
        return isOn ? 12 + random() : 0;
      });
      return find(values, true) ?? [];
    });
    expect(pumps.flat().length).toBeLessThanOrEqual(1);
  });

  it('go on while they do: the last one says so', () => {
    const values = madeSeries({ seed: 7, length: hours });
    add(values, hours - 5, 5, (place) => (values[place] ?? 0) + 6);
    expect(find(values)).toMatchObject([{ kind: 'SHIFT', isOngoing: true, to: from + hours * hourMs }]);
    expect(find(values.subarray(0, hours - 30))).toEqual([]);
  });

  it('answer for anything: short, constant, empty, huge, with gaps', () => {
    expect(find(new Float64Array())).toBeNull();
    expect(find(madeSeries({ seed: 1, length: 24 * 10 }))).toBeNull();
    expect(find(new Float64Array(hours).fill(Number.NaN))).toBeNull();
    const value = fc.oneof(fc.constant(Number.NaN), fc.constant(0), fc.double({ min: -1e12, max: 1e12, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (pattern) => {
        const values = Float64Array.from({ length: 24 * 28 }, (_none, hour) => pattern[hour % pattern.length] ?? 0);
        for (const { from: first, to, score, observed, expected } of find(values) ?? []) {
          expect(to).toBeGreaterThan(first);
          expect([score, observed, expected].every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
