import { randomUUID } from 'node:crypto';
import { Prisma } from '@cauce/prisma/client';
import { createScopedClient } from '@cauce/shared/db/scoped-client';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderReach } from '../order-reach.ts';
import { statusOf, toOrder } from '../orders/order.ts';
import { isUsable } from '../orders/order-quality.ts';
import { productionRowScopes } from '../row-scopes.ts';
import { productionWorld } from '../test-support/production-world.ts';
import { kpiValue } from './kpi-values.ts';
import { createKpiStore } from './kpis.store.ts';
import { orderFacts } from './order-facts.ts';

const db = await testDatabase();
const world = await productionWorld(db);
const range = { from: '2026-03-01', to: '2026-03-31' };
const sumsOf = (siteIds: readonly string[]) => createKpiStore(db.client, testAdmin()).total({ range, siteIds });
const made = (planned: number | null, produced: number | null, more: Record<string, unknown> = {}) => ({
  toneladas_a_producir: planned,
  toneladas_producidas: produced,
  toneladas_anuladas: 0,
  order_produccion_despachada: true,
  ...more,
});

describe('the sums behind the headline numbers', () => {
  it('make sackoff from sums and not from a mean of percentages, positive for a loss', async () => {
    const { planta, site_id } = await world.addPlant({});
    await world.addOrder({ planta, ...made(100, 99) });
    await world.addOrder({ planta, ...made(10, 8) });
    const sums = await sumsOf([site_id]);
    // Mean of the two orders' own percentages would be (1.01 + 25) / 2 = 13.
    expect(kpiValue(sums, 'SACKOFF_PCT').value).toBeCloseTo((3 / 107) * 100, 6);
    expect(kpiValue(sums, 'ORDER_DIFFERENCE_TONS').value).toBe(3);
    expect(kpiValue(sums, 'EFFICIENCY_PCT').value).toBeCloseTo((107 / 110) * 100, 6);
  });

  it('take no unfinished order for a loss, and no cancelled weight either', async () => {
    const { planta, site_id } = await world.addPlant({});
    await world.addOrder({ planta, ...made(20, 15, { toneladas_anuladas: 5 }) });
    await world.addOrder({ planta, ...made(30, 4, { order_produccion_despachada: false }) });
    await world.addOrder({ planta, ...made(30, null, { order_produccion_despachada: null }) });
    const sums = await sumsOf([site_id]);
    expect(kpiValue(sums, 'ORDER_DIFFERENCE_TONS')).toMatchObject({ value: 0, orderCount: 1 });
    expect(sums).toMatchObject({
      plannedTons: 80,
      producedTons: 19,
      cancelledTons: 5,
      openOrders: 2,
      dispatchedOrders: 1,
    });
  });

  it('balance mass with the water in kilograms', async () => {
    const { planta, site_id } = await world.addPlant({});
    await world.addOrder({
      planta,
      ...made(50, 49, { toneladas_materia_prima_consumida: 49.6, peso_agua_kg: 400 }),
    });
    const shrink = kpiValue(await sumsOf([site_id]), 'MASS_BALANCE_SHRINK_PCT');
    expect(shrink.value).toBeCloseTo((1 / 49.6) * 100, 6);
  });

  it('leave impossible weights out of every sum, and count them', async () => {
    const { planta, site_id } = await world.addPlant({});
    await world.addOrder({ planta, ...made(20, 19.5) });
    await world.addOrder({ planta, ...made(20, -19.5) });
    await world.addOrder({ planta, ...made(20, 195) });
    await world.addOrder({ planta, ...made(0, 12) });
    const sums = await sumsOf([site_id]);
    // A plan of zero is no plan to hold anything against, but what was produced was produced.
    expect(sums).toMatchObject({ orders: 4, excludedOrders: 2, producedTons: 31.5, plannedTons: 20, yieldOrders: 1 });
    expect(kpiValue(sums, 'EFFICIENCY_PCT').value).toBe(97.5);
  });

  it('average no hardness of another unit, and nothing over plants that measure differently', async () => {
    const kilos = await world.addPlant({});
    await world.addOrder({ planta: kilos.planta, ...made(10, 10, { dureza_qa_agroindustrial: 9 }) });
    await world.addOrder({ planta: kilos.planta, ...made(10, 10, { dureza_qa_agroindustrial: 85.3 }) });
    const newtons = await world.addPlant({ hardness_unit: 'N', durability_method: 'HOLMEN' });
    const tested = { dureza_qa_agroindustrial: 85.3, durabilidad_pct_qa_agroindustrial: 90 };
    await world.addOrder({ planta: newtons.planta, ...made(10, 10, tested) });
    expect(kpiValue(await sumsOf([kilos.site_id]), 'HARDNESS')).toMatchObject({ value: 9, unit: 'kg/cm2' });
    expect(kpiValue(await sumsOf([newtons.site_id]), 'HARDNESS')).toMatchObject({ value: 85.3, unit: 'N' });
    const both = await sumsOf([kilos.site_id, newtons.site_id]);
    expect(kpiValue(both, 'HARDNESS')).toMatchObject({ value: null, unit: null, orderCount: 2 });
    expect(kpiValue(both, 'DURABILITY_PCT').value).toBe(90);
  });

  it('are the same asked one by one and asked together', async () => {
    const plants = await Promise.all([1, 2, 3].map(() => world.addPlant({})));
    for (const [index, { planta }] of plants.entries()) {
      await world.addOrder({ planta, ...made(20 + index, 19), fecha_produccion: `2026-03-0${index + 1} 10:00` });
    }
    const store = createKpiStore(db.client, testAdmin());
    const keys = plants.map(({ site_id }, index) => ({
      of: site_id,
      range: { from: '2026-03-01', to: `2026-03-0${index + 1}` },
    }));
    const together = await store.byKeys('site', keys);
    const alone = await Promise.all(keys.map((key) => store.total({ range: key.range, siteIds: [key.of] })));
    expect(together).toMatchObject(alone);
    expect(together.map(({ orders }) => orders)).toEqual([1, 1, 1]);
  });
});

