import type { DemandHistory } from '../engine/demand-forecast.ts';
import type { PastForecast, PastHorizon, PastOutcome } from './past-forecast.ts';

/** A day that a forecast spoke of, and what it sold. */
export interface PastDay {
  readonly date: string;
  readonly said: number;
  readonly low: number;
  readonly high: number;
  /** Units less returns; null where there was nothing to sell, so that nobody knows. */
  readonly sold: number | null;
  /** Whether what was sold lies inside the band; null where it is not known. */
  readonly isInside: boolean | null;
}

/**
 * What came of the first days of a forecast. Days without stock count on neither side: nobody knows what would have been
 * sold. Null while the last of the days is not over.
 */
export function outcomeOf(past: PastForecast, history: DemandHistory, horizon: PastHorizon): PastOutcome | null {
  const sold = soldIn(history);
  const first = dayOf(past.madeOn);
  if (sold(first + horizon - 1) === undefined) return null;
  const sum = { knownDays: 0, insideDays: 0, said: 0, sold: 0, naive: 0 };
  for (const [ahead, { said, sold: units, isInside }] of pastDaysOf(past, history, 0, horizon).entries()) {
    if (units === null) continue;
    sum.knownDays += 1;
    sum.insideDays += isInside === true ? 1 : 0;
    sum.said += said;
    sum.sold += units;
    sum.naive += weekBefore(sold, first, ahead);
  }
  return { ...sum, claimedDays: sum.knownDays * past.coverage };
}

/** Days that a forecast spoke of, by how many lie between, as far as they are over. */
export function pastDaysOf(past: PastForecast, history: DemandHistory, from: number, until: number): PastDay[] {
  const sold = soldIn(history);
  const first = dayOf(past.madeOn);
  const days: PastDay[] = [];
  for (let ahead = from; ahead < until; ahead += 1) {
    const units = sold(first + ahead);
    if (units === undefined) break;
    const [said = 0, low = 0, high = 0] = [past.expected[ahead], past.low[ahead], past.high[ahead]];
    const isInside = units === null ? null : units >= low - slack(low) && units <= high + slack(high);
    days.push({ date: dateOf(first + ahead), said, low, high, sold: units, isInside });
  }
  return days;
}

const dayMs = 86_400_000;
const dayOf = (date: string) => Math.round(Date.parse(date) / dayMs);
const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

/** Limits are kept with seven digits. */
const slack = (limit: number) => 1e-6 + Math.abs(limit) * 1e-6;

/** Units of a day: none before the first sale, null where there was nothing to sell, undefined of a day that is not over. */
function soldIn({ startsOn, values }: DemandHistory): (day: number) => number | null | undefined {
  const first = dayOf(startsOn);
  return (day) => (day < first ? 0 : values[day - first]);
}

/** Weeks that are looked back for a day of the week that is known. */
const mostWeeks = 8;

/** What was sold on that day of the last week before; of an earlier one where that is not known. */
function weekBefore(sold: (day: number) => number | null | undefined, first: number, ahead: number): number {
  for (let week = 1; week <= mostWeeks; week += 1) {
    const units = sold(first + (ahead % 7) - 7 * week);
    if (typeof units === 'number') return units;
  }
  return 0;
}
