import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { AppError } from '@cauce/shared/errors/app-error';
import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { Pool } from 'pg';
import type { Product } from '../products/product.ts';
import { reachedIds } from '../reach-sql.ts';
import type { ForecastPoint, MethodBacktest } from './engine/demand-forecast.ts';
import { readBacktests, readForecasts, readPoints, type StoredForecast, writeForecasts } from './forecast.store.ts';
import type { Forecaster } from './forecaster.ts';
import { readToday } from './history.store.ts';
import { inTransaction, renewForecasts } from './keep-forecasts.ts';

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

export interface ForecastsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly forecaster: Forecaster;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
  product(id: string): Promise<Product | null>;
}

const mostDays = 90;

export function createForecasts({ pool, clock, forecaster, viewer, signal, product }: ForecastsDeps): Forecasts {
  return {
    async outlook(productId, wantedSite, days) {
      if (!Number.isInteger(days) || days < 1 || days > mostDays) {
        const message = `must be between 1 and ${mostDays}`;
        throw new ValidationFailed([{ path: 'days', code: 'OUT_OF_RANGE', message }]);
      }
      const [siteId] = reachedIds(viewer.siteIds, [wantedSite]);
      const found = await product(productId);
      if (found === null || found.companyId === null) throw new NotFound('Product');
      const { id, companyId } = found;
      if (siteId === undefined || !(await sellsAt(pool, companyId, siteId))) throw new NotFound('Site');
      const place = { productId: id, siteId };
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

/** Whether a company keeps or sells anything at a site: a site of another one is as good as none. */
async function sellsAt(pool: Pool, companyId: string, siteId: string): Promise<boolean> {
  const { rows } = await pool.query<{ isOurs: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM inventory.warehouses WHERE site_id = $2 AND company_id = $1)
       OR EXISTS (SELECT 1 FROM inventory.erp_ventas WHERE site_id = $2 AND company_id = $1) AS "isOurs"`,
    [companyId, siteId],
  );
  return rows[0]?.isOurs === true;
}