describe('rules that are written twice, in SQL and in TypeScript', () => {
  const weight = fc.option(
    fc.integer({ min: -300, max: 6_000 }).map((cents) => cents / 100),
    { freq: 4 },
  );

  it('agree on which orders may be counted and on how far they are', async () => {
    const { planta, site_id } = await world.addPlant({});
    const arbitrary = fc.record({
      toneladas_a_producir: fc.oneof(weight, fc.constant(0)),
      toneladas_producidas: fc.oneof(weight, fc.constant(0)),
      toneladas_anuladas: weight,
      toneladas_materia_prima_consumida: weight,
      peso_agua_kg: weight,
      order_produccion_despachada: fc.option(fc.boolean()),
    });
    for (const columns of fc.sample(arbitrary, 300)) await world.addOrder({ planta, ...columns });
    const usable = await db.client.$queryRaw<{ is_usable: boolean }[]>(
      Prisma.sql`SELECT is_usable FROM (${orderFacts(Prisma.sql`o.site_id = ${site_id}::uuid`)}) f`,
    );
    const orders = (await db.client.productionOrder.findMany({ where: { siteId: site_id } })).map(toOrder);
    expect(usable.filter((row) => row.is_usable).length).toBe(orders.filter(isUsable).length);
    const sums = await sumsOf([site_id]);
    const count = (status: string) => orders.filter((order) => statusOf(order) === status).length;
    expect([sums.openOrders, sums.dispatchedOrders, sums.cancelledOrders]).toEqual(
      ['OPEN', 'DISPATCHED', 'CANCELLED'].map(count),
    );
    for (const status of ['OPEN', 'DISPATCHED', 'CANCELLED']) {
      const { productionOrders } = await world.get(
        `query ($siteIds: [ID!], $status: ProductionOrderStatus!) {
          productionOrders(first: 200, filter: { siteIds: $siteIds, statuses: [$status] }) { totalCount edges { node { status } } }
        }`,
        testAdmin(),
        { siteIds: [site_id], status },
      );
      expect(productionOrders, status).toMatchObject({ totalCount: count(status) });
    }
  });

  it('let a viewer reach the same rows by either way', async () => {
    const companies = [randomUUID(), randomUUID()];
    const sites = [randomUUID(), randomUUID(), randomUUID()];
    for (const site_id of [...sites, null]) {
      for (const company_id of [...companies, null]) await world.addOrder({ site_id, company_id });
    }
    const some = (ids: readonly string[]) => fc.oneof(fc.constant('all' as const), fc.subarray([...ids]));
    const scopedFor = createScopedClient(db.client, productionRowScopes);
    await fc.assert(
      fc.asyncProperty(some(sites), some(companies), async (siteIds, companyIds) => {
        const viewer = testViewer({ siteIds, companyIds });
        const scoped = await scopedFor(viewer).productionOrder.findMany({ select: { id: true } });
        const raw = await db.client.$queryRaw<{ id: string }[]>(
          Prisma.sql`SELECT o.id::text AS id FROM production.produccion_aliar o WHERE ${orderReach(viewer)}`,
        );
        expect(raw.map(({ id }) => id).sort()).toEqual(scoped.map(({ id }) => id).sort());
      }),
      { numRuns: 60 },
    );
  });
});
