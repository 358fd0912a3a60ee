import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AugursDied, AugursRefused, withAugurs } from './augurs.ts';
import { forecastMstl } from './augurs-models.ts';

const daily = (length: number) =>
  Float64Array.from({ length }, (_none, at) => 10 + 3 * Math.sin((at / 24) * 2 * Math.PI));

describe('augurs', () => {
  it('continues a season and gives back what it expected of each value', () => {
    const { point, fitted } = forecastMstl({ values: daily(240), periods: [24], horizon: 48 });
    const truth = daily(288).slice(240);
    expect(Math.max(...point.map((value, at) => Math.abs(value - (truth[at] ?? Number.NaN))))).toBeLessThan(0.05);
    expect(fitted).toHaveLength(240);
  });

  it('refuses what it cannot work with and is as good as before', () => {
    const values = daily(240);
    const refused = [
      { values: new Float64Array(), periods: [24], horizon: 1 },
      { values: daily(30), periods: [24], horizon: 1 },
      { values, periods: [0], horizon: 1 },
      { values, periods: [24], horizon: 2 ** 30 },
      { values: values.with(3, Number.NaN), periods: [24], horizon: 1 },
      { values: new Float64Array(20_000), periods: [24], horizon: 1 },
    ];
    for (const question of refused) expect(() => forecastMstl(question)).toThrow(AugursRefused);
    expect(forecastMstl({ values, periods: [24], horizon: 1 }).point).toHaveLength(1);
  });

  it('answers or refuses, whatever the values, and never breaks', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: 60 }), fc.integer({ min: 2, max: 12 }), (list, period) => {
        const values = Float64Array.from(list);
        try {
          expect(forecastMstl({ values, periods: [period], horizon: 3 }).point).toHaveLength(3);
        } catch (error) {
          expect(error).toBeInstanceOf(AugursRefused);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps its memory however many series pass through', () => {
    const heldAfter = (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) forecastMstl({ values: daily(960), periods: [24], horizon: 24 });
      return process.memoryUsage().external;
    };
    const first = heldAfter(2);
    // Twenty that are not freed hold nearly a megabyte.
    expect(heldAfter(20) - first).toBeLessThan(2 ** 19);
  });

  // The last one: nothing can be asked in this thread afterwards.
  it('is dead for its thread once it breaks', () => {
    const broken = () => withAugurs(({ AutoETS }) => new AutoETS(0, 'ZZZ').fit(daily(100)));
    expect(broken).toThrow(AugursDied);
    expect(() => forecastMstl({ values: daily(100), periods: [24], horizon: 1 })).toThrow(AugursDied);
  });
});
