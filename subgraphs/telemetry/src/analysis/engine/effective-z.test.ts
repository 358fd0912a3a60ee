import { expect, it } from 'vitest';
import { effectiveDistance, effectiveZ } from './effective-z.ts';

it.each([
  [5, 3.182],
  [12, 2.228],
  [32, 2.042],
  [1_000, 1.962],
])('of %d steps the distance that chance passes in one of twenty is that of Student’s table: %d', (steps, distance) => {
  expect(Math.abs(effectiveDistance(1.96, steps) - distance)).toBeLessThan(0.05);
  expect(effectiveZ(effectiveDistance(1.96, steps), steps)).toBeCloseTo(1.96, 9);
});

it('never takes few steps for less than two degrees of freedom', () => {
  expect(effectiveDistance(1.96, 0.1)).toBe(effectiveDistance(1.96, 4));
  expect(effectiveDistance(1.96, 4)).toBeGreaterThan(4);
});
