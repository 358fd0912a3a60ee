import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { productionWorld } from '../test-support/production-world.ts';

const db = await testDatabase();
const world = await productionWorld(db);
const plant = await world.addPlant({});
const other = await world.addPlant({});
const add = (planta: string, day: string, produced: number, more: Record<string, unknown> = {}) =>
  world.addOrder({
    planta,
    fecha_produccion: `${day} 10:00`,
    toneladas_a_producir: 20,
    toneladas_producidas: produced,
    order_produccion_despachada: true,
    ...more,
  });
await add(plant.planta, '2026-03-30', 19, { tiene_adiflow: true, referencia_producto: 'A' });
await add(plant.planta, '2026-04-01', 20, { tiene_adiflow: false, referencia_producto: 'A' });
await add(other.planta, '2026-04-08', 10, { referencia_producto: 'B' });

const series = async (args: string) =>
  (
    await world.get(
      `{ productionSeries(${args}, filter: { range: { from: "2026-03-30", to: "2026-04-12" } }) {
        unit omittedGroups freshness { lastProducedOn } definition { version }
        groups { key site { id } product { sku } points { date value orderCount } } } }`,
      testAdmin(),
    )
  ).productionSeries;

describe('productionSeries', () => {
  it('has a point for every bucket: zero where nothing was made, nothing where a ratio has no orders', async () => {
    expect(await series('metric: PRODUCED_TONS, grain: WEEK')).toEqual({
      unit: 't',
      omittedGroups: 0,
      freshness: { lastProducedOn: '2026-04-08' },
      definition: { version: 1 },
      groups: [
        {
          key: null,
          site: null,
          product: null,
          points: [
            { date: '2026-03-30', value: 39, orderCount: 2 },
            { date: '2026-04-06', value: 10, orderCount: 1 },
          ],
        },
      ],
    });
    const daily = (await series('metric: EFFICIENCY_PCT, grain: DAY')) as { groups: [{ points: object[] }] };
    expect(daily.groups[0].points).toHaveLength(14);
    expect(daily.groups[0].points[1]).toEqual({ date: '2026-03-31', value: null, orderCount: 0 });
  });

  it('draws a line for each group, the largest first, and one for orders that do not say', async () => {
    expect(await series('metric: SACKOFF_PCT, grain: MONTH, groupBy: SITE')).toMatchObject({
      unit: '%',
      groups: [
        { key: plant.site_id, site: { id: plant.site_id }, points: [{ date: '2026-03-01' }, { value: 0 }] },
        { key: other.site_id, points: [{ value: null }, { value: 100 }] },
      ],
    });
    expect(await series('metric: PRODUCED_TONS, grain: YEAR, groupBy: ADIFLOW')).toMatchObject({
      groups: [
        { key: 'WITHOUT', points: [{ value: 20 }] },
        { key: 'WITH', points: [{ value: 19 }] },
        { key: null, points: [{ value: 10 }] },
      ],
    });
    expect(await series('metric: PRODUCED_TONS, grain: YEAR, groupBy: PRODUCT')).toMatchObject({
      groups: [{ product: { sku: 'A' } }, { product: { sku: 'B' } }],
    });
  });
});
