import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { productionWorld } from '../test-support/production-world.ts';

const db = await testDatabase();
const world = await productionWorld(db);
const plant = await world.addPlant({});
const viewer = testViewer({ role: 'VIEWER', siteIds: [plant.site_id], companyIds: [plant.company_id] });
const inPlant = (columns: Record<string, unknown>) => world.addOrder({ planta: plant.planta, ...columns });

interface ListAnswer {
  readonly productionOrders: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: { readonly orderNumber: string; readonly producedOn: string } }[];
  };
}
const list = async (variables: Record<string, unknown>) =>
  (await world.get(
    `query ($filter: ProductionOrderFilterInput, $orderBy: ProductionOrderSort, $first: Int, $after: String) {
      productionOrders(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { orderNumber producedOn } }
      }
    }`,
    viewer,
    variables,
  )) as unknown as ListAnswer;
const numbersOf = ({ productionOrders }: ListAnswer) => productionOrders.edges.map(({ node }) => node.orderNumber);

describe('productionOrders', () => {
  it('pages through orders of one moment without losing or repeating any, while new ones arrive', async () => {
    for (let index = 0; index < 7; index += 1) {
      await inPlant({
        orden_produccion: `PAGE-${index}`,
        fecha_produccion: '2025-02-01 10:00',
        referencia_producto: 'P',
      });
    }
    const filter = { productSkus: ['P'] };
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      const answer: ListAnswer = await list({ filter, first: 3, after });
      seen.push(...numbersOf(answer));
      if (!answer.productionOrders.pageInfo.hasNextPage) break;
      after = answer.productionOrders.pageInfo.endCursor;
      await inPlant({
        orden_produccion: `NEW-${page}`,
        fecha_produccion: '2025-03-01 10:00',
        referencia_producto: 'P',
      });
    }
    expect([...seen].sort()).toEqual(Array.from({ length: 7 }, (_, index) => `PAGE-${index}`));
  });

  it('sorts by number as well, both ways, page by page', async () => {
    const filter = { productSkus: ['P'], range: { from: '2025-02-01', to: '2025-02-01' } };
    const first = await list({ filter, orderBy: 'ORDER_NUMBER_DESC', first: 2 });
    const next = await list({
      filter,
      orderBy: 'ORDER_NUMBER_DESC',
      first: 2,
      after: first.productionOrders.pageInfo.endCursor,
    });
    expect([...numbersOf(first), ...numbersOf(next)]).toEqual(['PAGE-6', 'PAGE-5', 'PAGE-4', 'PAGE-3']);
    expect(numbersOf(await list({ filter, orderBy: 'ORDER_NUMBER_ASC', first: 1 }))).toEqual(['PAGE-0']);
  });

  it('keeps days as the plant’s calendar has them, around midnight and when the clocks change', async () => {
    const times = {
      before: '2026-04-04 23:59:59.999',
      // Shown twice on this night: the day is the same both times.
      twice: '2026-04-04 23:30',
      midnight: '2026-04-05 00:00',
      // Never shown in Santiago, but written by a clock that was set late.
      never: '2026-09-06 00:30',
    };
    for (const [number, time] of Object.entries(times)) {
      await inPlant({ orden_produccion: number, fecha_produccion: time, referencia_producto: 'CLOCK' });
    }
    const on = async (day: string) =>
      numbersOf(await list({ filter: { productSkus: ['CLOCK'], range: { from: day, to: day } } })).sort();
    expect(await on('2026-04-04')).toEqual(['before', 'twice']);
    expect(await on('2026-04-05')).toEqual(['midnight']);
    expect(await on('2026-09-06')).toEqual(['never']);
    const { productionOrder } = await world.get(
      '{ productionOrder(orderNumber: "before") { producedAtLocal producedOn } }',
      viewer,
    );
    expect(productionOrder).toEqual({ producedAtLocal: '2026-04-04T23:59:59', producedOn: '2026-04-04' });
    const kpis = await world.get(
      `{ a: productionKpis(filter: { productSkus: ["CLOCK"], range: { from: "2026-04-04", to: "2026-04-04" } }) { orderCounts { total } }
         b: productionKpis(filter: { productSkus: ["CLOCK"], range: { from: "2026-04-05", to: "2026-09-06" } }) { orderCounts { total } } }`,
      viewer,
    );
    expect(kpis).toEqual({ a: { orderCounts: { total: 2 } }, b: { orderCounts: { total: 2 } } });
  });

  it('reads the same days in a process and a session of another zone', async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Tokyo';
    try {
      const found = await list({ filter: { productSkus: ['CLOCK'], range: { from: '2026-04-04', to: '2026-04-04' } } });
      expect(found.productionOrders.edges.map(({ node }) => node.producedOn)).toEqual(['2026-04-04', '2026-04-04']);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('searches number, name and sku without case', async () => {
    await inPlant({ orden_produccion: 'FIND-1', nombre_producto: 'Alimento Pavo', referencia_producto: 'AL-PAVO' });
    expect(numbersOf(await list({ filter: { search: ' find-1 ' } }))).toEqual(['FIND-1']);
    expect(numbersOf(await list({ filter: { search: 'pavo' } }))).toEqual(['FIND-1']);
    expect(numbersOf(await list({ filter: { search: '%' } }))).toEqual([]);
  });

  it.each([
    ['a cursor that is none', { after: 'bm90IGEgY3Vyc29y' }],
    ['a cursor with a time that is none', { after: Buffer.from('["2026", "x"]').toString('base64url') }],
    ['too many at once', { first: 201 }],
    ['a period the wrong way round', { filter: { range: { from: '2026-02-02', to: '2026-02-01' } } }],
  ])('refuses %s as the caller’s mistake', async (_what, variables) => {
    const { errors } = await world.ask(
      `query ($filter: ProductionOrderFilterInput, $first: Int, $after: String) {
        productionOrders(filter: $filter, first: $first, after: $after) { totalCount } }`,
      viewer,
      variables,
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('productionOrder', () => {
  it('is found by id and by number, with its flags, and not by both or neither', async () => {
    const id = await inPlant({
      orden_produccion: 'ONE-1',
      toneladas_a_producir: 20,
      toneladas_producidas: 19,
      dureza_qa_agroindustrial: 85.3,
      diferencia_toneladas_por_orden_produccion: -1,
      referencia_producto: 'AL-1',
    });
    const fields = 'id orderNumber differenceTons sackoffPct hardnessUnit qualityFlags product { sku } site { id }';
    const { a, b } = await world.get(
      `query ($id: ID!) { a: productionOrder(id: $id) { ${fields} } b: productionOrder(orderNumber: "ONE-1") { ${fields} } }`,
      viewer,
      { id },
    );
    expect(a).toEqual(b);
    expect(a).toMatchObject({
      differenceTons: 1,
      hardnessUnit: 'kg/cm2',
      qualityFlags: ['IMPLAUSIBLE_HARDNESS', 'STORED_DIFFERENCE_DISAGREES'],
      product: { sku: 'AL-1' },
      site: { id: plant.site_id },
    });
    const { errors } = await world.ask('{ productionOrder { id } }', viewer);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(await world.get('{ productionOrder(id: "no-uuid") { id } }', viewer)).toEqual({ productionOrder: null });
  });

  it('of a number that was used twice is the newest one', async () => {
    await inPlant({ orden_produccion: 'TWICE', fecha_produccion: '2026-01-02', nombre_producto: 'new' });
    await inPlant({ orden_produccion: 'TWICE', fecha_produccion: '2026-01-01', nombre_producto: 'old' });
    const { productionOrder } = await world.get('{ productionOrder(orderNumber: "TWICE") { productName } }', viewer);
    expect(productionOrder).toEqual({ productName: 'new' });
  });
});

describe('Product.productionOrders', () => {
  const representations = (skus: readonly string[]) => skus.map((sku) => ({ __typename: 'Product', sku }));
  const query = `query ($representations: [_Any!]!, $after: String) { _entities(representations: $representations) {
    ... on Product { sku productionOrders(first: 2, after: $after) { totalCount pageInfo { endCursor hasNextPage } edges { node { orderNumber } } }
      production(range: { from: "2024-01-01", to: "2026-12-31" }) { orderCounts { total } } } } }`;

  it('is read for a whole list of products in as many statements as for one', async () => {
    for (const sku of ['A', 'B', 'C']) {
      for (let index = 0; index < 3; index += 1) {
        await inPlant({
          orden_produccion: `${sku}-${index}`,
          fecha_produccion: `2025-0${index + 1}-01`,
          referencia_producto: sku,
        });
      }
    }
    const ask = (skus: readonly string[]) => world.get(query, viewer, { representations: representations(skus) });
    const one = await world.countStatements(() => ask(['A']));
    const many = await world.countStatements(() => ask(['A', 'B', 'C', 'NOTHING']));
    expect(many).toBe(one);
    const { _entities } = await ask(['A', 'B', 'NOTHING']);
    expect(_entities).toMatchObject([
      {
        productionOrders: {
          totalCount: 3,
          edges: [{ node: { orderNumber: 'A-2' } }, { node: { orderNumber: 'A-1' } }],
        },
        production: { orderCounts: { total: 3 } },
      },
      { productionOrders: { totalCount: 3 } },
      { productionOrders: { totalCount: 0, edges: [] }, production: { orderCounts: { total: 0 } } },
    ]);
  });

  it('goes on after its cursor', async () => {
    const first = (await world.get(query, viewer, { representations: representations(['A']) })) as {
      _entities: [{ productionOrders: { pageInfo: { endCursor: string } } }];
    };
    const after = first._entities[0].productionOrders.pageInfo.endCursor;
    const next = await world.get(query, viewer, { representations: representations(['A']), after });
    expect(next._entities).toMatchObject([
      { productionOrders: { pageInfo: { hasNextPage: false }, edges: [{ node: { orderNumber: 'A-0' } }] } },
    ]);
  });
});

describe('orders as entities', () => {
  it('are found by either key, and by nobody without the permission', async () => {
    const id = await inPlant({ orden_produccion: 'KEY-1' });
    const representations = [
      { __typename: 'ProductionOrder', id },
      { __typename: 'ProductionOrder', orderNumber: 'KEY-1' },
    ];
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ProductionOrder { id } } }`;
    expect(await world.get(query, viewer, { representations })).toEqual({ _entities: [{ id }, { id }] });
    const unpermitted = { ...testAdmin(), permissions: [] };
    expect(await world.get(query, unpermitted, { representations })).toEqual({ _entities: [null, null] });
  });
});
