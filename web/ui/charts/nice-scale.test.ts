import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceScale } from './nice-scale.ts';

describe('a scale', () => {
  it('puts round numbers on the axis', () => {
    expect(niceScale([481], true).ticks).toEqual([0, 150, 300, 450, 600]);
    expect(niceScale([0.61, 1.12], true).ticks).toEqual([0, 0.3, 0.6, 0.9, 1.2]);
    expect(niceScale([35.1, 36.7], false).ticks).toEqual([35, 35.5, 36, 36.5, 37]);
  });
  it('holds every value and has the same count of lines, whatever comes', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.boolean(), (values, fromZero) => {
        const { domain, ticks } = niceScale(values, fromZero);
        const slack = (domain[1] - domain[0]) * 1e-3;
        expect(ticks).toHaveLength(5);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(domain[0] - slack);
        expect(Math.max(...values)).toBeLessThanOrEqual(domain[1] + slack);
      }),
    );
  });
  it('stands without values', () => {
    expect(niceScale([], false).domain).toEqual([0, 1]);
  });
});
