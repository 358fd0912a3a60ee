import type { DemandPattern } from './demand-forecast.ts';
import { meanOf, type Series } from './series.ts';

export interface DemandClass {
  readonly pattern: DemandPattern;
  /** Mean days from one day with demand to the next; infinite without any. */
  readonly interval: number;
  /** Squared coefficient of variation of the days with demand. */
  readonly variation: number;
}

/** Limits of Syntetos, Boylan and Croston (2005). */
const intervalLimit = 1.32;
const variationLimit = 0.49;

/** Which of the four quadrants a series is in; days that nobody knows are not counted. */
export function classifyDemand({ known }: Series): DemandClass {
  const days = known.filter((value) => !Number.isNaN(value));
  const sizes = days.filter((value) => value > 0);
  if (sizes.length === 0) return { pattern: 'NONE', interval: Number.POSITIVE_INFINITY, variation: 0 };
  const interval = days.length / sizes.length;
  const mean = meanOf(sizes);
  const variation = meanOf(sizes.map((size) => (size / mean - 1) ** 2));
  const isFrequent = interval < intervalLimit;
  const isEven = variation < variationLimit;
  if (isFrequent) return { pattern: isEven ? 'SMOOTH' : 'ERRATIC', interval, variation };
  return { pattern: isEven ? 'INTERMITTENT' : 'LUMPY', interval, variation };
}
