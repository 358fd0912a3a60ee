import { Prisma } from '@cauce/prisma/client';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { beforeAll, describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';
import { demandSql } from './demand-sql.ts';
import { orderSql } from './order-sql.ts';

const now = new Date('2026-06-30T15:00:00Z');
const db = await testDatabase();
const world = await inventoryWorld(db, { clock: fixedClock(now) });
const place = await world.addPlace();
const beside = await world.addPlace({ companyId: place.companyId });
const viewer = testViewer({ role: 'USER', companyIds: [place.companyId], siteIds: [place.siteId] });

const query = `query ($siteId: ID!, $filter: ReplenishmentFilterInput, $orderBy: ReplenishmentSort, $first: Int, $after: String) {
  replenishmentProposals(siteId: $siteId, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { product { sku } quantity orderCost valueAtRisk supplierName setting { id } } } } }`;
interface List {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: { readonly product: { readonly sku: string } | null } }[];
}
const list = async (variables: object = {}, who = viewer) =>
  (await world.get(query, who, { siteId: place.siteId, ...variables })).replenishmentProposals as List;
const skus = async (variables: object = {}, who = viewer) =>
  (await list(variables, who)).edges.map(({ node }) => node.product?.sku ?? null);

/** Below their minimums of ten: name, supplier, price, cost. */
const wanted = [
  ['A-1', 'Correa trapezoidal', 'Correas Sur', 100, 60],
  ['A-2', 'Rodamiento Ñuñoa', 'Aceros', 900, 500],
  ['A-3', 'Aceite hidráulico', null, 50, null],
  ['A-4', 'Perno galvanizado', 'Aceros', 20, 10],
] as const;
beforeAll(async () => {
  for (const [index, [codigo, nombre, supplier, precio, costo]] of wanted.entries()) {
    const id = await world.addProduct(place, { codigo, nombre, precio, costo });
    await world.addStock(place, id, { stock_actual: index, stock_minimo: 10 });
    await world.addStock(beside, id, { stock_actual: 0, stock_minimo: 3 });
    await world.addSale(place, { fecha: '2026-06-20' }, { producto_id: id, cantidad: 180 - index * 30 });
    if (supplier === null) continue;
    await world.add('replenishment_settings', { product_id: id, company_id: place.companyId, supplier_name: supplier });
  }
});

