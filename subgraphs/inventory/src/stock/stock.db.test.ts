import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
world.startRelay();
const place = await world.addPlace();
const sister = await world.addPlace({ companyId: place.companyId });
const stranger = await world.addPlace();
const viewer = testViewer({ companyIds: [place.companyId], siteIds: [place.siteId, sister.siteId] });

const sites = `query ($representations: [_Any!]!, $filter: SiteStockFilterInput, $first: Int, $after: String) {
  _entities(representations: $representations) { ... on Site { id lowStockCount stockValue
    stock(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { onHand site { id } product { name } } } } } } }`;
const representations = (...places: readonly Place[]) =>
  places.map(({ siteId }) => ({ __typename: 'Site', id: siteId }));
interface SiteAnswer {
  readonly id: string;
  readonly lowStockCount: number;
  readonly stockValue: string;
  readonly stock: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: readonly {
      readonly node: { readonly onHand: string; readonly product: { readonly name: string } };
    }[];
  };
}
const askSites = async (variables: Record<string, unknown>, who = viewer) =>
  (await world.get(sites, who, variables))._entities as SiteAnswer[];

const stocked: readonly (readonly [Place, string, Record<string, unknown>, Record<string, unknown>])[] = [
  [place, 'A corto', { costo: '10.5' }, { stock_actual: '2.5', stock_minimo: 3 }],
  [place, 'B negativo', { costo: 100 }, { stock_actual: -4, stock_minimo: 0 }],
  [place, 'C sin costo', {}, { stock_actual: 7, stock_minimo: 7 }],
  [place, 'D retirado', { costo: 1, activo: false }, { stock_actual: 1, stock_minimo: 9 }],
  [sister, 'E', { costo: 3 }, { stock_actual: 5, stock_minimo: 6 }],
  [stranger, 'AJENO', { costo: 1_000 }, { stock_actual: 5, stock_minimo: 6 }],
];
for (const [where, nombre, product, level] of stocked) {
  await world.addStock(where, await world.addProduct(where, { nombre, ...product }), level);
}

