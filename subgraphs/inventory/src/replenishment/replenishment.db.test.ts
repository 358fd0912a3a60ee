import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';

const now = new Date('2026-06-30T15:00:00Z');
const db = await testDatabase();
const world = await inventoryWorld(db, { clock: fixedClock(now) });
const place = await world.addPlace();
const viewer = testViewer({ role: 'USER', companyIds: [place.companyId], siteIds: [place.siteId] });

const query = `query ($siteId: ID!, $first: Int, $after: String) {
  replenishmentProposals(siteId: $siteId, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { product { sku } site { id } reason explanation { es en } quantity limitedBy orderCost valueAtRisk onHand minimum
      dailyDemand demandDeviation leadTimeDays safetyStock reorderPoint targetLevel supplierName } } } }`;
interface Proposal {
  readonly product: { readonly sku: string };
  readonly [field: string]: unknown;
}
interface Proposals {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: Proposal }[];
}
const ask = async (variables: object = {}, who = viewer) =>
  (await world.get(query, who, { siteId: place.siteId, ...variables })).replenishmentProposals as Proposals;
const proposalFor = async (sku: string) =>
  (await ask({ first: 200 })).edges.find(({ node }) => node.product.sku === sku)?.node;

const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
interface Case {
  readonly product?: object;
  readonly stock?: object;
  readonly setting?: object;
  /** Units by days ago. */
  readonly sold?: Readonly<Record<number, number>>;
}
async function addCase(codigo: string, { product = {}, stock = {}, setting, sold = {} }: Case) {
  const id = await world.addProduct(place, { codigo, precio: 150, costo: 100, unidad_medida: 'un', ...product });
  await world.addStock(place, id, { stock_actual: 0, ...stock });
  if (setting) await world.add('replenishment_settings', { product_id: id, company_id: place.companyId, ...setting });
  for (const [days, cantidad] of Object.entries(sold)) {
    await world.addSale(place, { fecha: daysAgo(Number(days)) }, { producto_id: id, cantidad });
  }
  return id;
}
const everyDay = (units: number) => Object.fromEntries(Array.from({ length: 90 }, (_, index) => [index + 1, units]));

