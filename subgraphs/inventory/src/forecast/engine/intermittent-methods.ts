import type { Series } from './series.ts';
import type { Method } from './simple-methods.ts';

/** From nearly the mean of all that was to nearly the last ones alone. */
const weights = [0.01, 0.02, 0.05, 0.1, 0.2];
/** Sizes are fewer than days, so that each counts for more. */
const sizeWeights = [0.02, 0.05, 0.1];

/** Croston (1972): the size of a demand over the time between two, each smoothed when there is a demand. */
export const croston: Method = (series, horizon) =>
  flat(
    bestCroston(series, () => 1),
    horizon,
  );

/** Syntetos and Boylan (2005): Croston without its bias upwards. */
export const sba: Method = (series, horizon) =>
  flat(
    bestCroston(series, (weight) => 1 - weight / 2),
    horizon,
  );

/** Shale, Boylan and Johnston (2006): the same with the exact correction for demand by chance. */
export const sbj: Method = (series, horizon) =>
  flat(
    bestCroston(series, (weight) => 1 - weight / (2 - weight)),
    horizon,
  );

/** Teunter, Syntetos and Babai (2011): the chance of a demand is smoothed every day, so that it fades with silence. */
export const tsb: Method = (series, horizon) => {
  let best = { error: Number.POSITIVE_INFINITY, rate: 0 };
  for (const sizeWeight of sizeWeights) {
    for (const chanceWeight of weights) {
      const tried = followTsb(series.known, sizeWeight, chanceWeight);
      if (tried.error < best.error) best = tried;
    }
  }
  return flat(best.rate, horizon);
};

interface Followed {
  /** Sum of squares of what was missed one day ahead. */
  readonly error: number;
  /** Units a day after the last one. */
  readonly rate: number;
}

const flat = (rate: number, horizon: number) => new Float64Array(horizon).fill(rate);

function bestCroston({ known }: Series, correctionOf: (weight: number) => number): number {
  let best: Followed = { error: Number.POSITIVE_INFINITY, rate: 0 };
  for (const weight of weights) {
    const tried = followCroston(known, weight, correctionOf(weight));
    if (tried.error < best.error) best = tried;
  }
  return best.rate;
}

function followCroston(known: Float64Array, weight: number, correction: number): Followed {
  let size = 0;
  let interval = 0;
  let since = 1;
  let error = 0;
  let demands = 0;
  for (const value of known) {
    if (Number.isNaN(value)) continue;
    if (interval > 0) error += (value - (correction * size) / interval) ** 2;
    if (value <= 0) {
      since += 1;
      continue;
    }
    // A plain mean until the smoothing has something to go by.
    demands += 1;
    const step = Math.max(weight, 1 / demands);
    size += step * (value - size);
    interval += step * (since - interval);
    since = 1;
  }
  return { error, rate: interval === 0 ? 0 : (correction * size) / interval };
}

function followTsb(known: Float64Array, sizeWeight: number, chanceWeight: number): Followed {
  let size = 0;
  let chance = 0;
  let error = 0;
  let days = 0;
  let demands = 0;
  for (const value of known) {
    if (Number.isNaN(value)) continue;
    if (size > 0) error += (value - chance * size) ** 2;
    if (value > 0) {
      demands += 1;
      size += Math.max(sizeWeight, 1 / demands) * (value - size);
    }
    days += 1;
    chance += Math.max(chanceWeight, 1 / days) * ((value > 0 ? 1 : 0) - chance);
  }
  return { error, rate: chance * size };
}