describe('stock of a site', () => {
  it('counts what is on sale and short, and values what is there at cost', async () => {
    const [ours, theirSister] = await askSites({ representations: representations(place, sister) });
    expect(ours).toMatchObject({ lowStockCount: 2, stockValue: '27.25', stock: { totalCount: 4 } });
    expect(theirSister).toMatchObject({ lowStockCount: 1, stockValue: '15', stock: { totalCount: 1 } });
  });

  it('counts a product once that is short in two warehouses of the site', async () => {
    const twin = await world.addPlace();
    const second = await world.addPlace({ ...twin, warehouse: 'SEGUNDA' });
    const productId = await world.addProduct(twin);
    for (const where of [twin, second]) await world.addStock(where, productId, { stock_minimo: 11 });
    const all = testViewer({ companyIds: [twin.companyId], siteIds: [twin.siteId] });
    expect(await askSites({ representations: representations(twin) }, all)).toMatchObject([{ lowStockCount: 1 }]);
  });

  it('is listed by name, filtered, page by page', async () => {
    const page = async (variables: object) => {
      const [site] = await askSites({ representations: representations(place), ...variables });
      return {
        names: site?.stock.edges.map(({ node }) => node.product.name),
        end: site?.stock.pageInfo.endCursor,
        more: site?.stock.pageInfo.hasNextPage,
      };
    };
    const first = await page({ first: 3 });
    expect(first).toMatchObject({ names: ['A corto', 'B negativo', 'C sin costo'], more: true });
    expect(await page({ first: 3, after: first.end })).toMatchObject({ names: ['D retirado'], more: false });
    expect((await page({ filter: { negative: true } })).names).toEqual(['B negativo']);
    expect((await page({ filter: { belowMinimum: false } })).names).toEqual(['C sin costo']);
  });

  it('of a site out of reach looks like that of an empty one', async () => {
    const nothing = { lowStockCount: 0, stockValue: '0', stock: { totalCount: 0, edges: [] } };
    const answers = await askSites({
      representations: [...representations(stranger), { __typename: 'Site', id: 'x' }],
    });
    expect(answers).toMatchObject([nothing, nothing]);
  });

  it('costs the same number of statements for one site and for forty', async () => {
    const places: Place[] = [];
    for (let index = 0; index < 40; index += 1) {
      const where = await world.addPlace({ companyId: place.companyId });
      await world.addStock(where, await world.addProduct(where), { stock_minimo: 20 });
      places.push(where);
    }
    const everywhere = testViewer({ companyIds: [place.companyId], siteIds: places.map(({ siteId }) => siteId) });
    const overview = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Site { lowStockCount } } }`;
    const cost = (query: string, count: number) =>
      world.countStatements(() =>
        world.get(query, everywhere, { representations: representations(...places.slice(0, count)) }),
      );
    expect(await cost(overview, 40)).toBe(1);
    expect(await cost(sites, 1)).toBe(await cost(sites, 40));
    expect(await cost(sites, 40)).toBe(5);
  });
});

describe('stock of products', () => {
  it('costs one statement however many products are listed', async () => {
    const list = (first: number) =>
      world.countStatements(() =>
        world.get(
          `{ products(first: ${first}) { edges { node { isBelowMinimum stock { onHand site { id } } } } } }`,
          viewer,
        ),
      );
    expect(await list(2)).toBe(2);
    expect(await list(40)).toBe(2);
  });
});

describe('stockChanged', () => {
  const subscription = `subscription ($siteIds: [ID!]) { stockChanged(siteIds: $siteIds) { previousOnHand reason
    stockLevel { onHand isBelowMinimum site { id lowStockCount } product { name } } } }`;
  const correct = async (where: Place, productId: string, onHand: string) => {
    const manager = testViewer({ companyIds: [where.companyId], siteIds: [where.siteId] });
    const level = await db.client.stockLevel.findFirst({ where: { productId, siteId: where.siteId } });
    const input = {
      productId,
      siteId: where.siteId,
      onHand,
      reason: 'Conteo',
      expectedUpdatedAt: level?.updatedAt.toISOString(),
    };
    const { setStockLevel } = await world.get(
      'mutation ($input: SetStockLevelInput!) { setStockLevel(input: $input) { __typename } }',
      manager,
      { input },
    );
    expect(setStockLevel).toEqual({ __typename: 'StockLevel' });
  };

  it('tells each correction with the stock, the product and the numbers of that moment', async () => {
    const where = await world.addPlace();
    const productId = await world.addProduct(where, { nombre: 'Vivo' });
    await world.addStock(where, productId, { stock_actual: 10, stock_minimo: 5 });
    const watcher = testViewer({ role: 'VIEWER', companyIds: [where.companyId], siteIds: [where.siteId] });
    const listener = await world.listen(subscription, watcher);
    await correct(where, productId, '4.5');
    expect(await listener.next()).toMatchObject({
      stockChanged: {
        previousOnHand: '10',
        reason: 'Conteo',
        stockLevel: {
          ...{ onHand: '4.5', isBelowMinimum: true, product: { name: 'Vivo' } },
          site: { id: where.siteId, lowStockCount: 1 },
        },
      },
    });
    await db.pool.query('UPDATE inventory.erp_productos SET nombre = $1 WHERE id = $2', ['Renombrado', productId]);
    await correct(where, productId, '6');
    expect(await listener.next()).toMatchObject({
      stockChanged: {
        previousOnHand: '4.5',
        stockLevel: { onHand: '6', product: { name: 'Renombrado' }, site: { lowStockCount: 0 } },
      },
    });
    listener.stop();
  });

  it('tells nothing of sites that were not asked for or are out of reach', async () => {
    const one = await world.listen(subscription, viewer, { siteIds: [place.siteId, stranger.siteId] });
    const all = await world.listen(subscription, viewer);
    const productOf = new Map<Place, string>();
    for (const where of [stranger, sister, place]) {
      const productId = await world.addProduct(where, { nombre: where.siteId });
      productOf.set(where, productId);
      await correct(where, productId, '1');
    }
    await correct(place, productOf.get(place) ?? '', '2');
    const heard = async (listener: typeof one) => {
      const { stockChanged } = (await listener.next()) as {
        stockChanged: { stockLevel: { onHand: string; site: { id: string } } };
      };
      return `${stockChanged.stockLevel.site.id}`;
    };
    expect([await heard(one), await heard(one)]).toEqual([place.siteId, place.siteId]);
    expect([await heard(all), await heard(all), await heard(all)]).toEqual([sister.siteId, place.siteId, place.siteId]);
    one.stop();
    all.stop();
  });
});
