/** Of the standard normal distribution: 97.5 % of it lies below. */
const z = 1.959963984540054;

/**
 * How many standard errors a two-sided 95 % interval reaches each way, for estimates with few degrees of freedom
 * (Student's t, by the Cornish-Fisher expansion: right to three digits from 3 degrees on).
 */
export function halfWidth95(degreesOfFreedom: number): number {
  const n = Math.max(3, degreesOfFreedom);
  if (n > 1e6) return z;
  const z3 = z ** 3;
  const z5 = z ** 5;
  const z7 = z ** 7;
  const z9 = z ** 9;
  return (
    z +
    (z3 + z) / (4 * n) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * n ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92_160 * n ** 4)
  );
}
