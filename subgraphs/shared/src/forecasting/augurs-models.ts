import { type AugursLibrary, AugursRefused, withAugurs } from './augurs.ts';

export interface ModelForecast {
  /** One value for each step ahead. */
  readonly point: readonly number[];
  /** What the model expected of each value that it was given; of the same length. */
  readonly fitted: readonly number[];
}

export interface MstlQuestion {
  /** Evenly spaced, finite, without gaps. */
  readonly values: Float64Array;
  /** Lengths of the seasons in steps, shortest first; the values must hold each twice. */
  readonly periods: readonly number[];
  /** Steps ahead. */
  readonly horizon: number;
}

/** A year of hours. */
const valuesAtMost = 10_000;
const horizonAtMost = 1_000;

/**
 * Takes the seasons apart (MSTL), continues what is left with the best exponential smoothing, and adds the seasons again.
 * About 50 ms for eight weeks of hours, half a second for a year. @throws AugursRefused, AugursDied
 */
export function forecastMstl({ values, periods, horizon }: MstlQuestion): ModelForecast {
  checkSize(values, horizon);
  if (!periods.every((period) => Number.isInteger(period) && period >= 2)) throw new AugursRefused('bad periods');
  return withAugurs(({ MSTL }) => answer(MSTL.ets([...periods]), values, horizon));
}

/** What would break the library instead of being refused by it does not reach it. */
function checkSize(values: Float64Array, horizon: number): void {
  if (values.length > valuesAtMost) throw new AugursRefused('too many values');
  if (!values.every(Number.isFinite)) throw new AugursRefused('values must be finite');
  if (!Number.isInteger(horizon) || horizon < 0 || horizon > horizonAtMost) throw new AugursRefused('bad horizon');
}

function answer(model: InstanceType<AugursLibrary['MSTL']>, values: Float64Array, horizon: number): ModelForecast {
  try {
    model.fit(values);
    const { point } = model.predict(horizon);
    const fitted = model.predictInSample().point;
    if (![point, fitted].every((list) => list.every(Number.isFinite))) throw new AugursRefused('no finite forecast');
    return { point, fitted };
  } finally {
    model.free();
  }
}
