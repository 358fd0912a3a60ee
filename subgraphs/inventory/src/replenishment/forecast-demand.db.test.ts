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

const query = `query ($siteId: ID!, $filter: ReplenishmentFilterInput) {
  replenishmentProposals(siteId: $siteId, filter: $filter, first: 200) { edges { node { product { sku } demandSource forecastFrom
    forecastGap dailyDemand demandDeviation leadTimeDemand safetyStock reorderPoint targetLevel quantity valueAtRisk explanation { es en } } } }
  replenishmentTotals(siteId: $siteId, filter: $filter) { proposalCount forecastCount } }`;
interface Proposal {
  readonly product: { readonly sku: string };
  readonly [field: string]: unknown;
}
const ask = async (filter: object = {}) => {
  const answer = await world.get(query, viewer, { siteId: place.siteId, filter });
  const { edges } = answer.replenishmentProposals as { edges: { node: Proposal }[] };
  return { totals: answer.replenishmentTotals, rows: edges.map(({ node }) => node) };
};
const proposalFor = async (sku: string) => (await ask()).rows.find(({ product }) => product.sku === sku);

const day = (from: number) => new Date(Date.UTC(2026, 5, 30 + from)).toISOString().slice(0, 10);
interface Forecast {
  /** Days from today of its first day, and how many it has. */
  readonly from: number;
  readonly days: number;
  readonly units: (dayFromToday: number) => number;
  readonly siteId?: string;
}
async function addForecast(productId: string, { from, days, units, siteId = place.siteId }: Forecast) {
  await world.add('demand_forecasts', {
    ...{
      product_id: productId,
      site_id: siteId,
      company_id: place.companyId,
      method: 'CROSTON',
      pattern: 'INTERMITTENT',
    },
    ...{ starts_on: day(from), horizon_days: days, history_days: 90, coverage: 0.8, input_hash: 'x' },
    expected_sums: Array.from({ length: days }, (_, at) =>
      sumOf(Array.from({ length: at + 1 }, (_, n) => units(from + n))),
    ),
    // The sum of n days is missed by 3 √n.
    sum_deviations: Array.from({ length: days }, (_, at) => 3 * Math.sqrt(at + 1)),
  });
}
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
/** Sells two a day, L = 4 and R = 5; nothing on hand. */
async function addCase(codigo: string) {
  const id = await world.addProduct(place, { codigo, precio: 10, costo: 5 });
  await world.addStock(place, id, { stock_actual: 0 });
  for (let ago = 1; ago <= 90; ago += 1)
    await world.addSale(place, { fecha: day(-ago) }, { producto_id: id, cantidad: 2 });
  const lead = { lead_time_days: 4, review_period_days: 5 };
  await world.add('replenishment_settings', { product_id: id, company_id: place.companyId, ...lead });
  return id;
}
const bySales = {
  demandSource: 'SALES',
  forecastFrom: null,
  dailyDemand: '2',
  demandDeviation: '0',
  targetLevel: '18',
};

describe('the demand of a proposal', () => {
  it('is the forecast of each day over lead time and review, its spread what their sum may be missed by', async () => {
    const id = await addCase('FORECAST');
    // Ten a day for the four days of the lead time, then two: 40, and 50 over all nine.
    await addForecast(id, { from: -1, days: 14, units: (index) => (index < 4 ? 10 : 2) });
    const proposal = await proposalFor('FORECAST');
    expect(proposal).toMatchObject({
      ...{
        demandSource: 'FORECAST',
        forecastFrom: day(-1),
        forecastGap: null,
        leadTimeDemand: '40',
        valueAtRisk: '400',
      },
      ...{ dailyDemand: String(Math.round((50 / 9) * 1000) / 1000) },
    });
    const safety = Number(proposal?.safetyStock);
    // Nine days from today are ten of the forecast, which began yesterday; the lead time's four are five.
    expect(Math.abs(safety / (1.645 * 3 * Math.sqrt(10)) - 1)).toBeLessThan(0.005);
    expect(Math.abs((Number(proposal?.reorderPoint) - 40) / (1.645 * 3 * Math.sqrt(5)) - 1)).toBeLessThan(0.005);
    expect(Number(proposal?.targetLevel)).toBeCloseTo(50 + safety, 2);
    expect(Number(proposal?.quantity)).toBe(Math.ceil(50 + safety));
    expect(proposal?.explanation).toMatchObject({
      es: expect.stringContaining(`según el pronóstico del ${Number(day(-1).slice(8))} `),
      en: expect.stringMatching(
        new RegExp(`by the forecast of \\w{3} ${Number(day(-1).slice(8))}, ${day(-1).slice(0, 4)}`),
      ),
    });
  });

  it('is what was sold where no forecast serves, and says why', async () => {
    await addCase('MISSING');
    await addForecast(await addCase('STALE'), { from: -8, days: 60, units: () => 9 });
    await addForecast(await addCase('SHORT'), { from: -1, days: 9, units: () => 9 });
    await addForecast(await addCase('OTHER-SITE'), {
      from: 0,
      days: 30,
      units: () => 9,
      siteId: (await world.addPlace()).siteId,
    });
    for (const [sku, forecastGap] of Object.entries({
      MISSING: 'MISSING',
      STALE: 'STALE',
      SHORT: 'SHORT',

      'OTHER-SITE': 'MISSING',
    })) {
      expect(await proposalFor(sku)).toMatchObject({ ...bySales, forecastGap });
    }
  });

  it('is told apart when asked for, and counted', async () => {
    const forecast = await ask({ demandSource: 'FORECAST' });
    expect(forecast.rows.map(({ product }) => product.sku).toSorted()).toEqual(['FORECAST']);
    expect(forecast.totals).toEqual({ proposalCount: 1, forecastCount: 1 });
    expect((await ask({ demandSource: 'SALES' })).totals).toEqual({ proposalCount: 4, forecastCount: 0 });
  });
});
