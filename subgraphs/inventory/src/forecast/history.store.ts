import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { dailyDemand, type OutOfStock, type SoldDay, whereAllAreEmpty } from './daily-demand.ts';
import { quantilesOf } from './engine/category-forecast.ts';
import type { CategoryProfile } from './engine/demand-forecast.ts';
import type { ForecastQuestion } from './engine/forecast-demand.ts';
import { shortestHistory } from './engine/rolling-backtest.ts';
import { weekdayOf } from './engine/series.ts';

/** A product at a site, both of the company. */
export interface DemandPlace {
  readonly productId: string;
  readonly siteId: string;
}

/** What a forecast is made from, and a hash that is another when it would be another. */
export interface ForecastInput extends DemandPlace {
  readonly question: ForecastQuestion;
  readonly inputHash: string;
}

/** Two years: the month is one of the features, and more says little of tomorrow. */
export const historyLimitDays = 730;
const profileDays = 91;
/** To be changed with the methods: what was made by others is made again. */
const engineVersion = 2;
const dayMs = 86_400_000;

/** The calendar day it is where a company sells, in the zone of its ERP. */
export async function readToday(pool: Pool, companyId: string, now: Date): Promise<string> {
  const { rows } = await pool.query<{ today: string }>(
    `SELECT to_char($2::timestamptz AT TIME ZONE coalesce(min(time_zone), 'America/Santiago'), 'YYYY-MM-DD') AS today
     FROM inventory.erp_installations WHERE company_id = $1 AND is_active`,
    [companyId, now],
  );
  return rows[0]?.today ?? now.toISOString().slice(0, 10);
}

/** Everything that sold in a company in the last two years, in a fixed order. */
export async function readPlaces(pool: Pool, companyId: string, today: string): Promise<DemandPlace[]> {
  const { rows } = await pool.query<DemandPlace>(
    `SELECT d.producto_id::text AS "productId", d.site_id::text AS "siteId" FROM inventory.erp_ventas_detalle d
     JOIN inventory.erp_productos p ON p.id = d.producto_id AND p.company_id = $1 AND p.activo AND p.deleted_at IS NULL
     WHERE d.company_id = $1 AND d.site_id IS NOT NULL AND NOT d.is_cancelled
       AND d.fecha >= $2::date - ${historyLimitDays} AND d.fecha < $2::date
     GROUP BY d.producto_id, d.site_id ORDER BY d.producto_id, d.site_id`,
    [companyId, today],
  );
  return rows;
}

/** Reads what forecasts of some products at sites are made from, in their order. */
export async function readInputs(
  pool: Pool,
  companyId: string,
  today: string,
  places: readonly DemandPlace[],
): Promise<ForecastInput[]> {
  const keys = [places.map(({ productId }) => productId), places.map(({ siteId }) => siteId), today];
  const [sold, empty, products] = await Promise.all([
    pool.query<SoldDay & DemandPlace>(soldSql, keys).then(({ rows }) => Map.groupBy(rows, keyOf)),
    pool
      .query<OutOfStock & DemandPlace & { warehouse: string }>(emptySql, keys)
      .then(({ rows }) => Map.groupBy(rows, keyOf)),
    readProducts(pool, keys[0]),
  ]);
  const profiles = new Map<string, Promise<CategoryProfile | null>>();
  return Promise.all(
    places.map(async (place) => {
      const days = sold.get(keyOf(place)) ?? [];
      const product = products.get(place.productId);
      const limit = dateBefore(today, historyLimitDays);
      const firstSale = days.find(({ quantity }) => quantity > 0)?.date;
      const newSince = product?.newSince ?? null;
      const firstDay = firstSale ?? (newSince !== null && newSince > limit ? newSince : limit);
      const warehouses = Map.groupBy(empty.get(keyOf(place)) ?? [], ({ warehouse }) => warehouse);
      const outOfStock = whereAllAreEmpty(
        [...warehouses.values()].map((list) => list.filter(({ from, until }) => from < until)),
      );
      const history = dailyDemand({ firstDay: firstDay < today ? firstDay : today, today, sold: days, outOfStock });
      let profile: CategoryProfile | null = null;
      if (history.values.length < shortestHistory && product?.category != null) {
        const key = `${place.siteId} ${product.category}`;
        const known =
          profiles.get(key) ??
          readProfile(pool, { companyId, today, siteId: place.siteId, category: product.category });
        profiles.set(key, known);
        profile = await known;
      }
      const question: ForecastQuestion = { history, profile };
      return { ...place, question, inputHash: hashOf(question) };
    }),
  );
}

const keyOf = ({ productId, siteId }: DemandPlace) => `${productId} ${siteId}`;
const dateBefore = (date: string, days: number) => new Date(Date.parse(date) - days * dayMs).toISOString().slice(0, 10);

/** Documents less returns; a delivery note is not among the sales until it is invoiced. */
const soldSql = `
  SELECT d.producto_id::text AS "productId", d.site_id::text AS "siteId", to_char(d.fecha, 'YYYY-MM-DD') AS date,
    sum(d.cantidad)::float8 AS quantity
  FROM unnest($1::uuid[], $2::uuid[]) AS place (product_id, site_id)
  JOIN inventory.erp_ventas_detalle d ON d.site_id = place.site_id AND d.producto_id = place.product_id
  WHERE NOT d.is_cancelled AND d.fecha >= $3::date - ${historyLimitDays} AND d.fecha < $3::date
  GROUP BY d.producto_id, d.site_id, d.fecha ORDER BY d.fecha`;

/**
 * Whole days on which each warehouse of a site was empty: from a movement that left nothing to the next one that found
 * nothing, and up to today where nothing lies there since its level was last written. A warehouse that never was empty has
 * a row without days, so that it counts.
 */
