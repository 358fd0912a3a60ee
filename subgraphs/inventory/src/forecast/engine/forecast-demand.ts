import { laborious, methods, type TriedMethod } from './candidates.ts';
import { categoryForecast, type DayOutlook } from './category-forecast.ts';
import { classifyDemand } from './classify-demand.ts';
import { combineBest, meanForecast } from './combine.ts';
import { conformalBand, measureCoverage } from './conformal-band.ts';
import type { CategoryProfile, DemandHistory, Forecast, ForecastMethod, MethodBacktest } from './demand-forecast.ts';
import { basisOf, measureErrors, naiveScale } from './measure-errors.ts';
import { askMethod, type Fold, rollingBacktest, sameFolds, type Tried } from './rolling-backtest.ts';
import { seriesOf } from './series.ts';
import { sumDeviation } from './sum-deviation.ts';

/** Share of days that are to lie inside the band. */
export const claimedCoverage = 0.8;

/** Days with a point: the 90 that may be asked for, on each of the seven days that a forecast serves. */
export const horizonDays = 97;

/** Errors this near are equal; a combination is taken a little before that, since it errs less by chance. */
const equal = 1.01;
const equalWhenCombined = 1.06;

/** What a laborious method is held for worse: tried less often, it more often looks good by chance. */
const lessTried = 1.04;

export interface ForecastQuestion {
  readonly history: DemandHistory;
  /** Of a product's category at the site; null where nothing comparable is sold. */
  readonly profile: CategoryProfile | null;
  /** Tries these instead of what suits the series. */
  readonly methods?: readonly TriedMethod[];
}

/**
 * Forecasts the demand of one product at one site. The method is the one that missed least on the end of the history, each
 * time without having seen it; seasonal naive where nothing beats that. Never below zero, never without a number.
 */
export function forecastDemand({ history, profile, methods: chosen }: ForecastQuestion): Forecast {
  const firstDay = Date.parse(history.startsOn) / dayMs;
  const { series, unit } = scaled(history.values, firstDay);
  const kind = classifyDemand(series);
  const basisDays = basisOf(kind);
  const maeOf = (folds: readonly Fold[]) => measureErrors(folds, basisDays).mae;
  const tried = rollingBacktest(series, kind, maeOf, chosen);
  const common = {
    pattern: kind.pattern,
    startsOn: dateOf(firstDay + series.known.length),
    historyDays: series.known.length,
    stockOutDays: history.values.filter((value) => value === null).length,
    basisDays,
    coverage: claimedCoverage,
  };
  const rivals = rivalsOf(tried, maeOf);
  const champion = championOf(rivals);
  if (champion === null) {
    const comparable = profile && { ...profile, dailyMean: profile.dailyMean / unit };
    const outlook = categoryForecast(series, comparable, horizonDays, claimedCoverage);
    const method = profile === null ? 'MOVING_AVERAGE' : 'CATEGORY_PROFILE';
    const nothingTried = { parts: [], beatsSeasonalNaive: null, backtests: [] };
    return { ...common, method, ...nothingTried, points: pointsOf(outlook, unit, common.startsOn) };
  }
  const band = conformalBand(champion.folds, claimedCoverage);
  const deviationOf = sumDeviation(champion.folds);
  const said = meanForecast(champion.parts.map((part) => askMethod(methods[part], series, horizonDays)));
  const outlook = Array.from(said, (expected, ahead) => ({
    expected,
    ...band(expected, ahead),
    sumDeviation: deviationOf(ahead + 1),
  }));
  return {
    ...common,
    method: champion.method,
    parts: champion.method === 'COMBINED' ? champion.parts : [],
    beatsSeasonalNaive: champion.method !== 'SEASONAL_NAIVE',
    points: pointsOf(outlook, unit, common.startsOn),
    backtests: backtestsOf(rivals, champion, { basisDays, unit, scale: naiveScale(series, basisDays), maeOf }),
  };
}

const dayMs = 86_400_000;
const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

/** Methods see values near 1, whatever the unit: what one of them cannot do with is size. */
function scaled(values: readonly (number | null)[], firstDay: number) {
  const most = values.reduce<number>((high, value) => Math.max(high, value ?? 0), 0);
  const unit = most > 0 ? most : 1;
  return {
    unit,
    series: seriesOf(
      values.map((value) => (value === null ? null : value / unit)),
      firstDay,
    ),
  };
}

