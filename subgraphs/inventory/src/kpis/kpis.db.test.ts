import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';

const now = new Date('2026-06-30T15:00:00Z');
const db = await testDatabase();
const world = await inventoryWorld(db, { clock: fixedClock(now) });
const place = await world.addPlace();
const sister = await world.addPlace({ companyId: place.companyId });
const viewer = testViewer({ companyIds: [place.companyId], siteIds: [place.siteId, sister.siteId] });

const numbers = 'productCount lowStockCount negativeStockCount stockValue withoutCostCount';
const query = `query ($filter: InventoryKpiFilterInput) { inventoryKpis(filter: $filter) { ${numbers} daysOfCover dailyCostOfSales
  freshness { entity completedAt installation { code } } } }`;
const kpis = async (filter: object = {}, who = viewer) => (await world.get(query, who, { filter })).inventoryKpis;

const oil = await world.addProduct(place, { costo: 10, categoria: 'Lubricantes' });
const bolt = await world.addProduct(place, { costo: '0.5', categoria: 'Pernería' });
const odd = await world.addProduct(place, { categoria: 'Pernería' });
await world.addProduct(place, { costo: 7, activo: false });
await world.addStock(place, oil, { stock_actual: 90, stock_minimo: 100 });
await world.addStock(sister, oil, { stock_actual: 10 });
await world.addStock(place, bolt, { stock_actual: -5 });
await world.addStock(place, odd, { stock_actual: 3 });
for (const fecha of ['2026-06-01', '2026-06-02']) {
  await world.addSale(place, { fecha }, { producto_id: oil, cantidad: 45 });
}
await world.addSale(sister, { fecha: '2026-06-03' }, { producto_id: oil, cantidad: 90 });
await world.addSale(place, { fecha: '2026-06-03', is_cancelled: true }, { producto_id: oil, cantidad: 1_000 });

describe('inventoryKpis', () => {
  it('sum the stock within reach', async () => {
    expect(await kpis()).toMatchObject({
      ...{ productCount: 3, lowStockCount: 2, negativeStockCount: 1, stockValue: '1000', withoutCostCount: 1 },
      // 180 sold in 90 days are 2 a day, 20 in money; 100 on hand last 50 days.
      ...{ dailyCostOfSales: '20', daysOfCover: 50 },
    });
  });

  it('narrow by site and by line of goods', async () => {
    expect(await kpis({ siteIds: [sister.siteId] })).toMatchObject({
      ...{ productCount: 1, lowStockCount: 0, stockValue: '100', dailyCostOfSales: '10', daysOfCover: 10 },
    });
    expect(await kpis({ category: 'Pernería' })).toMatchObject({ productCount: 2, stockValue: '0', daysOfCover: null });
  });

  it('stop at the reach of the viewer, whatever the filter says', async () => {
    const one = testViewer({ companyIds: [place.companyId], siteIds: [place.siteId] });
    const all = { siteIds: [place.siteId, sister.siteId], companyIds: [place.companyId] };
    expect(await kpis(all, one)).toMatchObject({ stockValue: '900', dailyCostOfSales: '10' });
    const nobody = testViewer({ companyIds: [], siteIds: [] });
    expect(await kpis(all, nobody)).toEqual({
      ...{ productCount: 0, lowStockCount: 0, negativeStockCount: 0, stockValue: '0', withoutCostCount: 0 },
      ...{ daysOfCover: null, dailyCostOfSales: '0', freshness: [] },
    });
  });

  it('read the sales only when days of cover are asked for', async () => {
    const cost = (fields: string) => world.countStatements(() => world.get(`{ inventoryKpis { ${fields} } }`, viewer));
    expect(await cost(numbers)).toBe(1);
    expect(await cost(`${numbers} daysOfCover dailyCostOfSales`)).toBe(2);
  });
});
