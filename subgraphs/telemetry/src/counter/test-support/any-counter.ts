import fc from 'fast-check';
import { Exact } from '../../exact-decimal.ts';
import type { CounterReading, CounterScale, MeterFacts } from '../counter-reading.ts';

export interface AnyCounter {
  /** Oldest first. */
  readonly readings: readonly CounterReading[];
  readonly facts: MeterFacts;
}

const capacityM3 = new Exact(100_000);
const minute = 60_000;

/** What a counter may show next: it mostly counts on, and now and then does everything else that counters do. */
const move = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('on' as const), by: fc.nat({ max: 30_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('zero' as const), by: fc.nat({ max: 50 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('glitch' as const), by: fc.nat({ max: 99_999_999 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), by: fc.nat({ max: 40_000 }) }) },
);

/**
 * Readings of a counter that counts, rolls over, begins again, shows nonsense, is set back, changes its constants and
 * is replaced; in litres, of a meter with five digits.
 */
export const anyCounter: fc.Arbitrary<AnyCounter> = fc
  .record({
    moves: fc.array(fc.record({ after: fc.integer({ min: 1, max: 90 }), move }), { minLength: 1, maxLength: 60 }),
    start: fc.nat({ max: 99_999_999 }),
    maxFlowLps: fc.option(fc.constantFrom(5, 200)),
    newConstantsAt: fc.option(fc.nat({ max: 3_000 })),
    changes: fc.uniqueArray(
      fc.record({
        at: fc.nat({ max: 3_000 }),
        final: fc.option(fc.nat({ max: 99_999 })),
        initial: fc.constantFrom(0, 0, 12),
      }),
      { maxLength: 2, selector: ({ at }) => at },
    ),
  })
  .map(({ moves, start, maxFlowLps, newConstantsAt, changes }) => {
    const scaleOf = (constantsId: string, litres: number): CounterScale => ({
      constantsId,
      counts: 'PULSES',
      maxFlowLps,
      toM3: (count) => new Exact(count).times(litres).dividedBy(1_000),
    });
    const [early, late] = [scaleOf('early', 1), scaleOf('late', 1.023)];
    let at = 0;
    let stand = start;
    const readings = moves.map(({ after, move: { kind, by } }) => {
      at += after * minute;
      if (kind === 'on') stand = (stand + by) % 100_000_000;
      if (kind === 'zero') stand = by;
      if (kind === 'back') stand = Math.max(0, stand - by);
      const count = new Exact(kind === 'glitch' ? by : stand);
      const scale = newConstantsAt !== null && at >= newConstantsAt * minute ? late : early;
      return { at, m3: scale.toM3(count), counted: { count, scale } };
    });
    return {
      readings,
      facts: {
        capacityM3,
        changes: changes
          .toSorted((a, b) => a.at - b.at)
          .map(({ at: minutes, final, initial }) => ({
            at: minutes * minute,
            finalM3: final === null ? null : new Exact(final),
            initialM3: new Exact(initial),
            capacityM3,
          })),
      },
    };
  });
