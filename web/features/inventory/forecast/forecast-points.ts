import type { TimePoint } from '../../../ui/charts/time-chart-data.ts';

const dayMs = 86_400_000;

/** What was sold, up to the first day of the forecast, and after it what is expected with its band; days as midnights of UTC. */
export function forecastPoints(
  sold: readonly { readonly date: string; readonly quantity: string }[],
  expected: readonly {
    readonly date: string;
    readonly expected: number;
    readonly low: number;
    readonly high: number;
  }[],
): readonly TimePoint[] {
  const first = expected[0]?.date;
  const before = sold
    .filter(({ date }) => first === undefined || date < first)
    .map(({ date, quantity }) => {
      const value = Number(quantity);
      return { atMs: Date.parse(date), value, low: value, high: value, isSuspect: false };
    });
  const after = expected.map(({ date, expected: value, low, high }) => ({
    ...{ atMs: Date.parse(date), value, low, high, isSuspect: false },
  }));
  return [...before, ...after];
}

/** Digits that quantities of this size are read with: whole where they are large, two where they are below one. */
export function digitsFor(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  if (most >= 20) return 0;
  return most >= 2 ? 1 : 2;
}

/** From the first day shown to the end of the last. */
export function spanOf(points: readonly TimePoint[]): { readonly fromMs: number; readonly toMs: number } {
  return { fromMs: points[0]?.atMs ?? 0, toMs: (points.at(-1)?.atMs ?? 0) + dayMs };
}
