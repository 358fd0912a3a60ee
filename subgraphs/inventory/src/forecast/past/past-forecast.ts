import type { ForecastMethod } from '../engine/demand-forecast.ts';
import type { DemandPlace } from '../history.store.ts';

/** What is held against what was sold: the first days that a forecast spoke of, as a sum and day by day. */
export const pastHorizons = [7, 30] as const;
export type PastHorizon = (typeof pastHorizons)[number];

/** Days that are kept of a forecast. */
export const pastDays = 30;

/** What was said of the days from one on, before anything of them was known. */
export interface PastForecast extends DemandPlace {
  /** The first day, `YYYY-MM-DD`. */
  readonly madeOn: string;
  readonly method: ForecastMethod;
  /** Claimed share of days inside the band, 0 to 1. */
  readonly coverage: number;
  /** Units of each day, with the limits of the band. */
  readonly expected: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What came of a forecast, over those of its first days that are known. */
export interface PastOutcome {
  readonly knownDays: number;
  /** Of these, inside the band. */
  readonly insideDays: number;
  /** Days that the band claimed to hold. */
  readonly claimedDays: number;
  /** Units, of the known days alone. */
  readonly said: number;
  readonly sold: number;
  /** What repeating the week before would have said. */
  readonly naive: number;
}

/** Outcomes of many forecasts summed up, in one measure: units of a product, or money. */
export interface PastTrack {
  readonly horizonDays: PastHorizon;
  /** Forecasts whose days have passed and of which some day is known. */
  readonly forecasts: number;
  readonly knownDays: number;
  readonly insideDays: number;
  readonly claimedDays: number;
  readonly said: number;
  readonly sold: number;
  /** Sum of what each forecast's sum was off by, and of what repeating the week before would have been. */
  readonly missed: number;
  readonly naiveMissed: number;
}

/** Adds up what came of forecasts of one product. */
export function trackOf(horizonDays: PastHorizon, outcomes: readonly PastOutcome[]): PastTrack {
  const known = outcomes.filter(({ knownDays }) => knownDays > 0);
  const sum = (value: (outcome: PastOutcome) => number) => known.reduce((total, one) => total + value(one), 0);
  return {
    horizonDays,
    forecasts: known.length,
    knownDays: sum(({ knownDays }) => knownDays),
    insideDays: sum(({ insideDays }) => insideDays),
    claimedDays: sum(({ claimedDays }) => claimedDays),
    said: sum(({ said }) => said),
    sold: sum(({ sold }) => sold),
    missed: sum(({ said, sold }) => Math.abs(said - sold)),
    naiveMissed: sum(({ naive, sold }) => Math.abs(naive - sold)),
  };
}
