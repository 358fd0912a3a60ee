import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CounterReading, MeterFacts } from './counter-reading.ts';
import { explainAgain, readingsBefore } from './explain-again.ts';
import { type CounterStep, explainCounter, isHeld } from './explain-counter.ts';
import { anyCounter } from './test-support/any-counter.ts';

/** A counter whose readings come in any order, explained again around what is new, as the database keeps it. */
class KeptCounter {
  readonly steps = new Map<number, CounterStep>();
  private readonly facts: MeterFacts;
  /** The most readings that one arrival made us look at. */
  widest = 0;

  constructor(facts: MeterFacts) {
    this.facts = facts;
  }

  add(fresh: readonly CounterReading[]): void {
    const added = fresh.filter(({ at }) => !this.steps.has(at));
    if (added.length === 0) return;
    const firstChange = Math.min(...added.map(({ at }) => at));
    const lastChange = Math.max(...added.map(({ at }) => at));
    const stored = [...this.steps.values()].toSorted((a, b) => a.reading.at - b.reading.at);
    const believedBefore = stored.filter(({ reading, kind }) => reading.at < firstChange && !isHeld(kind));
    const begin = believedBefore.at(-readingsBefore)?.reading.at;
    for (let after = 6; ; after *= 2) {
      const rest = stored.filter(({ reading }) => reading.at > lastChange);
      const end = rest[after - 1]?.reading.at ?? Number.POSITIVE_INFINITY;
      const readings = [
        ...stored.map(({ reading, kind }) => ({ reading, wasBelieved: !isHeld(kind) })),
        ...added.map((reading) => ({ reading, wasBelieved: false })),
      ]
        .filter(({ reading: { at } }) => at >= (begin ?? Number.NEGATIVE_INFINITY) && at <= end)
        .toSorted((a, b) => a.reading.at - b.reading.at);
      this.widest = Math.max(this.widest, readings.length - added.length);
      const steps = explainAgain(
        {
          ...{ readings, firstChange, lastChange },
          isFromTheBeginning: begin === undefined,
          isToTheEnd: end === Number.POSITIVE_INFINITY,
        },
        this.facts,
      );
      if (steps === null) continue;
      for (const step of steps) this.steps.set(step.reading.at, step);
      return;
    }
  }
}

const told = (steps: Iterable<CounterStep>) =>
  [...steps]
    .map(({ reading, kind, volumeM3 }) => [reading.at, kind, volumeM3?.toFixed() ?? null] as const)
    .toSorted(([a], [b]) => a - b);

describe('explainAgain', () => {
  it('leaves every reading as explaining the whole counter would, whatever the order, batches, delays and repetitions', () => {
    fc.assert(
      fc.property(
        anyCounter.chain((counter) =>
          fc.tuple(
            fc.constant(counter),
            fc.shuffledSubarray([...counter.readings], { minLength: counter.readings.length }),
            fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 10 }),
          ),
        ),
        ([{ readings, facts }, shuffled, sizes]) => {
          const kept = new KeptCounter(facts);
          for (let start = 0, turn = 0; start < shuffled.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            kept.add(shuffled.slice(start, start + size));
            // A broker that redelivers.
            if (turn % 2 === 0) kept.add(shuffled.slice(Math.max(0, start - size), start + size));
            start += size;
          }
          expect(told(kept.steps.values())).toEqual(told(explainCounter(readings, facts)));
        },
      ),
      { numRuns: 600 },
    );
  });

  it('looks at a few readings around a late one, however many there are', () => {
    const every = (count: number): readonly CounterReading[] =>
      Array.from({ length: count }, (_, index) => {
        const [reading] = fc.sample(anyCounter, { numRuns: 1, seed: 1 }).flatMap((counter) => counter.readings);
        if (reading === undefined) throw new Error('A counter has a reading');
        return { at: index * 60_000, m3: reading.m3.times(0).plus(index), counted: null };
      });
    const readings = every(2_000);
    const kept = new KeptCounter({ capacityM3: null, changes: [] });
    kept.add(readings.filter((_, index) => index !== 700));
    kept.widest = 0;
    kept.add(readings.slice(700, 701));
    expect(kept.widest).toBeLessThan(30);
    expect(kept.steps.get(701 * 60_000)?.volumeM3?.toNumber()).toBe(1);
  });
});
