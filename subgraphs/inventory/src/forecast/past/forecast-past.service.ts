import type { Clock } from '@cauce/shared/clock';
import { reachedIds } from '../../reach-sql.ts';
import type { ForecastMethod } from '../engine/demand-forecast.ts';
import { type DemandPlace, readInputs, readToday } from '../history.store.ts';
import { type KnownPlaceDeps, knownPlace } from '../known-place.ts';
import { type PastMiss, type PastWeek, readFirstKept, readMisses, readWeeks } from './company-past.store.ts';
import { outcomeOf, type PastDay, pastDaysOf } from './outcome.ts';
import {
  type PastForecast,
  type PastHorizon,
  type PastOutcome,
  type PastTrack,
  pastHorizons,
  trackOf,
} from './past-forecast.ts';
import { readPastForecasts } from './past-forecasts.store.ts';
import { graceDays } from './settle-past.ts';

/** One past forecast whose days are over, with what came of them. */
export interface PastPeriod extends PastOutcome {
  readonly madeOn: string;
  /** The last of its days. */
  readonly through: string;
  readonly method: ForecastMethod;
}

/** Past forecasts of a product over one horizon, in units. */
export interface ProductHorizon {
  readonly track: PastTrack;
  /** Newest first. */
  readonly periods: readonly PastPeriod[];
  /** Each day by the forecast made about so many days before, oldest first. */
  readonly days: readonly PastDay[];
  /** The day after which the next one can be judged; null where none is waiting. */
  readonly nextOn: string | null;
}

export interface ProductPast extends DemandPlace {
  readonly horizons: readonly ProductHorizon[];
  /** The first day that what was said of is kept; null of none. */
  readonly keptSince: string | null;
}

/** Past forecasts of a company, in money at list prices. */
export interface CompanyPast {
  readonly companyId: string;
  readonly tracks: readonly PastTrack[];
  /** Oldest first. */
  readonly weeks: readonly PastWeek[];
  readonly misses: readonly PastMiss[];
  readonly keptSince: string | null;
  /** The day from which there is something to compare; null where there is, or where nothing is kept. */
  readonly firstOn: string | null;
}

/** How past forecasts came out, as one viewer may know it. */
export interface ForecastPast {
  /** @throws NotFound */
  ofProduct(productId: string, siteId: string): Promise<ProductPast>;
  /** Null of a company out of reach. */
  ofCompany(companyId: string): Promise<CompanyPast | null>;
}

/** Weeks of forecasts that a company's past is told of. */
const toldWeeks = 13;
const missWeeks = 4;
const mostMisses = 10;
const dayMs = 86_400_000;
const plusDays = (date: string, days: number) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);

export function createForecastPast({ clock, ...deps }: KnownPlaceDeps & { readonly clock: Clock }): ForecastPast {
  const { pool, viewer } = deps;
  return {
    async ofProduct(productId, siteId) {
      const { place, companyId } = await knownPlace(deps, productId, siteId);
      const today = await readToday(pool, companyId, clock.now());
      const [kept, [input]] = await Promise.all([
        readPastForecasts(pool, place),
        readInputs(pool, companyId, today, [place]),
      ]);
      if (input === undefined) throw new Error('Every place has an input');
      const { history } = input.question;
      const horizons = pastHorizons.map((horizon): ProductHorizon => {
        const judged = kept.map((past) => ({ past, outcome: outcomeOf(past, history, horizon) }));
        const periods = judged.flatMap(({ past, outcome }) =>
          outcome === null || outcome.knownDays === 0 ? [] : [periodOf(past, outcome, horizon)],
        );
        const waiting = judged.find(({ outcome }) => outcome === null)?.past;
        return {
          track: trackOf(horizon, periods),
          periods: periods.toReversed(),
          days: daysOf(kept, horizon, (past, from, until) => pastDaysOf(past, history, from, until)),
          nextOn: waiting === undefined ? null : plusDays(waiting.madeOn, horizon),
        };
      });
      return { ...place, horizons, keptSince: kept[0]?.madeOn ?? null };
    },
    async ofCompany(wanted) {
      const [companyId] = reachedIds(viewer.companyIds, [wanted]);
      if (companyId === undefined) return null;
      const today = await readToday(pool, companyId, clock.now());
      const [weeks, misses, keptSince] = await Promise.all([
        readWeeks(pool, viewer, companyId, plusDays(today, -7 * toldWeeks - 30)),
        readMisses(pool, viewer, companyId, plusDays(today, -7 * missWeeks - 7 - graceDays), mostMisses),
        readFirstKept(pool, viewer, companyId),
      ]);
      const isNone = weeks.length === 0 && keptSince !== null;
      return {
        ...{ companyId, weeks, misses, keptSince },
        tracks: pastHorizons.map((horizon) => summed(horizon, weeks)),
        firstOn: isNone ? plusDays(keptSince, 7 + graceDays) : null,
      };
    },
  };
}

const periodOf = (past: PastForecast, outcome: PastOutcome, horizon: PastHorizon): PastPeriod => ({
  ...outcome,
  ...{ madeOn: past.madeOn, through: plusDays(past.madeOn, horizon - 1), method: past.method },
});

/** A forecast is kept about once a week, so a day is spoken of by the one made last among those made early enough. */
function daysOf(
  kept: readonly PastForecast[],
  horizon: PastHorizon,
  read: (past: PastForecast, from: number, until: number) => readonly PastDay[],
): PastDay[] {
  const byDate = new Map<string, PastDay>();
  for (const past of kept) for (const day of read(past, horizon - 7, horizon)) byDate.set(day.date, day);
  return [...byDate.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

function summed(horizonDays: PastHorizon, weeks: readonly PastWeek[]): PastTrack {
  const ours = weeks.filter((week) => week.horizonDays === horizonDays);
  const sum = (value: (week: PastWeek) => number) => ours.reduce((total, week) => total + value(week), 0);
  return {
    horizonDays,
    forecasts: sum(({ forecasts }) => forecasts),
    knownDays: sum(({ knownDays }) => knownDays),
    insideDays: sum(({ insideDays }) => insideDays),
    claimedDays: sum(({ claimedDays }) => claimedDays),
    said: sum(({ said }) => said),
    sold: sum(({ sold }) => sold),
    missed: sum(({ missed }) => missed),
    naiveMissed: sum(({ naiveMissed }) => naiveMissed),
  };
}