describe('replenishmentProposals', () => {
  it('orders even demand over lead time and review up to the target, in whole packs', async () => {
    await addCase('EVEN', {
      stock: { stock_actual: 20 },
      setting: { lead_time_days: 10, review_period_days: 5, pack_size: 12, supplier_name: 'Proveedor' },
      sold: everyDay(4),
    });
    // 4 a day, no spread: reorder at 40, up to 60; 40 are missing, 48 make four packs. 20 of the 40 have no stock.
    expect(await proposalFor('EVEN')).toMatchObject({
      ...{ dailyDemand: '4', demandDeviation: '0', safetyStock: '0', reorderPoint: '40', targetLevel: '60' },
      ...{ quantity: '48', orderCost: '4800', valueAtRisk: '3000', reason: 'BELOW_REORDER_POINT', leadTimeDays: 10 },
      ...{ supplierName: 'Proveedor', site: { id: place.siteId } },
    });
  });

  it('keeps safety stock for uneven demand, by its deviation and the service level', async () => {
    const sold = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index * 10 + 1, 20]));
    await addCase('UNEVEN', { setting: { lead_time_days: 9, review_period_days: 7, service_level: 0.95 }, sold });
    const mean = 180 / 90;
    const deviation = Math.sqrt((9 * 20 ** 2 - 180 ** 2 / 90) / 89);
    const proposal = await proposalFor('UNEVEN');
    expect(Number(proposal?.dailyDemand)).toBeCloseTo(mean, 3);
    expect(Number(proposal?.demandDeviation)).toBeCloseTo(deviation, 3);
    // 1.645 is the 95 % quantile; the closed form may differ by half a percent.
    const safety = Number(proposal?.safetyStock);
    expect(Math.abs(safety / (1.645 * deviation * 4) - 1)).toBeLessThan(0.005);
    expect(Number(proposal?.targetLevel)).toBeCloseTo(mean * 16 + safety, 2);
    expect(Number(proposal?.quantity)).toBe(Math.ceil(Number(proposal?.targetLevel)));
  });

  it('counts complete days only, returns taken off, cancelled documents and older days left out', async () => {
    const id = await addCase('DAYS', { sold: { 0: 900, 1: 90, 90: 90, 91: 900 } });
    await world.addSale(place, { fecha: daysAgo(2), document_type: 'RETURN' }, { producto_id: id, cantidad: -45 });
    await world.addSale(place, { fecha: daysAgo(3), is_cancelled: true }, { producto_id: id, cantidad: 900 });
    expect((await proposalFor('DAYS'))?.dailyDemand).toBe('1.5');
  });

  it('lifts what is below its minimum, and negative stock, without any sale', async () => {
    await addCase('MINIMUM', { stock: { stock_actual: '3.5', stock_minimo: 10 } });
    await addCase('NEGATIVE', { stock: { stock_actual: -2 } });
    expect(await proposalFor('MINIMUM')).toMatchObject({ reason: 'BELOW_MINIMUM', quantity: '7', valueAtRisk: '0' });
    expect(await proposalFor('NEGATIVE')).toMatchObject({ reason: 'NEGATIVE_STOCK', quantity: '2' });
  });

  it('proposes nothing for what is covered, not sold, retired, or at its maximum', async () => {
    await addCase('COVERED', { stock: { stock_actual: 29 }, sold: everyDay(2) });
    await addCase('UNSOLD', {});
    await addCase('RETIRED', { product: { activo: false }, stock: { stock_minimo: 5 } });
    await addCase('FULL', { stock: { stock_actual: 5, stock_maximo: 5 }, sold: everyDay(2) });
    const skus = (await ask({ first: 200 })).edges.map(({ node }) => node.product.sku);
    for (const sku of ['COVERED', 'UNSOLD', 'RETIRED', 'FULL']) expect(skus).not.toContain(sku);
  });

  it('takes the setting of the site before that of all sites, and defaults where there is none', async () => {
    const id = await addCase('OWN', { setting: { lead_time_days: 30 }, sold: everyDay(1) });
    expect((await proposalFor('OWN'))?.leadTimeDays).toBe(30);
    const own = {
      product_id: id,
      company_id: place.companyId,
      site_id: place.siteId,
      lead_time_days: 3,
      minimum_order: 50,
    };
    await world.add('replenishment_settings', own);
    expect(await proposalFor('OWN')).toMatchObject({ leadTimeDays: 3, quantity: '50' });
    await addCase('DEFAULT', { sold: everyDay(1) });
    expect(await proposalFor('DEFAULT')).toMatchObject({ leadTimeDays: 7, targetLevel: '14', quantity: '14' });
  });

  it('puts the most money at risk first, and pages without losing any', async () => {
    await addCase('DEAR', { product: { precio: 900_000 }, sold: everyDay(3) });
    const whole = await ask({ first: 200 });
    expect(whole.edges[0]?.node.product.sku).toBe('DEAR');
    const risks = whole.edges.map(({ node }) => Number(node.valueAtRisk));
    expect(risks).toEqual([...risks].sort((left, right) => right - left));
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Proposals = await ask({ first: 2, after });
      paged.push(...page.edges.map(({ node }) => node.product.sku));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole.edges.map(({ node }) => node.product.sku));
    expect(paged).toHaveLength(whole.totalCount);
  });

  it('says why in one line in both languages', async () => {
    expect((await proposalFor('EVEN'))?.explanation).toEqual({
      es: 'Quedan 20 y el punto de pedido es 40. En 15 días hacen falta 60: 4 al día según las ventas de 90 días. Pedir 48 unidades, en múltiplos de 12.',
      en: '20 left, and the reorder point is 40. 15 days need 60: 4 a day by the sales of 90 days. Order 48 units, in multiples of 12.',
    });
  });

  it('says so where the maximum leaves less than is needed, or no room for an order at all', async () => {
    const setting = (pack_size: number) => ({ pack_size, maximum: 30 });
    await addCase('CUT', { stock: { stock_actual: 5 }, setting: setting(10), sold: everyDay(4) });
    await addCase('NO-ROOM', { stock: { stock_actual: 5 }, setting: setting(26), sold: everyDay(4) });
    expect(await proposalFor('CUT')).toMatchObject({ quantity: '20', limitedBy: 'MAXIMUM', targetLevel: '30' });
    expect(await proposalFor('NO-ROOM')).toMatchObject({ quantity: '0', limitedBy: 'NO_ROOM', orderCost: '0' });
    const said = async (sku: string) => JSON.stringify((await proposalFor(sku))?.explanation);
    expect(await said('CUT')).toMatch(
      /hacen falta 56: .*Pedir 20 unidades, en múltiplos de 10, sin pasar del máximo de 30\."/,
    );
    expect(await said('NO-ROOM')).toMatch(
      /hacen falta 56: .*Un pedido es de 26 o más y no cabe bajo el máximo de 30\."/,
    );
  });

  it('tells nothing of a site out of reach, and is refused to who may not see predictions', async () => {
    const outside = testViewer({ companyIds: [place.companyId], siteIds: [] });
    expect(await ask({}, outside)).toMatchObject({ totalCount: 0, edges: [] });
    expect(await ask({ siteId: 'x' })).toMatchObject({ totalCount: 0, edges: [] });
    const { errors } = await world.ask(query, { ...viewer, permissions: ['inventory:read'] }, { siteId: place.siteId });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});
