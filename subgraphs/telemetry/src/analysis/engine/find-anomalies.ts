import { type HourSeries, hourMs } from './even-series.ts';
import { expectHours } from './expected-hours.ts';
import { lostSeason } from './lost-season.ts';
import { medianOf, quantileOf, sortedOf } from './statistics.ts';
import { stuckRuns } from './stuck-runs.ts';

export const anomalyKinds = ['SPIKE', 'SHIFT', 'STUCK', 'LOST_SEASON'] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];

/** A stretch of hours that is not as the hours before it. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  /** Where its first hour begins and its last one ends, ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** In the unit: of a spike its highest or lowest hour, of a shift the median; of a lost season how far a day swings. */
  readonly observed: number;
  readonly expected: number;
  /** How many times the usual distance, at the worst hour; of a stuck one how many times longer than usual. */
  readonly score: number;
  /** It goes on at the end of the series. */
  readonly isOngoing: boolean;
}

/** A stretch of places, the last one included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

const scoreAtLeast = 4.5;
/** Hours that a spike may last. */
const spikeHours = 3;
/** Hours within which an anomaly goes on, though one between is as usual or was not measured. */
const bridgedHours = 2;

/**
 * Finds what is not as usual in eight weeks or so of hours: what is too far from the expected, a value that stands still,
 * a day that does not swing any more. Hours that were not measured are never anomalous. Oldest first; null where there
 * is not enough history.
 */
export function findAnomalies(
  series: HourSeries,
  options: { readonly mayRest: boolean } = { mayRest: false },
): readonly Anomaly[] | null {
  const model = expectHours(series);
  if (model === null) return null;
  const { values } = series;
  const { expected, scale, season } = model;
  const scores = values.map((value, place) => (value - (expected[place] ?? Number.NaN)) / (scale[place] ?? 1));
  const limit = Math.max(scoreAtLeast, 1.5 * quantileOf(sortedOf(worstOfDays(scores)), 0.9));
  const still = stuckRuns(values, options.mayRest);
  const lost = lostSeason(values, model, limit).filter((stretch) => !still.some((other) => overlaps(stretch, other)));
  const far = farStretches(scores, limit).filter(
    (stretch) => ![...still, ...lost].some((other) => overlaps(stretch, other)),
  );
  const over = (stretch: Stretch, list: Float64Array) => list.subarray(stretch.first, stretch.last + 1);
  const made = (kind: AnomalyKind, stretch: Stretch, figures: Pick<Anomaly, 'observed' | 'expected' | 'score'>) => ({
    ...{ kind, ...figures },
    from: series.from + stretch.first * hourMs,
    to: series.from + (stretch.last + 1) * hourMs,
    isOngoing: stretch.last >= values.length - 1 - bridgedHours,
  });
  const found = [
    ...far.map((stretch): Anomaly => {
      const worst = worstOf(scores, stretch);
      const score = Math.abs(scores[worst] ?? 0);
      if (stretch.last - stretch.first < spikeHours) {
        return made('SPIKE', stretch, { observed: values[worst] ?? 0, expected: expected[worst] ?? 0, score });
      }
      const observed = medianOf(over(stretch, values));
      return made('SHIFT', stretch, { observed, expected: medianOf(over(stretch, expected)), score });
    }),
    ...still.map((stretch): Anomaly => {
      const usual = medianOf(over(stretch, expected));
      const observed = values[stretch.first] ?? 0;
      return made('STUCK', stretch, {
        observed,
        expected: Number.isNaN(usual) ? observed : usual,
        score: stretch.times,
      });
    }),
    ...lost.map((stretch): Anomaly => {
      const figures = { observed: swingOf(over(stretch, values)), expected: swingOf(over(stretch, season)) };
      return made('LOST_SEASON', stretch, { ...figures, score: stretch.times });
    }),
  ];
  return found.toSorted((a, b) => a.from - b.from);
}

const overlaps = (one: Stretch, other: Stretch) => one.first <= other.last && other.first <= one.last;

/** Stretches on one side of what is expected; it begins beyond the limit and goes on while it is half as far. */
function farStretches(scores: Float64Array, limit: number): Stretch[] {
  const found: { readonly first: number; last: number; readonly side: number; isFar: boolean }[] = [];
  for (const [place, score] of scores.entries()) {
    if (!(Math.abs(score) >= limit / 2)) continue;
    const [side, isFar] = [Math.sign(score), Math.abs(score) >= limit];
    const open = found.at(-1);
    if (open === undefined || open.side !== side || place - open.last > bridgedHours + 1) {
      found.push({ first: place, last: place, side, isFar });
      continue;
    }
    open.last = place;
    open.isFar ||= isFar;
  }
  return found.filter(({ isFar }) => isFar).map(({ first, last }) => ({ first, last }));
}

/**
 * How far off each day was at its worst. A series of which one day in ten is far off has to be further off; an anomaly
 * of a few days does not teach it.
 */
function worstOfDays(scores: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.ceil(scores.length / 24) }, (_none, day) =>
    scores
      .subarray(day * 24, day * 24 + 24)
      .reduce((worst, score) => (Math.abs(score) > (worst || 0) ? Math.abs(score) : worst), Number.NaN),
  );
}

function worstOf(scores: Float64Array, { first, last }: Stretch): number {
  let worst = first;
  for (let place = first; place <= last; place += 1) {
    if (Math.abs(scores[place] ?? 0) > Math.abs(scores[worst] ?? 0)) worst = place;
  }
  return worst;
}

/** How far a day swings, without its extremes. */
function swingOf(values: Float64Array): number {
  const sorted = sortedOf(values);
  return quantileOf(sorted, 0.9) - quantileOf(sorted, 0.1);
}