/** A method, or the mean of some, with what it said of the past. */
interface Rival {
  readonly method: ForecastMethod;
  readonly parts: readonly TriedMethod[];
  readonly folds: readonly Fold[];
  readonly gaveUp: boolean;
  /** By which they are ranked. */
  readonly mae: number;
}

function rivalsOf(tried: readonly Tried[], maeOf: (folds: readonly Fold[]) => number): Rival[] {
  const reference = tried.find(({ method }) => method === 'EXPONENTIAL_SMOOTHING')?.folds ?? [];
  const ofAll = maeOf(reference);
  // Months differ: one that was tried on fewer is moved by how hard those were for one that is always tried.
  const fairly = (folds: readonly Fold[]) => {
    const ofSame = maeOf(
      sameFolds(
        reference,
        folds.map(({ origin }) => origin),
      ),
    );
    return maeOf(folds) * (ofSame > 0 ? ofAll / ofSame : 1);
  };
  const trusted = ({ method, folds }: Tried) => fairly(folds) * (laborious.has(method) ? lessTried : 1);
  const rivals = tried.map((one): Rival => ({ ...one, parts: [one.method], mae: trusted(one) }));
  const combined = combineBest(tried, trusted);
  if (combined !== null) rivals.push({ method: 'COMBINED', gaveUp: false, ...combined, mae: fairly(combined.folds) });
  return rivals;
}

/** The simplest of those that missed least; the combination where it is among them. Null of none. */
function championOf(rivals: readonly Rival[]): Rival | null {
  const finished = rivals.filter(({ gaveUp }) => !gaveUp);
  const best = Math.min(...finished.map(({ mae }) => mae));
  const combined = finished.find(({ method, mae }) => method === 'COMBINED' && mae <= best * equalWhenCombined);
  const champion = combined ?? finished.find(({ mae }) => mae <= best * equal) ?? null;
  const seasonal = finished.find(({ method }) => method === 'SEASONAL_NAIVE');
  return champion !== null && seasonal !== undefined && champion.mae >= seasonal.mae ? seasonal : champion;
}

interface Judging {
  readonly basisDays: number;
  readonly unit: number;
  readonly scale: number | null;
  readonly maeOf: (folds: readonly Fold[]) => number;
}

function backtestsOf(
  rivals: readonly Rival[],
  champion: Rival,
  { basisDays, unit, scale, maeOf }: Judging,
): MethodBacktest[] {
  const reference = rivals.find(({ method }) => method === 'SEASONAL_NAIVE')?.folds ?? [];
  return rivals
    .map((one): MethodBacktest => {
      const { mae, rmse, bias, r2 } = measureErrors(one.folds, basisDays);
      const naiveMae = maeOf(
        sameFolds(
          reference,
          one.folds.map(({ origin }) => origin),
        ),
      );
      return {
        method: one.method,
        isChampion: one === champion,
        folds: one.folds.length,
        ...{ mae: mae * unit, rmse: rmse * unit, bias: bias * unit, r2 },
        mase: scale === null ? null : mae / scale,
        skill: naiveMae > 0 ? 1 - mae / naiveMae : null,
        measuredCoverage: one === champion ? measureCoverage(one.folds, claimedCoverage) : null,
      };
    })
    .sort((one, other) => Number(other.isChampion) - Number(one.isChampion) || one.mae - other.mae);
}

/** In units again, to five digits, the limits around what is expected. */
function pointsOf(outlook: readonly DayOutlook[], unit: number, startsOn: string): Forecast['points'] {
  const first = Date.parse(startsOn) / dayMs;
  const tidy = (value: number) => Math.round(Math.min(mostUnits, value * unit) * 1e5) / 1e5;
  return outlook.map(({ expected, low, high, sumDeviation: deviation }, ahead) => ({
    date: dateOf(first + ahead),
    expected: tidy(expected),
    low: tidy(Math.min(low, expected)),
    high: tidy(Math.max(high, expected)),
    sumDeviation: tidy(deviation),
  }));
}

const mostUnits = 9e12;
