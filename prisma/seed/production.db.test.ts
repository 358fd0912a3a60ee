import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '../test-support/databases.ts';
import { zoneClock } from './production/calendar.ts';
import { seedProduction } from './production.ts';

const { pool } = await migratedDatabase();
const now = new Date('2026-11-20T15:40:00Z');
await seedProduction(pool, now);

const one = async (sql: string): Promise<Record<string, unknown>> => (await pool.query(sql)).rows[0];
const counts = () =>
  one(`SELECT (SELECT count(*)::int FROM production.produccion_aliar) AS orders,
    (SELECT count(*)::int FROM production.plant_mappings) AS plants,
    (SELECT count(*)::int FROM platform.outbox) AS events,
    (SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM production.produccion_aliar o) AS content`);

describe('seedProduction', () => {
  it('makes 8,000 orders of three plants and tells nobody', async () => {
    expect(await counts()).toMatchObject({ orders: 8_000, plants: 3, events: 0 });
  });

  it('changes nothing when it runs again, be it a day later', async () => {
    const before = await counts();
    await seedProduction(pool, now);
    await seedProduction(pool, new Date(now.getTime() + 86_400_000));
    expect(await counts()).toEqual(before);
  });

  it('ends today, at no time that the plant has not seen yet', async () => {
    const clock = zoneClock('America/Santiago').wallClockAt(now);
    const { last, first, today } = await one(`SELECT max(fecha_produccion)::text AS last,
      min(fecha_produccion)::date::text AS first,
      count(*) FILTER (WHERE fecha_produccion >= '2026-11-20')::int AS today FROM production.produccion_aliar`);
    expect(new Date(`${String(last).replace(' ', 'T')}Z`).getTime()).toBeLessThanOrEqual(clock.getTime());
    expect(first).toBe('2024-11-20');
    expect(today).toBe(15);
  });

  it('is a plant’s life: a weekly rhythm, Adiflow spreading, cancellations, open orders and bad rows', async () => {
    const life = await one(`SELECT
      count(*) FILTER (WHERE extract(isodow FROM fecha_produccion) = 7)::float / count(*) AS sundays,
      avg(tiene_adiflow::int) FILTER (WHERE fecha_produccion < '2025-05-20')::float AS early,
      avg(tiene_adiflow::int) FILTER (WHERE fecha_produccion >= '2026-05-20')::float AS late,
      count(*) FILTER (WHERE toneladas_anuladas >= toneladas_a_producir AND toneladas_a_producir > 0)::int AS cancelled,
      count(*) FILTER (WHERE NOT order_produccion_despachada AND toneladas_anuladas < toneladas_a_producir)::int AS open,
      count(*) FILTER (WHERE toneladas_producidas < 0)::int AS negative,
      count(*) FILTER (WHERE toneladas_a_producir = 0)::int AS unplanned,
      count(*) FILTER (WHERE dureza_qa_agroindustrial > 50)::int AS absurd,
      count(*) FILTER (WHERE site_id IS NULL)::int AS unmapped
      FROM production.produccion_aliar`);
    expect(life.sundays).toBeLessThan(0.03);
    expect(life.early).toBeLessThan(0.15);
    expect(life.late).toBeGreaterThan(0.4);
    for (const kind of ['cancelled', 'open', 'negative', 'unplanned', 'absurd', 'unmapped']) {
      expect(life[kind], kind).toBeGreaterThan(2);
    }
  });
});
