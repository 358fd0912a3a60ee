export const demandPatterns = ['SMOOTH', 'ERRATIC', 'INTERMITTENT', 'LUMPY', 'NONE'] as const;
/** Quadrant of demand by interval and size; NONE where nothing was sold. */
export type DemandPattern = (typeof demandPatterns)[number];

/** From the simplest to the most laborious: of two that are equally good the first is taken. */
export const forecastMethods = [
  'SEASONAL_NAIVE',
  'NAIVE',
  'MOVING_AVERAGE',
  'EXPONENTIAL_SMOOTHING',
  'HOLT_WINTERS',
  'CROSTON',
  'SBA',
  'SBJ',
  'TSB',
  'MSTL',
  'RANDOM_FOREST',
  'COMBINED',
  'CATEGORY_PROFILE',
] as const;
export type ForecastMethod = (typeof forecastMethods)[number];

/** What was asked for of a product at a site, day by day. */
export interface DemandHistory {
  /** Day of the first value, `YYYY-MM-DD`. */
  readonly startsOn: string;
  /** Units of each day, not negative; null where there was nothing to sell, so that nobody knows. */
  readonly values: readonly (number | null)[];
}

/** How products of the same category sell at the same site, by their means. */
export interface CategoryProfile {
  /** Products that it was made from. */
  readonly products: number;
  /** Units a day of a product in the middle. */
  readonly dailyMean: number;
  /** Share of the demand of a week by weekday from Monday; sums to 1. */
  readonly weekdays: readonly number[];
  /** Quantiles of a day's demand as multiples of the product's own mean, evenly spaced from 0 to 1. */
  readonly quantiles: readonly number[];
}

/** One day ahead. `low` and `high` hold the claimed share of days between them; `low` ≤ `expected` ≤ `high`. */
export interface ForecastPoint {
  readonly date: string;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the error of the sum from the first day through this one. */
  readonly sumDeviation: number;
}

/** How a method did on days that it had not seen. In units a day, or of 7 or 28 days by `basisDays` of the forecast. */
export interface MethodBacktest {
  readonly method: ForecastMethod;
  readonly isChampion: boolean;
  readonly folds: number;
  readonly mae: number;
  readonly rmse: number;
  /** Null where demand did not vary. */
  readonly r2: number | null;
  /** Against what seasonal naive missed by inside the history; null where it missed nothing. */
  readonly mase: number | null;
  /** Mean of forecast less demand. */
  readonly bias: number;
  /** 1 − mae ∕ mae of seasonal naive; null where that missed nothing. */
  readonly skill: number | null;
  /** Share of days inside the band, each fold against the band of the others; null where there were too few. */
  readonly measuredCoverage: number | null;
}

export interface Forecast {
  readonly method: ForecastMethod;
  readonly pattern: DemandPattern;
  readonly startsOn: string;
  /** Days that were looked at, and how many of them are not known. */
  readonly historyDays: number;
  readonly stockOutDays: number;
  /** Errors are judged by day, or by totals of 7 or 28 days where days without demand are the rule. */
  readonly basisDays: 1 | 7 | 28;
  /** What a combined forecast is the mean of; empty for any other. */
  readonly parts: readonly ForecastMethod[];
  /** Null where nothing could be tried. */
  readonly beatsSeasonalNaive: boolean | null;
  readonly coverage: number;
  readonly points: readonly ForecastPoint[];
  /** Best first. */
  readonly backtests: readonly MethodBacktest[];
}
