import { createRandom, type Random } from '@cauce/prisma/seed/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArmSums, addArms, emptyArm, matchedEffect, type Stratum } from './matched-effect.ts';

const arm = (orders: readonly (readonly [x: number, y: number])[]): ArmSums =>
  orders.map(([x, y]) => ({ orders: 1, x, y, xx: x * x, yy: y * y, xy: x * y })).reduce(addArms, emptyArm);
const draw = (count: number, make: () => readonly [number, number]) => arm(Array.from({ length: count }, make));

/** A plant where Adiflow changes durability by `truth`, and is used more on what is durable anyway. */
function world(random: Random, truth: number): Stratum[] {
  return Array.from({ length: 24 }, (_, index) => {
    const level = 86 + (index % 8);
    const share = 0.2 + (index % 8) * 0.08;
    const withAdiflow = Math.max(2, Math.round(30 * share));
    return {
      with: draw(withAdiflow, () => [1, random.normal(level + truth, 1.5)]),
      without: draw(Math.max(2, 30 - withAdiflow), () => [1, random.normal(level, 1.5)]),
    };
  });
}

const meanOf = (arms: readonly ArmSums[]) => {
  const all = arms.reduce(addArms, emptyArm);
  return all.y / all.x;
};

describe('matchedEffect', () => {
  it('finds an effect that the plain means get wrong, inside its interval 95 times in 100', () => {
    const random = createRandom('adiflow-coverage');
    const truth = 0.8;
    let covered = 0;
    let naiveError = 0;
    const runs = 400;
    for (let run = 0; run < runs; run += 1) {
      const strata = world(random, truth);
      const { estimate } = matchedEffect(strata);
      if (estimate !== null && estimate.low <= truth && truth <= estimate.high) covered += 1;
      naiveError +=
        meanOf(strata.map((stratum) => stratum.with)) - meanOf(strata.map((stratum) => stratum.without)) - truth;
    }
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(covered / runs).toBeLessThan(0.98);
    expect(naiveError / runs).toBeGreaterThan(0.5);
  });

  it('keeps its interval honest for a ratio of sums as well', () => {
    const random = createRandom('adiflow-ratio');
    let covered = 0;
    for (let run = 0; run < 400; run += 1) {
      const side = (loss: number) => () => {
        const produced = random.between(8, 30);
        return [produced, produced * random.normal(loss, 0.004)] as const;
      };
      const strata = Array.from({ length: 12 }, () => ({ with: draw(9, side(0.007)), without: draw(7, side(0.012)) }));
      const { estimate } = matchedEffect(strata, 100);
      if (estimate !== null && estimate.low <= -0.5 && -0.5 <= estimate.high) covered += 1;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.98);
  });

  const some = (orders: number) => draw(orders, () => [1, 90]);
  it.each([
    ['NO_ORDERS', []],
    ['ONLY_ONE_GROUP', Array.from({ length: 20 }, () => ({ with: some(20), without: emptyArm }))],
    [
      'NO_OVERLAP',
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? { with: some(20), without: some(3) } : { with: some(3), without: some(20) },
      ),
    ],
    ['TOO_FEW_ORDERS', Array.from({ length: 2 }, () => ({ with: some(40), without: some(40) }))],
    ['TOO_FEW_ORDERS', Array.from({ length: 6 }, () => ({ with: some(4), without: some(40) }))],
  ] as const)('refuses with %s rather than answer from groups that cannot be compared', (reason, strata) => {
    expect(matchedEffect(strata)).toMatchObject({ refusal: reason, estimate: null });
  });

  it('never lets strata with one side missing move the answer', () => {
    const matched = world(createRandom('adiflow-alone'), 1);
    const { estimate } = matchedEffect(matched);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 1, max: 1e4, noNaN: true }), (orders, value) => {
        const lonely = { with: draw(orders, () => [1, value]), without: emptyArm };
        expect(matchedEffect([...matched, lonely]).estimate).toEqual(estimate);
      }),
      { numRuns: 50 },
    );
  });
});
