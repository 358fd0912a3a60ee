import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeasurementRow } from '../derivation/measurements.store.ts';
import type { PointEntry } from '../intake/point-directory.ts';
import { linkCounters, toRuns } from './counter-chain.ts';
import type { Neighbour, Span } from './counter-history.store.ts';
import { counterStep } from './counter-step.ts';

const capacityM3 = 100_000;
const point: PointEntry = {
  id: 'p',
  code: 'P',
  siteId: 's',
  companyId: 'c',
  sourceId: 'd',
  samplingMinutes: 5,
  capacityM3,
  channels: new Map(),
  versions: [],
};
const minute = 60_000;

function rowAt(minutes: number, value: number): Omit<MeasurementRow, 'delta'> {
  return {
    point,
    sourceId: 'd',
    variable: 'TOTAL',
    measuredAt: new Date(minutes * minute),
    value,
    rawValue: value,
    unit: 'm3',
    quality: 'GOOD',
    flags: [],
    constantsId: 'k',
  };
}

/** What the database would answer for a span: the rows in it, the one before and the one after. */
function historyOf(stored: ReadonlyMap<number, Neighbour>, { from, to }: Span): Neighbour[] {
  const sorted = [...stored.values()].sort((a, b) => a.measuredAt.getTime() - b.measuredAt.getTime());
  const before = sorted.findLast(({ measuredAt }) => measuredAt < from);
  const after = sorted.find(({ measuredAt }) => measuredAt > to);
  const inside = sorted.filter(({ measuredAt }) => measuredAt >= from && measuredAt <= to);
  return [...(before ? [before] : []), ...inside, ...(after ? [after] : [])];
}

/** Stores batches one after the other, as the intake does, and answers every delta by minute. */
function storeInBatches(batches: readonly (readonly (readonly [number, number])[])[]): Map<number, Neighbour> {
  const stored = new Map<number, Neighbour>();
  for (const batch of batches) {
    const fresh = batch.filter(([minutes]) => !stored.has(minutes * minute)).map(([at, value]) => rowAt(at, value));
    const runs = toRuns(fresh);
    const { rows, changed } = linkCounters(
      runs,
      runs.map(({ span }) => historyOf(stored, span)),
    );
    for (const row of rows) stored.set(row.measuredAt.getTime(), { ...row, isHeld: false });
    for (const { measuredAt, delta, flags } of changed) {
      const known = stored.get(measuredAt.getTime());
      if (known === undefined) throw new Error('A reading was changed that is not stored');
      stored.set(measuredAt.getTime(), { ...known, delta, flags });
    }
  }
  return stored;
}

const readings = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: capacityM3 - 1 })), {
    selector: ([minutes]) => minutes,
    minLength: 1,
    maxLength: 40,
  })
  .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

describe('linkCounters', () => {
  it('gives every reading the step from the one before it, whatever the order, batches and repetitions', () => {
    fc.assert(
      fc.property(readings, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), ([list, shuffled], sizes) => {
        const batches: (readonly [number, number])[][] = [];
        for (let start = 0, turn = 0; start < shuffled.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          batches.push(shuffled.slice(start, start + size));
          start += size;
        }
        // Everything once more, as a broker that redelivers would.
        const stored = storeInBatches([...batches, ...batches.toReversed()]);
        const sorted = list.toSorted(([a], [b]) => a - b);
        const expected = sorted.map(([at, value], index) => {
          const { deltaM3, flag } = counterStep(sorted[index - 1]?.[1] ?? null, value, capacityM3);
          return { at, delta: deltaM3, flags: flag === null ? [] : [flag] };
        });
        const actual = [...stored.values()]
          .map(({ measuredAt, delta, flags }) => ({ at: measuredAt.getTime() / minute, delta, flags }))
          .sort((a, b) => a.at - b.at);
        expect(actual).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('reads around late readings only, not everything since', () => {
    const runs = toRuns([rowAt(0, 1), rowAt(5, 2), rowAt(4_000, 9)]);
    expect(runs.map(({ span }) => [span.from.getTime() / minute, span.to.getTime() / minute])).toEqual([
      [0, 5],
      [4_000, 4_000],
    ]);
  });

  it('leaves out what another source told first, and what is held has no part in the chain', () => {
    const held = { measuredAt: new Date(3 * minute), value: 900, delta: null, flags: [], isHeld: true };
    const known = { measuredAt: new Date(minute), value: 10, delta: null, flags: [], isHeld: false };
    const runs = toRuns([rowAt(1, 11), rowAt(3, 12), rowAt(5, 14)]);
    const { rows } = linkCounters(runs, [[known, held]]);
    expect(rows.map(({ value, delta }) => [value, delta])).toEqual([[14, 4]]);
  });
});
