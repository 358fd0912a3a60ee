import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';
import { productSearch } from './product-search.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const place = await world.addPlace();
const other = await world.addPlace();
const viewer = testViewer({ role: 'VIEWER', companyIds: [place.companyId], siteIds: [place.siteId] });

const shelf = [
  ['FLT-0012', 'Filtro de aceite camión', 'Filtros', 'Para motores diésel'],
  ['FLT-0013', 'Filtro de aire', 'Filtros', null],
  ['ROD-6204', 'Rodamiento rígido de bolas 6204-2RS', 'Rodamientos', 'Sellado'],
  ['ROD-6205', 'Rodamiento rígido de bolas 6205-2RS', 'Rodamientos', null],
  ['EXT-0001', 'Extractor de rodamientos', 'Herramientas', null],
  ['COR-100%', 'Correa dentada ÑUÑOA', 'Correas', null],
  ['LUB-0001', 'Grasa de litio', 'Lubricantes', null],
  ['CAM-0001', 'Camisa de rodillo', 'Matrices', null],
] as const;
const ids = new Map<string, string>();
for (const [codigo, nombre, categoria, descripcion] of shelf) {
  ids.set(codigo, await world.addProduct(place, { codigo, nombre, categoria, descripcion }));
  // The other company has the same shelf; nothing of it may ever appear.
  await world.addProduct(other, { codigo, nombre: `${nombre} AJENO`, categoria, descripcion });
}

const list = `query ($filter: ProductFilterInput, $orderBy: ProductSort, $first: Int, $after: String) {
  products(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id sku name } } } }`;
interface Listed {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: { readonly id: string; readonly sku: string; readonly name: string } }[];
}
const products = async (variables: Record<string, unknown>) =>
  (await world.get(list, viewer, variables)).products as Listed;
const search = async (text: string) => (await products({ filter: { search: text } })).edges.map(({ node }) => node.sku);

describe('searching products', () => {
  it.each([
    ['words without accents or case', 'FILTRO camion', ['FLT-0012']],
    ['words in any order', 'camión aceite filtro', ['FLT-0012']],
    ['another form of the word', 'camiones', ['FLT-0012']],
    ['a word that is still being typed', 'rodam 6204', ['ROD-6204']],
    ['a misspelled word', 'rodamineto 6204', ['ROD-6204']],
    ['two misspelled words in the wrong order', 'litoi graza', ['LUB-0001']],
    ['two swapped letters in a short word', 'filtor aire', ['FLT-0013']],
    ['two swapped letters in the middle of it', 'flitro aire', ['FLT-0013']],
    ['a wrong letter', 'filtto aire', ['FLT-0013']],
    ['a missing letter in each word', 'corea dentda', ['COR-100%']],
    ['a piece of the code', '0013', ['FLT-0013']],
    ['the whole code', 'rod-6205', ['ROD-6205']],
    ['the category', 'lubricantes', ['LUB-0001']],
    ['the description', 'diesel', ['FLT-0012']],
    ['an n for an ñ', 'nunoa', ['COR-100%']],
    ['signs that mean something in SQL', '100%', ['COR-100%']],
    ['nothing where a number differs', 'rodamiento 6206', []],
    ['nothing that is not there', 'zapato', []],
  ])('finds %s', async (_what, text, expected) => {
    expect(await search(text)).toEqual(expected);
  });

  it('puts what is named so before what only mentions it', async () => {
    expect((await search('rodamientos')).slice(-1)).toEqual(['EXT-0001']);
    expect((await search('rodamientos')).sort()).toEqual(['EXT-0001', 'ROD-6204', 'ROD-6205']);
  });

  it('forgives spelling only when nothing is spelled so', async () => {
    expect(await search('camion')).toEqual(['FLT-0012']);
    expect((await search('camiza'))[0]).toBe('CAM-0001');
  });

  it('takes a slip for one again, once the product that was written so is put right or gone', async () => {
    const slip = await world.addProduct(place, { codigo: 'SLIP-1', nombre: 'Corera trapezoidal' });
    expect(await search('corera')).toEqual(['SLIP-1']);
    await db.pool.query(`UPDATE inventory.erp_productos SET nombre = 'Tubo' WHERE id = $1`, [slip]);
    expect(await search('corera')).toEqual(['COR-100%']);
    await db.pool.query('DELETE FROM inventory.erp_productos WHERE id = $1', [slip]);
    // The word that is gone is nearer to what was typed than the one that is there.
    expect(await search('trapezoidaal')).toEqual([]);
    expect(await search('coreras')).toEqual(['COR-100%']);
  });

  it('lists everything for a search that says nothing', async () => {
    expect(await search('  -- ')).toHaveLength(shelf.length);
  });

  it.each(["'", '\\', '&|!', ':*', '%', '_', "a' OR 1=1 --", '\0', 'ñ'.repeat(5_000), '😀'])(
    'takes %j without an error and finds nothing of another company',
    async (text) => {
      const { edges } = await products({ filter: { search: text }, first: 200 });
      expect(edges.every(({ node }) => !node.name.includes('AJENO'))).toBe(true);
    },
  );
});

