import { describe, expect, it } from 'vitest';
import { halfWidth95 } from './student-t.ts';

describe('halfWidth95', () => {
  it.each([
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
    [Number.POSITIVE_INFINITY, 1.96],
  ])('agrees with the printed table at %d degrees of freedom', (degrees, expected) => {
    expect(Math.abs(halfWidth95(degrees) - expected)).toBeLessThan(0.005);
  });
});
