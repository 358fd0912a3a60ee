import { AugursRefused } from '@cauce/shared/forecasting/augurs';
import { forecastEts, forecastMstl } from '@cauce/shared/forecasting/augurs-models';
import { meanOf } from './series.ts';
import { type Method, movingAverage } from './simple-methods.ts';

/** What the costly ones look back: the level and the week of a product follow from its last months. */
const lookBack = 112;

/** The best exponential smoothing without a season. */
export const exponentialSmoothing: Method = (series, horizon) =>
  orMean(series, horizon, (values) => forecastEts({ values, horizon }).point);

/** The week taken out by MSTL, the rest continued by the best exponential smoothing. */
export const mstl: Method = (series, horizon) =>
  orMean(series, horizon, (values) => forecastMstl({ values, periods: [7], horizon }).point);

/** Level and week smoothed together, without trend: sales of a product that grow for months are rare, and false ones are not. */
export const holtWinters: Method = ({ filled }, horizon) => {
  let best = { error: Number.POSITIVE_INFINITY, forecast: new Float64Array(horizon) };
  for (const levelWeight of [0.02, 0.05, 0.1, 0.2, 0.4]) {
    for (const weekWeight of [0.03, 0.1, 0.25]) {
      const tried = followWeek(filled, levelWeight, weekWeight, horizon);
      if (tried.error < best.error) best = tried;
    }
  }
  return best.forecast;
};

/** The library works on values near 1; what it refuses is as good as a series without anything to learn. */
function orMean(
  series: Parameters<Method>[0],
  horizon: number,
  forecast: (values: Float64Array) => readonly number[],
): Float64Array {
  const values = series.filled.slice(-lookBack);
  const mean = meanOf(values);
  if (mean === 0) return new Float64Array(horizon);
  try {
    return Float64Array.from(forecast(values.map((value) => value / mean)), (value) => value * mean);
  } catch (error) {
    if (error instanceof AugursRefused) return movingAverage(series, horizon);
    throw error;
  }
}

function followWeek(values: Float64Array, levelWeight: number, weekWeight: number, horizon: number) {
  const start = values.slice(0, 14);
  let level = meanOf(start);
  const week = Float64Array.from(
    { length: 7 },
    (_none, at) => meanOf([start[at] ?? level, start[at + 7] ?? level]) - level,
  );
  let error = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    const season = week[at % 7] ?? 0;
    const missed = value - level - season;
    if (at >= 14) error += missed * missed;
    level += levelWeight * missed;
    week[at % 7] = season + weekWeight * (1 - levelWeight) * missed;
  }
  const forecast = Float64Array.from(
    { length: horizon },
    (_none, ahead) => level + (week[(values.length + ahead) % 7] ?? 0),
  );
  return { error, forecast };
}