describe('the choices of a list', () => {
  const ask = `query ($filter: ProductFilterInput) { productFacets(filter: $filter) {
    belowMinimum negative onSale offSale categories { name count } sites { site { id } count } } }`;

  it('are counted within the search and the other choices, without those of their own kind, and within reach', async () => {
    const one = await world.addPlace();
    const two = await world.addPlace({ companyId: one.companyId });
    const hidden = await world.addPlace({ companyId: one.companyId });
    const who = testViewer({ role: 'VIEWER', companyIds: [one.companyId], siteIds: [one.siteId, two.siteId] });
    const pieces = [
      [
        'Tuerca chica',
        'Tuercas',
        true,
        [
          [one, 1, 2],
          [two, 5, 0],
        ],
      ],
      [
        'Tuerca grande',
        'Tuercas',
        true,
        [
          [two, -1, 0],
          [hidden, -5, 2],
        ],
      ],
      ['Tuerca vieja', 'Antiguos', false, [[one, 3, 0]]],
      ['Perno', 'Pernos', true, [[one, 0, 4]]],
    ] as const;
    for (const [nombre, categoria, activo, levels] of pieces) {
      const id = await world.addProduct(one, { nombre, categoria, activo });
      for (const [where, stock_actual, stock_minimo] of levels) {
        await world.addStock(where, id, { stock_actual, stock_minimo });
      }
    }
    const facets = async (filter: object) => (await world.get(ask, who, { filter })).productFacets;
    const sites = (first: number, second: number) =>
      expect.arrayContaining([
        { site: { id: one.siteId }, count: first },
        { site: { id: two.siteId }, count: second },
      ]);
    expect(await facets({ search: 'tuerka' })).toEqual({
      ...{ belowMinimum: 2, negative: 1, onSale: 2, offSale: 1, sites: sites(2, 2) },
      categories: [
        { name: 'Tuercas', count: 2 },
        { name: 'Antiguos', count: 1 },
      ],
    });
    expect(await facets({ category: 'Tuercas', siteIds: [one.siteId], active: true })).toEqual({
      ...{ belowMinimum: 1, negative: 0, onSale: 1, offSale: 0, sites: sites(1, 2) },
      categories: [
        { name: 'Pernos', count: 1 },
        { name: 'Tuercas', count: 1 },
      ],
    });
    expect(await facets({ siteIds: [hidden.siteId] })).toMatchObject({ onSale: 0, offSale: 0, categories: [] });
  });
});

describe('finding by codes', () => {
  it('takes the first digits of a barcode, and puts the very code before codes that begin so', async () => {
    const barcode = '7801234567890';
    await world.addProduct(place, { codigo: 'BAR-1', codigo_barras: barcode });
    expect(await search(barcode)).toEqual(['BAR-1']);
    expect(await search(barcode.slice(0, 8))).toEqual(['BAR-1']);
    for (const codigo of ['QQ-77', 'QQ-7', 'QQ-771']) await world.addProduct(place, { codigo });
    expect((await search('qq-7'))[0]).toBe('QQ-7');
    expect((await search('QQ-77')).slice(0, 2)).toEqual(['QQ-77', 'QQ-771']);
  });

  it('narrows to what lies still: on hand, and neither sold nor moved for ninety days', async () => {
    const still = await world.addPlace();
    const who = testViewer({ companyIds: [still.companyId], siteIds: [still.siteId] });
    const [sold, resting, empty] = [
      await world.addProduct(still, { codigo: 'SOLD' }),
      await world.addProduct(still, { codigo: 'RESTING' }),
      await world.addProduct(still, { codigo: 'EMPTY' }),
    ];
    for (const id of [sold, resting]) await world.addStock(still, id, { stock_actual: 3 });
    await world.addStock(still, empty, { stock_actual: 0 });
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    await world.addSale(still, { fecha: day(10) }, { producto_id: sold });
    await world.addSale(still, { fecha: day(200) }, { producto_id: resting });
    const skus = async (withoutMovement: boolean) =>
      ((await world.get(list, who, { filter: { withoutMovement } })).products as Listed).edges
        .map(({ node }) => node.sku)
        .sort();
    expect(await skus(true)).toEqual(['RESTING']);
    expect(await skus(false)).toEqual(['EMPTY', 'SOLD']);
  });
});

