import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySums, type KpiSums } from '../kpis/kpi-sums.ts';
import { attributeLoss } from './loss-attribution.ts';

const sums = (values: Partial<KpiSums>): KpiSums => ({ ...emptySums, ...values });
const tonsOf = (values: Partial<KpiSums>) =>
  Object.fromEntries(attributeLoss(sums(values)).parts.map(({ component, tons }) => [component, tons]));

describe('attributeLoss', () => {
  it('parts always add up to the difference, whatever the weights', () => {
    const tons = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100);
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(tons, tons, tons, tons, tons, tons, share, share, (...values) => {
        const [massPlannedTons, massCancelledTons, massRawTons, massWaterTons, massProducedTons, massFinesTons] =
          values;
        const attribution = attributeLoss(
          sums({ massPlannedTons, massCancelledTons, massRawTons, massWaterTons, massProducedTons, massFinesTons }),
          { waterLostPct: values[6], finesLostPct: values[7] },
        );
        const total = attribution.parts.reduce((sum, part) => sum + part.tons, 0);
        expect(total).toBeCloseTo(attribution.differenceTons, 4);
        for (const { component, tons } of attribution.parts) {
          if (component === 'MOISTURE' || component === 'FINES') expect(tons).toBeGreaterThanOrEqual(0);
        }
        for (const { tons, leastTons, mostTons } of attribution.parts) {
          expect(tons).toBeGreaterThanOrEqual(leastTons - 1e-4);
          expect(tons).toBeLessThanOrEqual(mostTons + 1e-4);
        }
      }),
    );
  });

  it('calls what the scales left out dosing, and explains the rest by water and fines before calling it unexplained', () => {
    expect(
      tonsOf({
        massPlannedTons: 100,
        massCancelledTons: 2,
        massRawTons: 96,
        massWaterTons: 1,
        massProducedTons: 95,
        massFinesTons: 8,
      }),
    ).toEqual({ DOSING: 1, MOISTURE: 0.5, FINES: 0.4, UNEXPLAINED: 1.1 });
  });

  it('explains a gain by nothing: it stays unexplained and negative', () => {
    expect(tonsOf({ massPlannedTons: 100, massRawTons: 99, massWaterTons: 1, massProducedTons: 101 })).toMatchObject({
      MOISTURE: 0,
      FINES: 0,
      UNEXPLAINED: -1,
    });
  });
});
