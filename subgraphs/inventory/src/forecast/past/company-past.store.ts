import type { Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import type { Pool } from 'pg';
import type { DemandPlace } from '../history.store.ts';
import type { PastTrack } from './past-forecast.ts';

/** What came of the forecasts that a company made in a week, in money. */
export interface PastWeek extends PastTrack {
  /** Its Monday. */
  readonly week: string;
}

/** A product at a site whose forecasts were far off, over their first weeks. */
export interface PastMiss extends DemandPlace {
  /** Units. */
  readonly said: number;
  readonly sold: number;
  /** Money at list prices: what the sum of each week was off by. */
  readonly missed: number;
  readonly forecasts: number;
}

type Places = Pick<Viewer, 'siteIds'>;

/** What came of a company's forecasts since a Monday at the sites that a viewer reaches, by the week they were made in. */
export async function readWeeks(
  pool: Pool,
  { siteIds }: Places,
  companyId: string,
  since: string,
): Promise<PastWeek[]> {
  const { rows } = await pool.query<PastWeek>(
    `SELECT horizon_days AS "horizonDays", to_char(week, 'YYYY-MM-DD') AS week, sum(forecasts)::int AS forecasts,
       sum(known_days)::int AS "knownDays", sum(inside_days)::int AS "insideDays", sum(claimed_days) AS "claimedDays",
       sum(said) AS said, sum(sold) AS sold, sum(missed) AS missed, sum(naive_missed) AS "naiveMissed"
     FROM inventory.forecast_outcomes WHERE company_id = $1 AND week >= $2::date AND ($3::uuid[] IS NULL OR site_id = ANY ($3::uuid[]))
     GROUP BY horizon_days, week ORDER BY horizon_days, week`,
    [companyId, since, siteIds === 'all' ? null : onlyUuids(siteIds)],
  );
  return rows;
}

/** The products whose forecasts, made since a day, cost most by the sums of their first weeks. */
export async function readMisses(
  pool: Pool,
  { siteIds }: Places,
  companyId: string,
  since: string,
  atMost: number,
): Promise<PastMiss[]> {
  const { rows } = await pool.query<PastMiss>(
    `SELECT f.product_id::text AS "productId", f.site_id::text AS "siteId", f.said, f.sold, f.forecasts,
       f.missed * greatest(coalesce(p.precio, p.costo, 0), 0)::float8 AS missed
     FROM (
       SELECT product_id, site_id, sum(week_said) AS said, sum(week_sold) AS sold, sum(abs(week_said - week_sold)) AS missed,
         count(*)::int AS forecasts
       FROM inventory.past_forecasts
       WHERE company_id = $1 AND made_on >= $2::date AND settled_days > 0 AND ($3::uuid[] IS NULL OR site_id = ANY ($3::uuid[]))
       GROUP BY product_id, site_id HAVING sum(abs(week_said - week_sold)) > 0) f
     JOIN inventory.erp_productos p ON p.id = f.product_id AND p.company_id = $1 AND p.deleted_at IS NULL
     WHERE coalesce(p.precio, p.costo, 0) > 0
     ORDER BY missed DESC, f.product_id, f.site_id LIMIT $4`,
    [companyId, since, siteIds === 'all' ? null : onlyUuids(siteIds), atMost],
  );
  return rows;
}

/** The day on which a company's first forecast was kept that still is; null of none. */
export async function readFirstKept(pool: Pool, { siteIds }: Places, companyId: string): Promise<string | null> {
  const { rows } = await pool.query<{ first: string | null }>(
    `SELECT to_char(made_on, 'YYYY-MM-DD') AS first FROM inventory.past_forecasts
     WHERE company_id = $1 AND ($2::uuid[] IS NULL OR site_id = ANY ($2::uuid[])) ORDER BY made_on LIMIT 1`,
    [companyId, siteIds === 'all' ? null : onlyUuids(siteIds)],
  );
  return rows[0]?.first ?? null;
}
