import type { Clock } from '@cauce/shared/clock';
import { AppError } from '@cauce/shared/errors/app-error';
import { ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { ForecastPoint, MethodBacktest } from './engine/demand-forecast.ts';
import { readBacktests, readForecasts, readPoints, type StoredForecast, writeForecasts } from './forecast.store.ts';
import type { Forecaster } from './forecaster.ts';
import { readToday } from './history.store.ts';
import { inTransaction, renewForecasts } from './keep-forecasts.ts';
import { type KnownPlaceDeps, knownPlace } from './known-place.ts';

/** A forecast from today on, as far as it was asked for. */
export interface DemandOutlook extends StoredForecast {
  readonly points: readonly ForecastPoint[];
  readonly backtests: readonly MethodBacktest[];
}

/** Forecasts as one viewer may know them. */
export interface Forecasts {
  /** Made at once where there is none, or one of another history. @throws NotFound or ValidationFailed */
  outlook(productId: string, siteId: string, days: number): Promise<DemandOutlook>;
}

export interface ForecastsDeps extends KnownPlaceDeps {
  readonly clock: Clock;
  readonly forecaster: Forecaster;
  readonly signal: AbortSignal;
}

const mostDays = 90;

export function createForecasts({ pool, clock, forecaster, viewer, signal, product }: ForecastsDeps): Forecasts {
  return {
    async outlook(productId, wantedSite, days) {
      if (!Number.isInteger(days) || days < 1 || days > mostDays) {
        const message = `must be between 1 and ${mostDays}`;
        throw new ValidationFailed([{ path: 'days', code: 'OUT_OF_RANGE', message }]);
      }
      const { place, companyId } = await knownPlace({ pool, viewer, product }, productId, wantedSite);
      const now = clock.now();
      const today = await readToday(pool, companyId, now);
      const { computed, failed } = await renewForecasts({ pool, forecaster }, companyId, today, [place], signal);
      if (computed.length > 0) {
        await inTransaction(pool, (client) => writeForecasts(client, companyId, computed, now));
      }
      const [stored] = await readForecasts(pool, [place]);
      if (stored === undefined) {
        throw new AppError('INTERNAL', `No forecast came of it (${failed.length} failed)`);
      }
      // Another clock may have made it for tomorrow.
      const [, from = today] = [stored.startsOn, today].sort();
      const [points, backtests] = await Promise.all([
        readPoints(pool, stored.id, from, days),
        readBacktests(pool, stored.id),
      ]);
      return { ...stored, points, backtests };
    },
  };
}
