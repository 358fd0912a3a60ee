import type { HourSeries } from './engine/even-series.ts';
import type { Anomaly } from './engine/find-anomalies.ts';
import type { Forecast } from './engine/forecast.ts';
import type { Trend } from './engine/trend.ts';

/** Back from the last measured day, in days. */
export const trendSpans = { QUARTER: 91, YEAR: 365, THREE_YEARS: 1_096 } as const;
export type TrendSpan = keyof typeof trendSpans;

/** What the thread is asked. */
export type AnalysisTask =
  | { readonly ask: 'ANOMALIES'; readonly hours: HourSeries; readonly mayRest: boolean }
  | { readonly ask: 'OUTLOOK'; readonly hours: Float64Array; readonly days: Float64Array };

/** Null where there is not enough history. */
export interface OutlookFigures {
  readonly trends: Readonly<Record<TrendSpan, Trend | null>>;
  readonly hourly: Forecast | null;
  readonly daily: Forecast | null;
}

/** What it answers, by what was asked. */
export type AnalysisAnswer =
  | { readonly ask: 'ANOMALIES'; readonly anomalies: readonly Anomaly[] | null }
  | { readonly ask: 'OUTLOOK'; readonly figures: OutlookFigures };
