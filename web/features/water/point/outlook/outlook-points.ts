import type { TimePoint } from '../../../../ui/charts/time-chart-data.ts';

export interface Expected {
  readonly at: string;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/**
 * What was measured, with what is unusual in it marked, and after it what is expected with its band. The step that is
 * not over yet is left to the forecast, where there is one.
 */
export function outlookPoints(
  history: readonly { readonly at: string; readonly value: number | null }[],
  forecast: readonly Expected[],
  unusual: readonly Stretch[],
  stepMs: number,
): readonly TimePoint[] {
  const beginsAt = Date.parse(forecast[0]?.at ?? '');
  const stretches = unusual.map(({ from, to }) => [Date.parse(from), Date.parse(to)] as const);
  const measured = history
    .map(({ at, value }) => ({ atMs: Date.parse(at), value }))
    .filter(({ atMs }) => Number.isNaN(beginsAt) || atMs < beginsAt)
    .map(({ atMs, value }) => ({
      ...{ atMs, value, low: value, high: value },
      isSuspect: stretches.some(([from, to]) => from < atMs + stepMs && to > atMs),
    }));
  const expected = forecast.map(({ at, expected: value, low, high }) => ({
    ...{ atMs: Date.parse(at), value, low, high, isSuspect: false },
  }));
  return [...measured, ...expected];
}
