import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '../test-support/databases.ts';
import { seedInventory } from './inventory.ts';

const { pool } = await migratedDatabase();
const now = new Date('2026-11-20T15:40:00Z');
await seedInventory(pool, now);

const one = async (sql: string): Promise<Record<string, number>> => (await pool.query(sql)).rows[0];
const counts = () =>
  one(`SELECT (SELECT count(*)::int FROM inventory.erp_productos) AS products,
    (SELECT count(*)::int FROM inventory.erp_inventario) AS levels,
    (SELECT count(*)::int FROM inventory.erp_ventas_detalle) AS lines,
    (SELECT count(*)::int FROM inventory.sync_jobs) AS jobs,
    (SELECT count(*)::int FROM platform.outbox) AS events,
    (SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM
      (SELECT id, producto_id, cantidad, fecha, total_neto FROM inventory.erp_ventas_detalle) d) AS content`);

describe('seedInventory', () => {
  it('makes 5,000 products and 150,000 sale lines over two years, and tells nobody', async () => {
    expect(await counts()).toMatchObject({ products: 5_000, lines: 150_000, events: 0 });
    const { days, future } = await one(`SELECT max(fecha) - min(fecha) AS days,
      count(*) FILTER (WHERE fecha > '2026-11-20' OR fecha < '2024-10-01')::int AS future FROM inventory.erp_ventas_detalle`);
    expect(days).toBeGreaterThan(715);
    expect(future).toBe(0);
  });

  it('changes nothing when it runs again, be it a day later', async () => {
    const before = await counts();
    await seedInventory(pool, now);
    await seedInventory(pool, new Date(now.getTime() + 86_400_000));
    expect(await counts()).toEqual(before);
  });

  it('points at nothing that is not there: foreign keys that were skipped hold all the same', async () => {
    const { orphans } = await one(`SELECT
      (SELECT count(*) FROM inventory.erp_ventas_detalle d WHERE NOT EXISTS (SELECT FROM inventory.erp_ventas s WHERE s.id = d.venta_id))
      + (SELECT count(*) FROM inventory.erp_ventas_detalle d WHERE producto_id IS NOT NULL AND NOT EXISTS (SELECT FROM inventory.erp_productos p WHERE p.id = d.producto_id AND p.company_id = d.company_id))
      + (SELECT count(*) FROM inventory.erp_ventas s WHERE cliente_id IS NOT NULL AND NOT EXISTS (SELECT FROM inventory.erp_clientes c WHERE c.id = s.cliente_id AND c.company_id = s.company_id))
      + (SELECT count(*) FROM inventory.erp_inventario l WHERE NOT EXISTS (SELECT FROM inventory.erp_productos p JOIN inventory.warehouses w ON w.company_id = p.company_id WHERE p.id = l.producto_id AND w.id = l.warehouse_id AND w.site_id = l.site_id))
      + (SELECT count(*) FROM inventory.erp_productos p WHERE NOT EXISTS (SELECT FROM inventory.categories c WHERE c.id = p.category_id))
      + (SELECT count(*) FROM inventory.past_forecasts f WHERE NOT EXISTS (SELECT FROM inventory.erp_productos p WHERE p.id = f.product_id AND p.company_id = f.company_id))
      + (SELECT count(*) FROM inventory.sync_failed_rows r WHERE NOT EXISTS (SELECT FROM inventory.sync_jobs j WHERE j.id = r.job_id))
      AS orphans`);
    expect(Number(orphans)).toBe(0);
  });

  it('has forecasts of ten weeks that came about as true as they promised, and better than last week', async () => {
    const said =
      await one(`SELECT count(*)::int AS kept, count(DISTINCT made_on)::int AS days, count(*) FILTER (WHERE settled_days >= 7)::int AS weeks,
      count(*) FILTER (WHERE settled_days = 30)::int AS months, (max(made_on) - '2026-11-20')::int AS latest,
      count(*) FILTER (WHERE settled_days <> CASE WHEN '2026-11-20' - made_on >= 33 THEN 30 WHEN '2026-11-20' - made_on >= 10 THEN 7 ELSE 0 END)::int AS wrong
      FROM inventory.past_forecasts`);
    expect(said).toMatchObject({ days: 70, latest: 0, wrong: 0 });
    expect(said.kept).toBeGreaterThan(5_000);
    for (const [horizon, judged] of [
      [7, said.weeks],
      [30, said.months],
    ]) {
      const came =
        await one(`SELECT sum(forecasts)::int AS judged, sum(inside_days)::float8 / sum(known_days) AS inside,
        sum(missed) / sum(naive_missed) AS relative FROM inventory.forecast_outcomes WHERE horizon_days = ${horizon}`);
      expect(came.judged).toBe(judged);
      expect(came.inside).toBeGreaterThan(0.7);
      expect(came.inside).toBeLessThan(0.92);
      expect(came.relative).toBeLessThan(1);
    }
  });

  it('sells in all four ways: smooth, erratic, intermittent and lumpy', async () => {
    const patterns = await one(`WITH daily AS (
        SELECT producto_id, site_id, fecha, sum(cantidad) AS units FROM inventory.erp_ventas_detalle
        WHERE cantidad > 0 AND NOT is_cancelled AND producto_id IS NOT NULL GROUP BY 1, 2, 3
      ), series AS (
        SELECT (max(fecha) - min(fecha))::float / (count(*) - 1) AS adi, (stddev_pop(units) / avg(units)) ^ 2 AS cv2
        FROM daily GROUP BY producto_id, site_id HAVING count(*) >= 10
      )
      SELECT count(*) FILTER (WHERE adi < 1.32 AND cv2 < 0.49)::int AS smooth,
        count(*) FILTER (WHERE adi < 1.32 AND cv2 >= 0.49)::int AS erratic,
        count(*) FILTER (WHERE adi >= 1.32 AND cv2 < 0.49)::int AS intermittent,
        count(*) FILTER (WHERE adi >= 1.32 AND cv2 >= 0.49)::int AS lumpy FROM series`);
    for (const pattern of ['smooth', 'erratic', 'intermittent', 'lumpy'])
      expect(patterns[pattern], pattern).toBeGreaterThan(40);
  });

  it('is a distributor’s life: short and negative stock, decimals, returns, cancellations, bad rows and failed copies', async () => {
    const life = await one(`SELECT
      (SELECT count(*)::int FROM inventory.erp_inventario WHERE stock_actual < stock_minimo) AS short,
      (SELECT count(*)::int FROM inventory.erp_inventario WHERE stock_actual < 0) AS negative,
      (SELECT count(*)::int FROM inventory.erp_inventario WHERE stock_actual <> trunc(stock_actual)) AS decimals,
      (SELECT count(*)::int FROM inventory.erp_ventas_detalle WHERE cantidad < 0) AS returns,
      (SELECT count(*)::int FROM inventory.erp_ventas WHERE is_cancelled) AS cancelled,
      (SELECT count(*)::int FROM inventory.erp_ventas_detalle WHERE producto_id IS NULL) AS unknown,
      (SELECT count(*)::int FROM inventory.erp_ventas_detalle WHERE cantidad = 0) AS empty,
      (SELECT count(*)::int FROM inventory.erp_productos WHERE precio < 0) AS absurd,
      (SELECT count(*)::int FROM inventory.sync_jobs WHERE status = 'failed') AS failures,
      (SELECT count(*)::int FROM inventory.sync_failed_rows) AS refused,
      (SELECT count(DISTINCT site_id)::int FROM inventory.erp_inventario) - 1 AS warehouses,
      (SELECT count(DISTINCT company_id)::int FROM inventory.erp_ventas) + 1 AS companies`);
    for (const [kind, count] of Object.entries(life)) expect(count, kind).toBeGreaterThan(2);
  });
});
