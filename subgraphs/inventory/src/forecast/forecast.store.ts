import type { Pool, PoolClient } from 'pg';
import type {
  DemandPattern,
  Forecast,
  ForecastMethod,
  ForecastPoint,
  MethodBacktest,
} from './engine/demand-forecast.ts';
import type { DemandPlace } from './history.store.ts';

/** A forecast as it is kept. */
export interface StoredForecast extends DemandPlace {
  readonly id: string;
  readonly companyId: string;
  readonly method: ForecastMethod;
  readonly parts: readonly ForecastMethod[];
  readonly pattern: DemandPattern;
  readonly startsOn: string;
  readonly historyDays: number;
  readonly stockOutDays: number;
  readonly basisDays: number;
  readonly beatsSeasonalNaive: boolean | null;
  readonly coverage: number;
  readonly inputHash: string;
  readonly computedAt: Date;
}

export interface NewForecast extends DemandPlace {
  readonly inputHash: string;
  readonly forecast: Forecast;
}

/** Whether a forecast still serves: made from the same history, with points enough ahead. */
export const servesDays = 7;

/** What is kept of some products at sites; those that have none are left out. */
export async function readForecasts(pool: Pool, places: readonly DemandPlace[]): Promise<StoredForecast[]> {
  const { rows } = await pool.query<StoredForecast>(
    `SELECT f.id::text, f.product_id::text AS "productId", f.site_id::text AS "siteId", f.company_id::text AS "companyId",
       f.method::text AS method, f.parts::text[] AS parts, f.pattern::text AS pattern, to_char(f.starts_on, 'YYYY-MM-DD') AS "startsOn",
       f.history_days AS "historyDays", f.stock_out_days AS "stockOutDays", f.basis_days AS "basisDays",
       f.beats_seasonal_naive AS "beatsSeasonalNaive", f.coverage::float8 AS coverage, f.input_hash AS "inputHash",
       f.created_at AS "computedAt"
     FROM unnest($1::uuid[], $2::uuid[]) AS place (product_id, site_id)
     JOIN inventory.demand_forecasts f ON f.product_id = place.product_id AND f.site_id = place.site_id`,
    [places.map(({ productId }) => productId), places.map(({ siteId }) => siteId)],
  );
  return rows;
}

/** Days of a forecast from a day on, at most so many. */
export async function readPoints(pool: Pool, id: string, from: string, days: number): Promise<ForecastPoint[]> {
  const { rows } = await pool.query<ForecastPoint>(
    `SELECT to_char(date, 'YYYY-MM-DD') AS date, expected::float8 AS expected, low::float8 AS low, high::float8 AS high,
       sum_deviation::float8 AS "sumDeviation"
     FROM inventory.demand_forecast_points WHERE forecast_id = $1 AND date >= $2::date AND date < $2::date + $3::int ORDER BY date`,
    [id, from, days],
  );
  return rows;
}

/** How the methods did, the chosen one first and then by what they missed. */
export async function readBacktests(pool: Pool, id: string): Promise<MethodBacktest[]> {
  const { rows } = await pool.query<MethodBacktest>(
    `SELECT method::text AS method, is_champion AS "isChampion", folds, mae, rmse, r2, mase, bias, skill,
       measured_coverage AS "measuredCoverage"
     FROM inventory.forecast_backtests WHERE forecast_id = $1 ORDER BY is_champion DESC, mae, method`,
    [id],
  );
  return rows;
}

/**
 * Puts forecasts in the place of what was kept, in the caller's transaction; one that begins earlier than what is there
 * changes nothing. Everybody writes in the same order, so that two who write the same ones wait and do not hang.
 */