describe('the plan of a search', () => {
  it.each(['filtro aceite', 'rodamineto 6204', '7801234567890', 'QQ-7'])(
    'needs no walk through the table for %s, as typed and with spelling forgiven',
    async (text) => {
      const asked = productSearch(text);
      for (const match of [asked?.exact, asked?.respelled(new Map([['rodamineto', ['rodamiento', 'rodamientos']]]))]) {
        if (!match) continue;
        const rows = await db.client.$transaction(async (tx) => {
          // The table of a test is so small that walking it is cheaper than any index.
          await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
          return tx.$queryRaw<Record<string, string>[]>`
            EXPLAIN SELECT p.id FROM inventory.erp_productos p WHERE ${match.condition}`;
        });
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toContain('Bitmap Index Scan on erp_productos_trigram');
        expect(plan).not.toContain('Seq Scan');
      }
    },
  );
});

describe('listing products', () => {
  it.each(['RELEVANCE', 'NAME_ASC', 'NAME_DESC', 'SKU_ASC', 'SKU_DESC', 'UPDATED_AT_DESC'])(
    'pages through everything in the order %s, each once, also through a search',
    async (orderBy) => {
      // Equal names and equal instants must not lose rows between pages.
      for (let copy = 0; copy < 3; copy += 1) {
        await world.addProduct(place, {
          nombre: 'Perno gemelo',
          categoria: orderBy,
          updated_at: '2026-01-01T00:00:00Z',
        });
      }
      for (const filter of [{}, { search: 'perno' }, { search: 'pernno' }]) {
        const whole = await products({ filter, orderBy, first: 200 });
        const paged: string[] = [];
        let after: string | null = null;
        do {
          const page: Listed = await products({ filter, orderBy, first: 2, after });
          paged.push(...page.edges.map(({ node }) => node.id));
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null);
        expect(paged).toEqual(whole.edges.map(({ node }) => node.id));
        expect(paged).toHaveLength(whole.totalCount);
        expect(new Set(paged).size).toBe(paged.length);
      }
    },
  );

  it('refuses the cursor of another list, and one that was made up', async () => {
    const { pageInfo } = await products({ orderBy: 'NAME_ASC', first: 1 });
    const made = Buffer.from(JSON.stringify(["1'; --", 'x'])).toString('base64url');
    for (const after of [pageInfo.endCursor, made, 'x']) {
      const { errors } = await world.ask(list, viewer, { orderBy: 'UPDATED_AT_DESC', after });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
    const { errors } = await world.ask(list, viewer, { first: 201 });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('narrows by category, activity, and stock below its minimum at the sites asked for', async () => {
    const sister = await world.addPlace({ companyId: place.companyId });
    const both = testViewer({ companyIds: [place.companyId], siteIds: [place.siteId, sister.siteId] });
    const low = await world.addProduct(place, { codigo: 'LOW', categoria: 'Prueba', activo: false });
    const full = await world.addProduct(place, { codigo: 'FULL', categoria: 'Prueba' });
    await world.addStock(place, low, { stock_actual: 1.5, stock_minimo: 2 });
    await world.addStock(place, full, { stock_actual: 2, stock_minimo: 2 });
    await world.addStock(sister, full, { stock_actual: -1, stock_minimo: 0 });
    const skus = async (filter: object, who = both) =>
      ((await world.get(list, who, { filter: { category: 'Prueba', ...filter } })).products as Listed).edges
        .map(({ node }) => node.sku)
        .sort();
    expect(await skus({})).toEqual(['FULL', 'LOW']);
    expect(await skus({ active: true })).toEqual(['FULL']);
    expect(await skus({ belowMinimum: true })).toEqual(['FULL', 'LOW']);
    expect(await skus({ belowMinimum: true, siteIds: [place.siteId] })).toEqual(['LOW']);
    expect(await skus({ belowMinimum: false, siteIds: [place.siteId] })).toEqual(['FULL']);
    // Who does not reach the sister site must not learn that something is short there.
    expect(await skus({ belowMinimum: true }, viewer)).toEqual(['LOW']);
    expect(await skus({ siteIds: [sister.siteId] }, viewer)).toEqual([]);
    expect(await skus({ siteIds: [] })).toEqual([]);
  });
});
