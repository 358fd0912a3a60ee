/** Fewer say nothing of their own spread. */
const leastFreedom = 2;

/**
 * How far out a distance is, in standard deviations of a bell curve, if the deviation it was measured in was itself
 * estimated from so many steps: by Student's distribution with two steps less (Wallace's approximation).
 */
export function effectiveZ(distance: number, effective: number): number {
  const freedom = freedomOf(effective);
  return ((8 * freedom + 1) / (8 * freedom + 3)) * Math.sqrt(freedom * Math.log1p(distance ** 2 / freedom));
}

/** The distance that is as far out as `z` standard deviations of a bell curve; the other way round. */
export function effectiveDistance(z: number, effective: number): number {
  const freedom = freedomOf(effective);
  const scaled = (z * (8 * freedom + 3)) / (8 * freedom + 1);
  return Math.sqrt(freedom * Math.expm1(scaled ** 2 / freedom));
}

function freedomOf(effective: number): number {
  return Math.max(leastFreedom, effective - 2);
}