export async function writeForecasts(
  client: PoolClient,
  companyId: string,
  forecasts: readonly NewForecast[],
  now: Date,
): Promise<void> {
  const sorted = forecasts.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const { rows } = await client.query<DemandPlace & { id: string }>(
    `INSERT INTO inventory.demand_forecasts AS f (product_id, site_id, company_id, method, parts, pattern, starts_on,
       horizon_days, history_days, stock_out_days, basis_days, beats_seasonal_naive, coverage, input_hash, expected_sums,
       sum_deviations, created_at)
     SELECT p.id, n.site_id, $1::uuid, n.method, n.parts, n.pattern, n.starts_on, n.horizon_days, n.history_days,
       n.stock_out_days, n.basis_days, n.beats_seasonal_naive, n.coverage, n.input_hash, n.expected_sums, n.sum_deviations, $3
     FROM jsonb_to_recordset($2::jsonb) AS n (product_id uuid, site_id uuid, method inventory.forecast_method,
       parts inventory.forecast_method[], pattern inventory.demand_pattern, starts_on date, horizon_days int, history_days int,
       stock_out_days int, basis_days int, beats_seasonal_naive boolean, coverage numeric, input_hash text,
       expected_sums float8[], sum_deviations real[])
     JOIN inventory.erp_productos p ON p.id = n.product_id
     ORDER BY p.id, n.site_id
     ON CONFLICT (product_id, site_id) DO UPDATE SET company_id = excluded.company_id, method = excluded.method,
       parts = excluded.parts, pattern = excluded.pattern, starts_on = excluded.starts_on, horizon_days = excluded.horizon_days,
       history_days = excluded.history_days, stock_out_days = excluded.stock_out_days, basis_days = excluded.basis_days,
       beats_seasonal_naive = excluded.beats_seasonal_naive, coverage = excluded.coverage, input_hash = excluded.input_hash,
       expected_sums = excluded.expected_sums, sum_deviations = excluded.sum_deviations, created_at = excluded.created_at
     WHERE f.starts_on <= excluded.starts_on
     RETURNING f.id::text, f.product_id::text AS "productId", f.site_id::text AS "siteId"`,
    [companyId, JSON.stringify(sorted.map(headOf)), now],
  );
  const written = new Map(rows.map((row) => [keyOf(row), row.id]));
  const ids = [...written.values()];
  const under = <Row extends object>(rowsOf: (forecast: Forecast) => readonly Row[]) =>
    JSON.stringify(
      sorted.flatMap((one) => {
        const forecastId = written.get(keyOf(one));
        return forecastId === undefined ? [] : rowsOf(one.forecast).map((row) => ({ forecastId, ...row }));
      }),
    );
  await client.query('DELETE FROM inventory.demand_forecast_points WHERE forecast_id = ANY($1::uuid[])', [ids]);
  await client.query('DELETE FROM inventory.forecast_backtests WHERE forecast_id = ANY($1::uuid[])', [ids]);
  await client.query(
    `INSERT INTO inventory.demand_forecast_points (forecast_id, date, expected, low, high, sum_deviation)
     SELECT "forecastId", date, expected, low, high, "sumDeviation" FROM jsonb_to_recordset($1::jsonb)
       AS p ("forecastId" uuid, date date, expected numeric, low numeric, high numeric, "sumDeviation" numeric)`,
    [under(({ points }) => points)],
  );
  await client.query(
    `INSERT INTO inventory.forecast_backtests (forecast_id, method, is_champion, folds, mae, rmse, r2, mase, bias, skill, measured_coverage)
     SELECT "forecastId", method, "isChampion", folds, mae, rmse, r2, mase, bias, skill, "measuredCoverage" FROM jsonb_to_recordset($1::jsonb)
       AS b ("forecastId" uuid, method inventory.forecast_method, "isChampion" boolean, folds int, mae float8, rmse float8, r2 float8,
         mase float8, bias float8, skill float8, "measuredCoverage" float8)`,
    [under(({ backtests }) => backtests)],
  );
}

const keyOf = ({ productId, siteId }: DemandPlace) => `${productId} ${siteId}`;

function headOf({ productId, siteId, inputHash, forecast }: NewForecast) {
  const { method, parts, pattern, startsOn, historyDays, stockOutDays, basisDays, beatsSeasonalNaive, coverage } =
    forecast;
  return {
    ...{ product_id: productId, site_id: siteId, input_hash: inputHash, method, parts, pattern, starts_on: startsOn },
    ...{ horizon_days: forecast.points.length, history_days: historyDays, stock_out_days: stockOutDays },
    ...{ basis_days: basisDays, beats_seasonal_naive: beatsSeasonalNaive, coverage },
    ...sumsOf(forecast.points),
  };
}

/** From the first day through each day: the units, to five digits as the days have them, and by how much their sum may be missed. */
function sumsOf(points: Forecast['points']) {
  let units = 0;
  let deviation = 0;
  const sums = points.map(({ expected, sumDeviation }) => {
    units = Math.round((units + expected) * 1e5) / 1e5;
    deviation = Math.max(deviation, sumDeviation);
    return { units, deviation };
  });
  return { expected_sums: sums.map((sum) => sum.units), sum_deviations: sums.map((sum) => sum.deviation) };
}