const emptySql = `
  WITH place AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS place (product_id, site_id)),
  zone AS (SELECT coalesce(min(i.time_zone), 'America/Santiago') AS name FROM inventory.erp_installations i
    WHERE i.is_active AND i.company_id IN (SELECT p.company_id FROM inventory.erp_productos p JOIN place ON place.product_id = p.id)),
  level AS (SELECT place.product_id, place.site_id, coalesce(l.warehouse_id::text, l.almacen) AS warehouse, l.stock_actual, l.updated_at
    FROM place JOIN inventory.erp_inventario l ON l.producto_id = place.product_id AND l.site_id = place.site_id),
  moved AS (SELECT m.product_id, m.site_id, coalesce(m.warehouse_id::text, '') AS warehouse, m.occurred_at, m.balance_after,
      lead(m.occurred_at) OVER next AS next_at, lead(m.balance_after - m.quantity) OVER next AS next_found
    FROM place JOIN inventory.stock_movements m ON m.product_id = place.product_id AND m.site_id = place.site_id
    WHERE m.balance_after IS NOT NULL AND m.occurred_at >= $3::date - ${historyLimitDays}
    WINDOW next AS (PARTITION BY m.product_id, m.site_id, m.warehouse_id ORDER BY m.occurred_at, m.id)),
  span AS (
    SELECT product_id, site_id, warehouse, $3::date AS "from", $3::date AS until FROM level
    UNION ALL
    SELECT product_id, site_id, warehouse, (updated_at AT TIME ZONE zone.name)::date + 1, $3::date FROM level, zone WHERE stock_actual <= 0
    UNION ALL
    SELECT moved.product_id, moved.site_id, moved.warehouse, (occurred_at AT TIME ZONE zone.name)::date + 1,
      coalesce((next_at AT TIME ZONE zone.name)::date, $3::date)
    FROM zone, moved JOIN level USING (product_id, site_id, warehouse)
    WHERE balance_after <= 0 AND CASE WHEN next_at IS NULL THEN stock_actual <= 0 ELSE next_found <= 0 END)
  SELECT product_id::text AS "productId", site_id::text AS "siteId", warehouse, to_char("from", 'YYYY-MM-DD') AS "from",
    to_char(until, 'YYYY-MM-DD') AS until FROM span`;

interface ProductFacts {
  readonly id: string;
  readonly category: string | null;
  /** Day on which it arrived here, where others had been here before; null of those that came with the first copy. */
  readonly newSince: string | null;
}

async function readProducts(pool: Pool, ids: unknown): Promise<ReadonlyMap<string, ProductFacts>> {
  const { rows } = await pool.query<ProductFacts>(
    `SELECT p.id::text, p.categoria AS category, CASE WHEN p.created_at > first.at + interval '7 days'
       THEN to_char(p.created_at, 'YYYY-MM-DD') END AS "newSince"
     FROM inventory.erp_productos p
     CROSS JOIN LATERAL (SELECT min(o.created_at) AS at FROM inventory.erp_productos o WHERE o.company_id = p.company_id) first
     WHERE p.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the products of a category sold at a site in the last months; null where none did. */
async function readProfile(
  pool: Pool,
  place: { readonly companyId: string; readonly siteId: string; readonly category: string; readonly today: string },
): Promise<CategoryProfile | null> {
  const { rows } = await pool.query<{ productId: string; day: number; quantity: number }>(
    `SELECT d.producto_id::text AS "productId", d.fecha - ($4::date - ${profileDays}) AS day, sum(d.cantidad)::float8 AS quantity
     FROM inventory.erp_productos p JOIN inventory.erp_ventas_detalle d ON d.producto_id = p.id AND d.site_id = $2
     WHERE p.company_id = $1 AND p.categoria = $3 AND p.deleted_at IS NULL AND NOT d.is_cancelled
       AND d.fecha >= $4::date - ${profileDays} AND d.fecha < $4::date
     GROUP BY 1, 2 HAVING sum(d.cantidad) > 0 ORDER BY 1, 2 LIMIT 20000`,
    [place.companyId, place.siteId, place.category, place.today],
  );
  const products = [...Map.groupBy(rows, ({ productId }) => productId).values()].map((days) => {
    const values = new Array<number>(profileDays).fill(0);
    for (const { day, quantity } of days) values[day] = quantity;
    return { values, mean: values.reduce((sum, value) => sum + value, 0) / profileDays };
  });
  if (products.length === 0) return null;
  const means = products.map(({ mean }) => mean).sort((one, other) => one - other);
  const firstDay = Date.parse(place.today) / dayMs - profileDays;
  const weekdays = new Array<number>(7).fill(0);
  const relative = products.flatMap(({ values, mean }) => values.map((value) => value / mean));
  relative.forEach((value, at) => {
    const weekday = weekdayOf(firstDay + (at % profileDays));
    weekdays[weekday] = (weekdays[weekday] ?? 0) + value / relative.length;
  });
  return {
    products: products.length,
    dailyMean: means[Math.floor(means.length / 2)] ?? 0,
    weekdays,
    quantiles: quantilesOf(relative, 1),
  };
}

/**
 * A run of days without sale at the end counts by its order of magnitude: a product that sells seldom is forecast again
 * after 1, 3, 7, 15, … silent days, and what sells daily each day.
 */
function hashOf({ history, profile }: ForecastQuestion): string {
  const end = history.values.findLastIndex((value) => value !== 0) + 1;
  const silence = Math.floor(Math.log2(1 + history.values.length - end));
  const said = [engineVersion, history.startsOn, history.values.slice(0, end), silence, profile];
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
