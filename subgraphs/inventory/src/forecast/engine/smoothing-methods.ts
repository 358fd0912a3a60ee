import { AugursRefused } from '@cauce/shared/forecasting/augurs';
import { forecastMstl } from '@cauce/shared/forecasting/augurs-models';
import { meanOf } from './series.ts';
import { type Method, movingAverage } from './simple-methods.ts';

/** What the costly ones look back: the level and the week of a product follow from its last months. */
const lookBack = 112;

/** Days whose errors say nothing of the weights: level and week are still being found. */
const untold = 28;

/** A level smoothed with a long or a short memory, whichever missed less one day ahead. */
export const exponentialSmoothing: Method = ({ filled }, horizon) =>
  new Float64Array(horizon).fill(followLevel(filled));

/** The week taken out by MSTL, the rest continued by the best exponential smoothing. */
export const mstl: Method = (series, horizon) =>
  orMean(series, horizon, (values) => forecastMstl({ values, periods: [7], horizon }).point);

/** Level and week smoothed together, without trend: sales of a product that grow for months are rare, and false ones are not. */
export const holtWinters: Method = ({ filled }, horizon) => {
  let best = { error: Number.POSITIVE_INFINITY, forecast: new Float64Array(horizon) };
  for (const levelWeight of [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4]) {
    for (const weekWeight of [0.01, 0.03, 0.1, 0.25]) {
      const tried = followWeek(filled, levelWeight, weekWeight, horizon);
      if (tried.error < best.error) best = tried;
    }
  }
  return best.forecast;
};

function followLevel(values: Float64Array): number {
  let best = { error: Number.POSITIVE_INFINITY, level: 0 };
  for (const weight of [0.005, 0.01, 0.02, 0.05, 0.1, 0.2]) {
    let level = 0;
    let error = 0;
    for (let at = 0; at < values.length; at += 1) {
      const missed = (values[at] ?? 0) - level;
      if (at >= untold) error += missed * missed;
      level += Math.max(weight, 1 / (at + 1)) * missed;
    }
    if (error < best.error) best = { error, level };
  }
  return best.level;
}

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
    if (at >= untold) error += missed * missed;
    // Nearly a plain mean until the smoothing has something to go by.
    const levelStep = Math.max(levelWeight, 1 / (at + 2));
    const weekStep = Math.max(weekWeight, 1 / (Math.floor(at / 7) + 2));
    level += levelStep * missed;
    week[at % 7] = season + weekStep * (1 - levelStep) * missed;
  }
  const forecast = Float64Array.from(
    { length: horizon },
    (_none, ahead) => level + (week[(values.length + ahead) % 7] ?? 0),
  );
  return { error, forecast };
}
