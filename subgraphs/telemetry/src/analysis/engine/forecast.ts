import { AugursRefused } from '@cauce/shared/forecasting/augurs';
import { forecastMstl } from '@cauce/shared/forecasting/augurs-models';
import { bandOf, coverageOf } from './conformal-band.ts';
import { fillGaps } from './even-series.ts';
import { meanOf, medianOf, quantileOf, sortedOf } from './statistics.ts';

export const forecastMethods = ['SEASONAL_TREND', 'SEASONAL_NAIVE'] as const;

export interface ForecastStep {
  readonly expected: number;
  /** Between them with 80 %. */
  readonly low: number;
  readonly high: number;
}

export interface Forecast {
  readonly method: (typeof forecastMethods)[number];
  /** One for each step after the last one of the series. */
  readonly steps: readonly ForecastStep[];
  /** What it would have said at earlier instants, held against what came. */
  readonly backtest: {
    readonly origins: number;
    /** Mean error in the unit, of the method and of the seasonal naive forecast. */
    readonly meanError: number;
    readonly naiveError: number;
    /** Mean error in those that a step from one season to the next has. */
    readonly mase: number | null;
    /** Part of what came that lay in the band made without it. */
    readonly coverage: number;
  };
  /** Error of the mean of all steps, lowest and highest tenth, in the unit. */
  readonly meanErrorLow: number;
  readonly meanErrorHigh: number;
}

export interface ForecastPlan {
  readonly horizon: number;
  /** Seasons in steps, shortest first; a season that the history does not hold three times is left out. */
  readonly seasons: readonly number[];
  /** Steps that a model learns from at most. */
  readonly learns: number;
  /** Steps that it must have to learn from. */
  readonly learnsAtLeast: number;
  readonly origins: number;
  /** Steps between two origins. */
  readonly apart: number;
  /** Within each of these the error counts as equally large, last step of each. */
  readonly blocks: readonly number[];
}

/** Three days of hours. */
export const hourlyPlan: ForecastPlan = {
  ...{ horizon: 72, seasons: [24, 168], learns: 24 * 7 * 3, learnsAtLeast: 24 * 14 },
  // Another hour of the day each time.
  ...{ origins: 8, apart: 29, blocks: [6, 24, 48, 72] },
};

/** Thirty days. */
export const dailyPlan: ForecastPlan = {
  ...{ horizon: 30, seasons: [7], learns: 366, learnsAtLeast: 42 },
  ...{ origins: 10, apart: 8, blocks: [3, 7, 14, 30] },
};

const measuredAtLeast = 0.7;
const originsAtLeast = 5;

/**
 * Continues a series (NaN where nothing was measured) by its seasons and its level, unless that was no better than
 * saying what a season ago was: then that is what it says. The band is as wide as the errors of earlier forecasts were.
 * Null where there is not enough history. @throws AugursDied
 */
export function makeForecast(values: Float64Array, plan: ForecastPlan): Forecast | null {
  const origins = originsOf(values, plan);
  const season = naiveSeasonOf(values, plan);
  if (origins.length < originsAtLeast) return null;
  const naive = origins.map((origin) =>
    errorsOf(values, origin, naiveFrom(values.subarray(0, origin), season, plan.horizon)),
  );
  const modelled = origins.map((origin) => {
    const point = modelFrom(values.subarray(0, origin), plan);
    return point === null ? null : errorsOf(values, origin, point);
  });
  const own = modelled.filter((errors) => errors !== null);
  const naiveError = meanOf(naive.flatMap((errors) => [...errors.map(Math.abs)]));
  const modelError = meanOf(own.flatMap((errors) => [...errors.map(Math.abs)]));
  const point = own.length === origins.length && modelError < naiveError ? modelFrom(values, plan) : null;
  const errors = point === null ? naive : own;
  const means = sortedOf(errors.map((list) => meanOf(list)));
  const isNeverNegative = values.every((value) => !(value < 0));
  const inside = (value: number) => (isNeverNegative ? Math.max(0, value) : value);
  const band = bandOf(errors, plan.blocks);
  const meanError = point === null ? naiveError : modelError;
  const usualStep = meanOf(values.map((value, place) => Math.abs(value - (values[place - season] ?? Number.NaN))));
  return {
    method: point === null ? 'SEASONAL_NAIVE' : 'SEASONAL_TREND',
    steps: [...(point ?? naiveFrom(values, season, plan.horizon))].map((expected, step) => ({
      expected: inside(expected),
      low: inside(expected + (band[step]?.low ?? 0)),
      high: inside(expected + (band[step]?.high ?? 0)),
    })),
    backtest: {
      ...{ origins: origins.length, meanError, naiveError },
      mase: usualStep > 0 ? meanError / usualStep : null,
      coverage: coverageOf(errors, plan.blocks),
    },
    ...{ meanErrorLow: quantileOf(means, 0.1), meanErrorHigh: quantileOf(means, 0.9) },
  };
}

/** Places right after the history of each earlier forecast that can be made and held against something, newest first. */
function originsOf(values: Float64Array, { horizon, learnsAtLeast, origins, apart }: ForecastPlan): number[] {
  return Array.from({ length: origins }, (_none, step) => values.length - horizon - step * apart).filter(
    (origin) =>
      origin >= learnsAtLeast &&
      shareMeasured(values.subarray(Math.max(0, origin - learnsAtLeast), origin)) >= measuredAtLeast &&
      shareMeasured(values.subarray(origin, origin + horizon)) >= measuredAtLeast,
  );
}

function shareMeasured(values: Float64Array): number {
  return values.filter((value) => !Number.isNaN(value)).length / values.length;
}

function modelFrom(history: Float64Array, { seasons, learns, horizon }: ForecastPlan): Float64Array | null {
  const learned = history.subarray(-learns);
  const periods = seasons.filter((period) => learned.length >= 3 * period);
  try {
    const filled = fillGaps(learned, seasons[0] ?? 1, medianOf(learned));
    return Float64Array.from(forecastMstl({ values: filled, periods, horizon }).point);
  } catch (error) {
    if (error instanceof AugursRefused) return null;
    throw error;
  }
}

/** The season whose last time tells most of the next; the honest one to be better than. */
function naiveSeasonOf(values: Float64Array, { seasons }: ForecastPlan): number {
  const errorOf = (season: number) =>
    meanOf(values.subarray(season).map((value, place) => Math.abs(value - (values[place] ?? Number.NaN))));
  const held = seasons.filter((season) => values.length >= 3 * season);
  return held.toSorted((a, b) => errorOf(a) - errorOf(b))[0] ?? 1;
}

function naiveFrom(history: Float64Array, season: number, horizon: number): Float64Array {
  const filled = fillGaps(history.subarray(-3 * season), season, medianOf(history.subarray(-10 * season)));
  return Float64Array.from(
    { length: horizon },
    (_none, step) => filled[filled.length - season + (step % season)] ?? Number.NaN,
  );
}

/** What came minus what was said. */
function errorsOf(values: Float64Array, origin: number, point: Float64Array): Float64Array {
  return point.map((said, step) => (values[origin + step] ?? Number.NaN) - said);
}
