import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const place = await world.addPlace();
const sister = await world.addPlace({ companyId: place.companyId });
const viewer = testViewer({ role: 'VIEWER', companyIds: [place.companyId], siteIds: [place.siteId] });
const both = testViewer({ role: 'VIEWER', companyIds: [place.companyId], siteIds: [place.siteId, sister.siteId] });

const series = `query ($id: ID!, $range: DateRangeInput!, $grain: SalesGrain!, $siteIds: [ID!]) {
  product(id: $id) { sales(range: $range, grain: $grain, siteIds: $siteIds) { date quantity netTotal } } }`;
interface Point {
  readonly date: string;
  readonly quantity: string;
  readonly netTotal: string;
}
const pointsOf = async (variables: object, who = viewer) =>
  ((await world.get(series, who, { grain: 'DAY', ...variables })).product as { sales: Point[] }).sales;

const productId = await world.addProduct(place);
const sell = (fecha: string, cantidad: string, where = place, sale: object = {}) =>
  world.addSale(where, { fecha, ...sale }, { producto_id: productId, cantidad, total_neto: Number(cantidad) * 1_000 });
await sell('2026-03-09', '2.5');
await sell('2026-03-10', '4');
await sell('2026-03-10', '-1', place, { document_type: 'RETURN' });
await sell('2026-03-10', '50', place, { is_cancelled: true });
await sell('2026-03-15', '1');
await sell('2026-03-16', '8', sister);
const march = { from: '2026-03-08', to: '2026-03-16' };

describe('the sales of a product', () => {
  it('are summed by day without holes: returns taken off, cancelled documents left out', async () => {
    const points = await pointsOf({ id: productId, range: march });
    expect(points.map(({ quantity }) => quantity)).toEqual(['0', '2.5', '3', '0', '0', '0', '0', '1', '0']);
    expect(points[2]).toEqual({ date: '2026-03-10', quantity: '3', netTotal: '3000' });
  });

  it('are summed by week from Monday, and only at the sites that are reached and asked for', async () => {
    const weeks = (who: typeof viewer, siteIds?: string[]) =>
      pointsOf({ id: productId, range: march, grain: 'WEEK', siteIds }, who);
    expect(await weeks(viewer)).toEqual([
      { date: '2026-03-02', quantity: '0', netTotal: '0' },
      { date: '2026-03-09', quantity: '6.5', netTotal: '6500' },
      { date: '2026-03-16', quantity: '0', netTotal: '0' },
    ]);
    expect((await weeks(both)).at(-1)).toMatchObject({ quantity: '8' });
    expect((await weeks(both, [sister.siteId])).map(({ quantity }) => quantity)).toEqual(['0', '0', '8']);
    expect((await weeks(viewer, [sister.siteId])).map(({ quantity }) => quantity)).toEqual(['0', '0', '0']);
  });

  it('refuse a range that is the wrong way round or endless', async () => {
    for (const range of [
      { from: '2026-03-02', to: '2026-03-01' },
      { from: '2000-01-01', to: '2026-01-01' },
    ]) {
      const { errors } = await world.ask(series, viewer, { id: productId, range, grain: 'DAY' });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('of many products cost one statement', async () => {
    const query = `query ($range: DateRangeInput!) { products(first: 50) { edges { node { sales(range: $range) { quantity } } } } }`;
    for (let index = 0; index < 10; index += 1) await world.addProduct(place);
    expect(await world.countStatements(() => world.get(query, viewer, { range: march }))).toBe(2);
  });
});

describe('sale documents', () => {
  const list = `query ($filter: SaleFilterInput, $first: Int, $after: String) {
    sales(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { id folio soldOn documentType isCancelled site { id } lines { position quantity netTotal product { id } } } } } }`;
  interface Sales {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly soldOn: string; readonly lines: readonly unknown[] };
    }[];
  }
  const sales = async (variables: object, who = viewer) =>
    (await world.get(list, who, { ...variables })).sales as Sales;

  it('come newest first, each once over all pages, with their lines', async () => {
    const whole = await sales({ first: 200 });
    expect(whole.edges.map(({ node }) => node.soldOn)).toEqual([
      '2026-03-15',
      '2026-03-10',
      '2026-03-10',
      '2026-03-10',
      '2026-03-09',
    ]);
    expect(whole.edges[0]?.node.lines).toEqual([
      { position: 1, quantity: '1', netTotal: '1000', product: { id: productId } },
    ]);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Sales = await sales({ first: 2, after });
      paged.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole.edges.map(({ node }) => node.id));
    expect(whole.totalCount).toBe(5);
  });

  it('are narrowed by day, kind, state, product and site', async () => {
    const count = async (filter: object, who = viewer) => (await sales({ filter }, who)).totalCount;
    expect(await count({ range: { from: '2026-03-10', to: '2026-03-10' } })).toBe(3);
    expect(await count({ documentTypes: ['RETURN'] })).toBe(1);
    expect(await count({ cancelled: false })).toBe(4);
    expect(await count({ productId })).toBe(5);
    expect(await count({ productId: place.siteId })).toBe(0);
    expect(await count({ siteIds: [sister.siteId] })).toBe(0);
    expect(await count({ siteIds: [sister.siteId] }, both)).toBe(1);
    expect(await count({}, both)).toBe(6);
  });

  it('keep a line whose code is no product', async () => {
    await world.addSale(place, { fecha: '2026-04-01' }, { codigo: 'R0D-1', cantidad: 0 });
    const { edges } = await sales({ first: 1 });
    expect(edges[0]?.node.lines).toEqual([{ position: 1, quantity: '0', netTotal: null, product: null }]);
  });
});
