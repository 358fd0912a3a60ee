type Numbers = Float64Array | readonly number[];

/** Numbers that were measured, ascending; what is missing is NaN and left out. */
export function sortedOf(values: Numbers): Float64Array {
  return Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

/**
 * Quantile of ascending numbers, such that a further one of the same kind lies below it with that probability: few
 * numbers give their extremes. NaN where there is none.
 */
export function quantileOf(sorted: Numbers, probability: number): number {
  const place = Math.min(Math.max(probability * (sorted.length + 1) - 1, 0), sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** Median of what was measured; NaN where nothing was. */
export function medianOf(values: Numbers): number {
  return quantileOf(sortedOf(values), 0.5);
}

/** Of a bell curve the median of distances is this part of its standard deviation. */
export const sigmaPerMad = 1.4826;

/** Probability that a standard normal number is further from zero than this. */
export function twoSidedP(z: number): number {
  // Abramowitz and Stegun 7.1.26, wrong by 1.5e-7 at most.
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, series * Math.exp(-x * x));
}

/** Mean of what was measured; NaN where nothing was. */
export function meanOf(values: Numbers): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}
