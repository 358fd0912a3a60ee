import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact } from '../exact-decimal.ts';
import type { CounterReading, CounterScale, MeterFacts } from './counter-reading.ts';
import { explainCounter, isHeld, lookahead, mostHeldInARow } from './explain-counter.ts';
import { anyCounter } from './test-support/any-counter.ts';

const hour = 3_600_000;
const simple: MeterFacts = { capacityM3: null, changes: [] };
const litres = (constantsId: string, litersPerPulse: string, maxFlowLps: number | null = null): CounterScale => ({
  constantsId,
  counts: 'PULSES',
  maxFlowLps,
  toM3: (count) => new Exact(count).times(litersPerPulse).dividedBy(1_000),
});

/** Hourly readings of a meter of a cubic metre a pulse. */
function hourly(stands: readonly number[], scale = litres('k', '1000')): CounterReading[] {
  return stands.map((stand, index) => {
    const count = new Exact(stand);
    return { at: index * hour, m3: scale.toM3(count), counted: { count, scale } };
  });
}
const told = (stands: readonly number[], facts = simple, scale?: CounterScale) =>
  explainCounter(hourly(stands, scale), facts).map(({ kind, volumeM3 }) => [kind, volumeM3?.toNumber() ?? null]);
const kinds = (stands: readonly number[], facts = simple, scale?: CounterScale) =>
  told(stands, facts, scale).map(([kind]) => kind);