describe('the list of proposals', () => {
  it('is narrowed by words, supplier and reason', async () => {
    const narrowed = async (filter: object) => (await skus({ filter })).toSorted();
    expect(await narrowed({ search: 'nunoa RODA' })).toEqual(['A-2']);
    expect(await narrowed({ search: 'a-4' })).toEqual(['A-4']);
    expect(await narrowed({ search: '%' })).toEqual([]);
    expect(await narrowed({ search: '\u0000' })).toHaveLength(4);
    expect(await narrowed({ supplier: 'Aceros' })).toEqual(['A-2', 'A-4']);
    expect(await narrowed({ withoutSupplier: true })).toEqual(['A-3']);
    expect(await narrowed({ withoutSupplier: false })).toEqual(['A-1', 'A-2', 'A-4']);
    expect(await narrowed({ reason: 'BELOW_MINIMUM' })).toHaveLength(4);
    expect(await narrowed({ reason: 'NEGATIVE_STOCK' })).toEqual([]);
  });

  it.each([
    ['VALUE_AT_RISK', ['A-2', 'A-1', 'A-3', 'A-4']],
    ['ORDER_COST', ['A-2', 'A-1', 'A-4', 'A-3']],
    ['DAYS_LEFT', ['A-1', 'A-2', 'A-3', 'A-4']],
    ['NAME', ['A-3', 'A-1', 'A-4', 'A-2']],
    ['SUPPLIER', ['A-2', 'A-4', 'A-1', 'A-3']],
  ] as const)('is ordered by %s, and pages lose and repeat none', async (orderBy, order) => {
    const whole = await skus({ orderBy });
    if (orderBy === 'SUPPLIER') expect([...whole.slice(0, 2).toSorted(), ...whole.slice(2)]).toEqual(order);
    else expect(whole).toEqual(order);
    const paged: (string | null)[] = [];
    let after: string | null = null;
    do {
      const page: List = await list({ orderBy, first: 1, after });
      expect(page.totalCount).toBe(4);
      paged.push(...page.edges.map(({ node }) => node.product?.sku ?? null));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole);
  });

  it('takes no cursor of another order', async () => {
    const { pageInfo } = await list({ orderBy: 'NAME', first: 1 });
    const { errors } = await world.ask(query, viewer, {
      siteId: place.siteId,
      orderBy: 'VALUE_AT_RISK',
      after: pageInfo.endCursor,
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('is added up by supplier to the same sums as its rows', async () => {
    const { replenishmentTotals } = await world.get(
      `query ($siteId: ID!) { replenishmentTotals(siteId: $siteId) { proposalCount orderCost valueAtRisk withoutCostCount noRoomCount forecastCount
        suppliers { supplierName proposalCount orderCost valueAtRisk withoutCostCount } } }`,
      viewer,
      { siteId: place.siteId },
    );
    const rows = (await list()).edges.map(({ node }) => node) as unknown as Record<
      'orderCost' | 'valueAtRisk',
      string | null
    >[];
    const sum = (field: 'orderCost' | 'valueAtRisk') => rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
    expect(replenishmentTotals).toMatchObject({
      ...{ proposalCount: 4, withoutCostCount: 1, noRoomCount: 0, forecastCount: 0 },
      orderCost: String(sum('orderCost')),
      suppliers: [
        { supplierName: 'Aceros', proposalCount: 2 },
        { supplierName: 'Correas Sur' },
        { supplierName: null, orderCost: '0', withoutCostCount: 1 },
      ],
    });
    expect(Number((replenishmentTotals as { valueAtRisk: string }).valueAtRisk)).toBeCloseTo(sum('valueAtRisk'), 2);
  });

  it('of another site is its own, and whoever does not reach it gets nothing of it', async () => {
    const there = testViewer({ role: 'USER', companyIds: [place.companyId], siteIds: [beside.siteId] });
    expect(await list({ siteId: beside.siteId }, there)).toMatchObject({ totalCount: 4 });
    expect(await list({}, there)).toMatchObject({ totalCount: 0, edges: [] });
    expect(await list({ siteId: beside.siteId })).toMatchObject({ totalCount: 0, edges: [] });
  });

  it('lets nobody guess the names of a catalogue that is out of reach', async () => {
    const guest = testViewer({ role: 'USER', companyIds: [], siteIds: [place.siteId] });
    expect(await skus({}, guest)).toEqual([null, null, null, null]);
    expect(await skus({ filter: { search: 'rodamiento' } }, guest)).toEqual([]);
    const { pageInfo } = await list({ orderBy: 'NAME', first: 3 }, guest);
    expect(Buffer.from(pageInfo.endCursor ?? '', 'base64url').toString()).not.toMatch(/[A-Z][a-z]/);
  });
});

describe('the proposal of a product', () => {
  it('is the same as in the list, with the setting that holds', async () => {
    const { product } = await world.get(
      `query ($siteId: ID!, $beside: ID!) { product(sku: "A-4") { replenishmentProposal(siteId: $siteId) { quantity valueAtRisk supplierName setting { id } product { sku } orderCost }
        replenishmentSetting(siteId: $siteId) { id supplierName leadTimeDays site { id } } elsewhere: replenishmentProposal(siteId: $beside) { quantity } } }`,
      viewer,
      { siteId: place.siteId, beside: beside.siteId },
    );
    const { edges } = await list({ filter: { search: 'A-4' } });
    expect(product).toMatchObject({
      replenishmentProposal: edges[0]?.node,
      replenishmentSetting: { supplierName: 'Aceros', leadTimeDays: 7, site: null },
      elsewhere: null,
    });
  });
});

describe('the cost of the proposals', () => {
  it('does not follow the length of the history', async () => {
    const big = await world.addPlace({ companyId: place.companyId });
    const { rows } = await db.pool.query<{ id: string }>(
      `WITH p AS (INSERT INTO inventory.erp_productos (codigo, nombre, company_id)
         SELECT 'H-' || n, 'Pieza', $1 FROM generate_series(1, 300) n RETURNING id),
       s AS (INSERT INTO inventory.erp_inventario (producto_id, almacen, site_id, company_id, stock_actual)
         SELECT id, 'X', $2, $1, 5 FROM p)
       INSERT INTO inventory.erp_ventas (folio, fecha, site_id, company_id) VALUES ('H', '2026-06-01', $2, $1) RETURNING id`,
      [place.companyId, big.siteId],
    );
    /** A line of every product on each of some days. */
    const sell = (firstDay: number, days: number) =>
      db.pool.query(
        `INSERT INTO inventory.erp_ventas_detalle (venta_id, posicion, producto_id, cantidad, fecha, site_id, company_id)
         SELECT $1, row_number() OVER () + $5::int * 1000000, p.id, 1, date '2026-06-30' - d, $2, $3
         FROM generate_series($5::int, $5::int + $4::int - 1) d CROSS JOIN inventory.erp_productos p WHERE p.codigo LIKE 'H-%'`,
        [rows[0]?.id, big.siteId, place.companyId, days, firstDay],
      );
    const blocksRead = async () => {
      await db.pool.query('VACUUM (ANALYZE) inventory.erp_ventas_detalle');
      const { sql, values } = statement(big.siteId);
      const { rows: plans } = await db.pool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
        values,
      );
      const plan = plans[0]?.['QUERY PLAN'][0].Plan;
      return nodesOf(plan).filter((node) => node['Relation Name'] === 'erp_ventas_detalle');
    };
    await sell(1, 20);
    const [young] = await blocksRead();
    await sell(100, 200);
    const [old, ...others] = await blocksRead();
    expect(others).toEqual([]);
    // Once, and by the days: the whole of the history is never walked through.
    for (const node of [young, old]) expect(node?.['Actual Loops']).toBe(1);
    expect(old?.['Actual Rows']).toBe(young?.['Actual Rows']);
    expect(old?.['Node Type']).not.toContain('Seq Scan');
    const read = (node: PlanNode | undefined) =>
      (node?.['Shared Hit Blocks'] ?? 0) + (node?.['Shared Read Blocks'] ?? 0);
    // Eleven times the lines; a page or two more of the index's upper levels.
    expect(read(old)).toBeLessThan(read(young) * 2);
  });
});

interface PlanNode {
  readonly Plans?: readonly PlanNode[];
  readonly 'Relation Name'?: string;
  readonly 'Node Type'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
}

function nodesOf(plan: PlanNode | undefined): PlanNode[] {
  return plan === undefined ? [] : [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function statement(siteId: string) {
  const { text, values } =
    Prisma.sql`WITH ${demandSql({ siteId, now }, '2026-06-30')}, ${orderSql()} SELECT count(*) FROM proposal`;
  return { sql: text, values };
}
