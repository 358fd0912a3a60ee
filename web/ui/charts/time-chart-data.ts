import type { SeriesColor } from './chart-data.ts';

/** One instant or bucket of a series. */
export interface TimePoint {
  readonly atMs: number;
  readonly value: number | null;
  /** Lowest and highest that the bucket holds; the value itself for a single measurement. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whether something in it broke a rule. */
  readonly isSuspect: boolean;
}

/** A quantity over time, as a chart shows it. */
export interface TimeChartData {
  readonly caption: string;
  readonly label: string;
  readonly unit: string;
  readonly color: SeriesColor;
  readonly digits: number;
  /** Bars for amounts, which begin at zero. */
  readonly kind: 'line' | 'bar';
  /** Oldest first. */
  readonly points: readonly TimePoint[];
  /** A value not to be passed, drawn across. */
  readonly limit?: { readonly value: number; readonly label: string } | undefined;
  /** Where what is expected begins, drawn upright. */
  readonly sinceMs?: number | undefined;
}

/**
 * The points with an empty one wherever two neighbours are further apart than `longestMs`, so that a line is not drawn
 * over a time of which nothing is known.
 */
export function openGaps(points: readonly TimePoint[], longestMs: number): readonly TimePoint[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || point.atMs - before.atMs <= longestMs) return [point];
    const atMs = Math.round((before.atMs + point.atMs) / 2);
    return [{ atMs, value: null, low: null, high: null, isSuspect: false }, point];
  });
}

/** The columns that the drawing library wants: instants, values, highs, lows, and what is suspect. */
export function chartColumns(points: readonly TimePoint[]): [number[], ...(number | null)[][]] {
  return [
    points.map(({ atMs }) => atMs),
    points.map(({ value }) => value),
    points.map(({ high }) => high),
    points.map(({ low }) => low),
    points.map(({ isSuspect, value, high }) => (isSuspect ? (value ?? high) : null)),
  ];
}

/** Whether any bucket holds more than its value. */
export function hasSpread(points: readonly TimePoint[]): boolean {
  return points.some(({ low, high }) => low !== null && high !== null && high > low);
}