describe('explainCounter', () => {
  it('counts the difference of neighbours, and nothing for the first reading', () => {
    expect(told([100, 103, 103, 110])).toEqual([
      ['FIRST', null],
      ['NORMAL', 3],
      ['NORMAL', 0],
      ['NORMAL', 7],
    ]);
  });

  it('holds a reading that falls and is not confirmed, and gives it its volume once it is', () => {
    expect(told([500, 12]).at(-1)).toEqual(['UNCONFIRMED', null]);
    expect(told([500, 12, 15]).slice(1)).toEqual([
      ['RESET', 12],
      ['NORMAL', 3],
    ]);
  });

  it('counts through the last digit of a full meter at once', () => {
    expect(told([999_990, 15], { capacityM3: new Exact(1_000_000), changes: [] }).at(-1)).toEqual(['ROLLOVER', 25]);
    expect(kinds([999_990, 15, 16])).toEqual(['FIRST', 'RESET', 'NORMAL']);
  });

  it.each([
    ['a spike upwards', [100, 101, 999_999, 102, 103], [2]],
    ['a drop to zero', [100, 101, 0, 102, 103], [2]],
    ['a drop to zero of a meter that is nearly full', [999_990, 0, 999_991, 999_992], [1]],
    ['three drops in a row', [100, 0, 0, 0, 101, 102, 103], [1, 2, 3]],
    ['the last digit going back for a moment', [100, 100.2, 100.1, 100.2, 100.3], [2]],
  ])('holds %s, and counts over it', (_name, stands, wrong) => {
    const steps = explainCounter(hourly(stands), { capacityM3: new Exact(1_000_000), changes: [] });
    expect(steps.flatMap(({ kind }, place) => (kind === 'SPIKE' ? [place] : []))).toEqual(wrong);
    const moved = (stands.at(-1) ?? 0) - (stands[0] ?? 0);
    expect(sum(steps).toNumber()).toBeCloseTo(moved, 9);
  });

  it('counts nothing where somebody set the counter back, and says so', () => {
    expect(told([100, 60, 61, 62]).slice(1)).toEqual([
      ['DECREASE', 0],
      ['NORMAL', 1],
      ['NORMAL', 1],
    ]);
  });

  it('believes more than the meter can pass only from the readings after it', () => {
    const tenLps = litres('k', '1000', 10);
    expect(kinds([100, 130, 900], simple, tenLps)).toEqual(['FIRST', 'NORMAL', 'UNCONFIRMED']);
    expect(kinds([100, 130, 900, 131], simple, tenLps)).toEqual(['FIRST', 'NORMAL', 'SPIKE', 'NORMAL']);
    expect(told([100, 130, 900, 901], simple, tenLps).slice(2)).toEqual([
      ['JUMP', 770],
      ['NORMAL', 1],
    ]);
  });

  it('does not believe a reset to more than has flowed since', () => {
    const tenLps = litres('k', '1000', 10);
    expect(kinds([500, 20, 21], simple, tenLps)).toEqual(['FIRST', 'RESET', 'NORMAL']);
    expect(kinds([5_000, 400, 401], simple, tenLps)).toEqual(['FIRST', 'DECREASE', 'NORMAL']);
  });

  it('counts to the end of a meter that was replaced and from the beginning of the new one', () => {
    const changes = [{ at: 1.5 * hour, finalM3: new Exact(107), initialM3: new Exact(2), capacityM3: null }];
    expect(told([100, 105, 6, 8], { capacityM3: null, changes })).toEqual([
      ['FIRST', null],
      ['NORMAL', 5],
      ['REPLACED', 6],
      ['NORMAL', 2],
    ]);
    const unread = [{ ...changes[0], at: 1.5 * hour, finalM3: null, initialM3: new Exact(2), capacityM3: null }];
    expect(told([100, 105, 6], { capacityM3: null, changes: unread }).at(-1)).toEqual(['REPLACED', 4]);
  });

  it('takes a change of constants for no consumption, and values a step by the constants at its end', () => {
    const [a, b] = hourly([1_000, 1_010], litres('old', '100'));
    const [, , c] = hourly([1_000, 1_010, 1_030], litres('new', '50'));
    if (a === undefined || b === undefined || c === undefined) throw new Error('no readings');
    const steps = explainCounter([a, b, c], simple);
    expect(steps.map(({ kind, volumeM3 }) => [kind, volumeM3?.toNumber()])).toEqual([
      ['FIRST', undefined],
      ['NORMAL', 1],
      ['NORMAL', 1],
    ]);
  });

  it('is exact where doubles are not', () => {
    const scale = litres('k', '0.000000001');
    const readings = ['999999999999999', '999999999999998.999999999'].map((count, at) => {
      const exact = new Exact(count);
      return { at: (1 - at) * hour, m3: exact, counted: { count: exact, scale } };
    });
    const [, step] = explainCounter(readings.toReversed(), simple);
    expect(step?.volumeM3?.toFixed()).toBe('0.000000001');
  });

  it('gives the same totals for any order and any repetition of the same readings', () => {
    fc.assert(
      fc.property(
        anyCounter.chain((counter) =>
          fc.tuple(
            fc.constant(counter),
            fc.shuffledSubarray([...counter.readings], { minLength: counter.readings.length }),
            fc.subarray([...counter.readings]),
          ),
        ),
        ([{ readings, facts }, shuffled, again]) => {
          // A store that keeps one reading per instant, as the table's key does.
          const kept = new Map([...shuffled, ...again].map((reading) => [reading.at, reading]));
          const sorted = [...kept.values()].toSorted((a, b) => a.at - b.at);
          expect(told2(explainCounter(sorted, facts))).toEqual(told2(explainCounter(readings, facts)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never counts backwards, and has the sum of the whole in every partition of the steps', () => {
    fc.assert(
      fc.property(anyCounter, fc.array(fc.nat({ max: 60 })), ({ readings, facts }, cuts) => {
        const steps = explainCounter(readings, facts);
        expect(steps.every(({ volumeM3 }) => volumeM3 === null || volumeM3.gte(0))).toBe(true);
        const borders = [0, ...[...cuts].sort((a, b) => a - b), steps.length];
        const parts = borders.slice(1).map((end, index) => sum(steps.slice(borders[index] ?? 0, end)));
        expect(parts.reduce((total, part) => total.plus(part), new Exact(0)).eq(sum(steps))).toBe(true);
      }),
    );
  });

  it('counts between any two believed readings exactly what lies between them, where the counter only rose', () => {
    const rising = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(rising, fc.nat(), fc.nat(), (steps, one, other) => {
        const stands = steps.map((_, index) => steps.slice(0, index + 1).reduce((total, step) => total + step, 0));
        const told = explainCounter(hourly(stands, litres('k', '0.123456789')), simple);
        const [from = 0, to = 0] = [one % stands.length, other % stands.length].sort((a, b) => a - b);
        const moved = told[to]?.reading.m3.minus(told[from]?.reading.m3 ?? 0);
        expect(sum(told.slice(from + 1, to + 1)).eq(moved ?? -1)).toBe(true);
      }),
    );
  });

  it('never holds more readings in a row than its bound', () => {
    fc.assert(
      fc.property(anyCounter, ({ readings, facts }) => {
        let run = 0;
        for (const { kind } of explainCounter(readings, facts)) {
          run = isHeld(kind) ? run + 1 : 0;
          expect(run).toBeLessThanOrEqual(mostHeldInARow);
        }
      }),
    );
    // A meter that was built in the wrong way round.
    const backwards = kinds(Array.from({ length: 40 }, (_, index) => 10_000 - index * 10));
    expect(backwards.filter((kind) => kind === 'DECREASE').length).toBeGreaterThan(1);
  });

  it('looks no further ahead than it says', () => {
    fc.assert(
      fc.property(anyCounter, ({ readings, facts }) => {
        const whole = told2(explainCounter(readings, facts));
        const cut = told2(explainCounter(readings.slice(0, -1), facts));
        const sure = Math.max(0, readings.length - 1 - lookahead);
        expect(cut.slice(0, sure)).toEqual(whole.slice(0, sure));
      }),
    );
  });
});

function told2(steps: ReturnType<typeof explainCounter>) {
  return steps.map(({ reading, kind, volumeM3 }) => [reading.at, kind, volumeM3?.toFixed() ?? null]);
}

function sum(steps: ReturnType<typeof explainCounter>) {
  return steps.reduce((total, { volumeM3 }) => total.plus(volumeM3 ?? 0), new Exact(0));
}
