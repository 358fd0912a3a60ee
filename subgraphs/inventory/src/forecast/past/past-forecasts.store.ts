import type { Pool, PoolClient } from 'pg';
import { servesDays } from '../forecast.store.ts';
import type { DemandPlace } from '../history.store.ts';
import { type PastForecast, type PastHorizon, type PastOutcome, pastDays } from './past-forecast.ts';

/** A forecast that has come to the end of its days, with what came of them. */
export interface Settled {
  readonly past: PastForecast;
  readonly outcome: PastOutcome;
}

/**
 * Keeps what the forecasts of some products at sites say from today on, in the caller's transaction: of each once a week, on
 * a day that its id decides, so that a night writes about a seventh of them; at once where nothing was kept of it yet.
 */
export async function keepPastForecasts(
  client: PoolClient,
  today: string,
  places: readonly DemandPlace[],
): Promise<void> {
  await client.query(
    `INSERT INTO inventory.past_forecasts (product_id, site_id, company_id, made_on, method, coverage, expected, low, high)
     SELECT f.product_id, f.site_id, f.company_id, $3::date, f.method, f.coverage, day.expected, day.low, day.high
     FROM unnest($1::uuid[], $2::uuid[]) AS place (product_id, site_id)
     JOIN inventory.demand_forecasts f ON f.product_id = place.product_id AND f.site_id = place.site_id
       AND f.starts_on BETWEEN $3::date - ${servesDays - 1} AND $3::date AND f.pattern <> 'NONE'
     CROSS JOIN LATERAL (SELECT $3::date - max(o.made_on) AS days FROM inventory.past_forecasts o
       WHERE o.product_id = f.product_id AND o.site_id = f.site_id) since
     CROSS JOIN LATERAL (
       SELECT array_agg(p.expected::real ORDER BY p.date) AS expected, array_agg(p.low::real ORDER BY p.date) AS low,
         array_agg(p.high::real ORDER BY p.date) AS high, count(*) AS days
       FROM inventory.demand_forecast_points p
       WHERE p.forecast_id = f.id AND p.date >= $3::date AND p.date < $3::date + ${pastDays}) day
     WHERE day.days = ${pastDays} AND (since.days IS NULL OR since.days > 10 OR (since.days > 3
       AND ($3::date - date '2020-01-06' + get_byte(uuid_send(f.product_id), 15)) % 7 = 0))
     ON CONFLICT DO NOTHING`,
    [places.map(({ productId }) => productId), places.map(({ siteId }) => siteId), today],
  );
}

const columns = `f.product_id::text AS "productId", f.site_id::text AS "siteId", to_char(f.made_on, 'YYYY-MM-DD') AS "madeOn",
  f.method::text AS method, f.coverage::float8 AS coverage, f.expected, f.low, f.high`;

/** What was kept of a product at a site, the oldest first. */
export async function readPastForecasts(pool: Pool, { productId, siteId }: DemandPlace): Promise<PastForecast[]> {
  const { rows } = await pool.query<PastForecast>(
    `SELECT ${columns} FROM inventory.past_forecasts f WHERE f.product_id = $1 AND f.site_id = $2 ORDER BY f.made_on`,
    [productId, siteId],
  );
  return rows;
}

/** Companies with forecasts whose days are not all counted. */
export async function readCompaniesAhead(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT company_id::text AS id FROM (SELECT DISTINCT company_id FROM inventory.past_forecasts WHERE settled_days = 0
       UNION SELECT DISTINCT company_id FROM inventory.past_forecasts WHERE settled_days = 7) ahead ORDER BY 1`,
  );
  return rows.map(({ id }) => id);
}

/** Some of a company's forecasts made until a day that are not counted over a horizon, the oldest first. */
export async function readUnsettled(
  pool: Pool,
  companyId: string,
  { horizon, until, atMost }: { readonly horizon: PastHorizon; readonly until: string; readonly atMost: number },
): Promise<PastForecast[]> {
  const { rows } = await pool.query<PastForecast>(
    `SELECT ${columns} FROM inventory.past_forecasts f
     WHERE f.company_id = $1 AND f.settled_days = ${before[horizon]} AND f.made_on <= $2::date ORDER BY f.made_on LIMIT $3`,
    [companyId, until, atMost],
  );
  return rows;
}

/** Days counted before a horizon is. */
const before: Readonly<Record<PastHorizon, number>> = { 7: 0, 30: 7 };

/**
 * Counts what came of forecasts among the company's, in money at the prices of now; of each once, however many count at a
 * time. One of which no day is known is done with and counts nowhere.
 */
export async function writeOutcomes(
  client: PoolClient,
  horizon: PastHorizon,
  settled: readonly Settled[],
): Promise<void> {
  const given = settled.map(({ past: { productId, siteId, madeOn }, outcome }) => ({
    ...{
      product_id: productId,
      site_id: siteId,
      made_on: madeOn,
      known: outcome.knownDays,
      inside: outcome.insideDays,
    },
    ...{ claimed: outcome.claimedDays, said: outcome.said, sold: outcome.sold, naive: outcome.naive },
  }));
  await client.query(
    `WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS g (product_id uuid, site_id uuid, made_on date, known int,
       inside int, claimed float8, said float8, sold float8, naive float8)),
     counted AS (
       UPDATE inventory.past_forecasts f SET settled_days = ${horizon},
         week_said = coalesce(f.week_said, g.said), week_sold = coalesce(f.week_sold, g.sold)
       FROM given g WHERE f.product_id = g.product_id AND f.site_id = g.site_id AND f.made_on = g.made_on
         AND f.settled_days = ${before[horizon]}
       RETURNING f.company_id, g.*)
     INSERT INTO inventory.forecast_outcomes AS o (company_id, site_id, horizon_days, week, forecasts, known_days, inside_days,
       claimed_days, said, sold, missed, naive_missed)
     SELECT c.company_id, c.site_id, ${horizon}, date_trunc('week', c.made_on)::date, count(*), sum(known), sum(inside), sum(claimed),
       sum(said * price), sum(sold * price), sum(abs(said - sold) * price), sum(abs(naive - sold) * price)
     FROM counted c CROSS JOIN LATERAL (
       SELECT greatest(coalesce(p.precio, p.costo, 0), 0)::float8 AS price FROM inventory.erp_productos p WHERE p.id = c.product_id) p
     WHERE known > 0 GROUP BY c.company_id, c.site_id, date_trunc('week', c.made_on)
     ORDER BY c.company_id, c.site_id, date_trunc('week', c.made_on)
     ON CONFLICT (company_id, site_id, horizon_days, week) DO UPDATE SET forecasts = o.forecasts + excluded.forecasts,
       known_days = o.known_days + excluded.known_days, inside_days = o.inside_days + excluded.inside_days,
       claimed_days = o.claimed_days + excluded.claimed_days, said = o.said + excluded.said, sold = o.sold + excluded.sold,
       missed = o.missed + excluded.missed, naive_missed = o.naive_missed + excluded.naive_missed`,
    [JSON.stringify(given)],
  );
}
