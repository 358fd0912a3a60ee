import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from './test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const ours = await world.addPlace({ warehouse: 'NUESTRA' });
const theirs = await world.addPlace({ warehouse: 'SECRETA' });

/** The same things in both companies, under the same names; what is theirs says SECRETO. */
async function fill(place: Place, mark: string) {
  const productId = await world.addProduct(place, {
    codigo: 'SAME',
    nombre: `Rodamiento ${mark}`,
    categoria: `Línea ${mark}`,
    costo: 10,
  });
  await world.add('categories', { company_id: place.companyId, name: `Línea ${mark}` });
  const stockId = await world.addStock(place, productId, { stock_actual: 4, stock_minimo: 5 });
  const installation_id = await world.add('erp_installations', {
    company_id: place.companyId,
    kind: 'SAMPLE',
    code: mark,
    name: mark,
  });
  const customer = { erp_id: '77', nombre: `Cliente ${mark}`, company_id: place.companyId, installation_id };
  const customerId = await world.add('erp_clientes', customer);
  await world.add('replenishment_settings', {
    product_id: productId,
    company_id: place.companyId,
    site_id: place.siteId,
    supplier_name: `Proveedor ${mark}`,
  });
  const saleId = await world.addSale(
    place,
    { folio: `F-${mark}`, cliente_id: customerId },
    { producto_id: productId, cantidad: 3 },
  );
  return { productId, stockId, customerId, saleId };
}
const mine = await fill(ours, 'NUESTRO');
const secret = await fill(theirs, 'SECRETO');
const us = testViewer({ role: 'MANAGER', companyIds: [ours.companyId], siteIds: [ours.siteId] });
const range = '{ from: "2026-01-01", to: "2026-12-31" }';
const secrets = [...Object.values(secret), 'SECRET', theirs.siteId, theirs.companyId];
const expectNoSecrets = (answer: unknown) => {
  const text = JSON.stringify(answer);
  for (const word of secrets) expect(text).not.toContain(word);
};

describe('a viewer of another company', () => {
  it('lists, counts and finds only what is theirs, however the question is aimed', async () => {
    const answer = await world.get(
      `query ($product: ID!, $customer: ID!, $site: ID!, $company: ID!) {
        products { totalCount edges { node { id name } } }
        found: products(filter: { search: "rodamiento" }) { totalCount edges { node { id } } }
        misspelled: products(filter: { search: "rodamineto" }) { totalCount }
        aimed: products(filter: { siteIds: [$site], companyIds: [$company], belowMinimum: true }) { totalCount edges { node { id } } }
        byId: product(id: $product) { id }
        bySku: product(sku: "SAME") { id name sales(range: ${range}, siteIds: [$site]) { quantity } stock { warehouse } }
        productCategories
        customers { totalCount edges { node { id name } } }
        sales { totalCount edges { node { folio } } }
        aimedSales: sales(filter: { productId: $product, customerId: $customer, siteIds: [$site] }) { totalCount }
        inventoryKpis(filter: { siteIds: [$site], companyIds: [$company] }) { productCount lowStockCount stockValue dailyCostOfSales }
        replenishmentProposals(siteId: $site) { totalCount edges { node { quantity } } }
        narrowed: replenishmentProposals(siteId: $site, filter: { search: "rodamiento" }, orderBy: NAME) { totalCount edges { node { product { name } setting { id } } } }
        replenishmentTotals(siteId: $site) { proposalCount orderCost valueAtRisk suppliers { supplierName } }
        bought: product(sku: "SAME") { replenishmentProposal(siteId: $site) { quantity } replenishmentSetting(siteId: $site) { id } }
      }`,
      us,
      { product: secret.productId, customer: secret.customerId, site: theirs.siteId, company: theirs.companyId },
    );
    expectNoSecrets(answer);
    expect(answer).toMatchObject({
      ...{ products: { totalCount: 1 }, found: { totalCount: 1 }, misspelled: { totalCount: 1 } },
      ...{ aimed: { totalCount: 0, edges: [] }, byId: null, bySku: { id: mine.productId } },
      ...{ productCategories: ['Línea NUESTRO'], customers: { totalCount: 1 }, sales: { totalCount: 1 } },
      aimedSales: { totalCount: 0 },
      inventoryKpis: { productCount: 0, lowStockCount: 0, stockValue: '0', dailyCostOfSales: '0' },
      replenishmentProposals: { totalCount: 0, edges: [] },
      narrowed: { totalCount: 0, edges: [] },
      replenishmentTotals: { proposalCount: 0, orderCost: '0', valueAtRisk: '0', suppliers: [] },
      bought: { replenishmentProposal: null, replenishmentSetting: null },
    });
  });

  it('learns nothing through entities', async () => {
    const { _entities } = await world.get(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Product { id name stock { onHand } }
        ... on Customer { id name }
        ... on Site { lowStockCount stockValue stock { totalCount edges { node { id } } } }
      } }`,
      us,
      {
        representations: [
          { __typename: 'Product', id: secret.productId },
          { __typename: 'Product', sku: 'SAME' },
          { __typename: 'Customer', id: secret.customerId },
          { __typename: 'Customer', erpId: '77' },
          { __typename: 'Site', id: theirs.siteId },
        ],
      },
    );
    expectNoSecrets(_entities);
    expect(_entities).toMatchObject([
      null,
      { id: mine.productId },
      null,
      { id: mine.customerId },
      { lowStockCount: 0, stockValue: '0', stock: { totalCount: 0, edges: [] } },
    ]);
  });

  it('writes nothing there, and cannot tell what is there from what is not', async () => {
    const answer = await world.get(
      `mutation ($product: ID!, $site: ID!, $company: ID!) {
        createProduct(input: { companyId: $company, sku: "NEW", name: "X" }) { __typename ... on NotFound { entity } }
        updateProduct(input: { id: $product, name: "X" }) { __typename ... on NotFound { entity } }
        deleteProduct(input: { id: $product }) { __typename ... on NotFound { entity } }
        stockThere: setStockLevel(input: { productId: $product, siteId: $site, minimum: "1" }) { __typename ... on NotFound { entity } }
        buyThere: saveReplenishmentSetting(input: { productId: $product, siteId: $site, leadTimeDays: 1 }) { __typename ... on NotFound { entity } }
        buyHere: saveReplenishmentSettings(input: { productIds: [$product], leadTimeDays: 1 }) { __typename ... on NotFound { entity } }
        stockHere: setStockLevel(input: { productId: $product, siteId: "${ours.siteId}", minimum: "1" }) { __typename ... on NotFound { entity } }
      }`,
      us,
      { product: secret.productId, site: theirs.siteId, company: theirs.companyId },
    );
    const missing = (entity: string) => ({ __typename: 'NotFound', entity });
    expect(answer).toEqual({
      ...{ createProduct: missing('Company'), updateProduct: missing('Product'), deleteProduct: missing('Product') },
      ...{ stockThere: missing('Site'), stockHere: missing('Product') },
      ...{ buyThere: missing('Site'), buyHere: missing('Product') },
    });
    expect(await db.client.product.count({ where: { companyId: theirs.companyId, name: 'Rodamiento SECRETO' } })).toBe(
      1,
    );
    expect(await db.client.product.count({ where: { companyId: theirs.companyId } })).toBe(1);
    expect(await db.client.auditEntry.count()).toBe(0);
    expect(await db.client.outboxEvent.count()).toBe(0);
  });

  it('with every permission and no place sees nothing, and with every place sees all', async () => {
    const query =
      '{ products { totalCount } customers { totalCount } sales { totalCount } inventoryKpis { productCount stockValue } }';
    const none = { totalCount: 0 };
    expect(await world.get(query, testOutsider())).toEqual({
      ...{ products: none, customers: none, sales: none, inventoryKpis: { productCount: 0, stockValue: '0' } },
    });
    const two = { totalCount: 2 };
    expect(await world.get(query, testAdmin())).toEqual({
      ...{ products: two, customers: two, sales: two, inventoryKpis: { productCount: 2, stockValue: '80' } },
    });
  });

  it('who reaches the site and not the company sees its stock without the catalogue', async () => {
    const guest = testViewer({ companyIds: [], siteIds: [ours.siteId] });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Site { stock { edges { node { onHand product { id } } } } } } }`;
    const representations = [{ __typename: 'Site', id: ours.siteId }];
    expect(await world.get(query, guest, { representations })).toEqual({
      _entities: [{ stock: { edges: [{ node: { onHand: '4', product: null } }] } }],
    });
  });
});

describe('who lacks the permission', () => {
  it('is refused every root field, and keeps the places and products that others hand out', async () => {
    const nobody = { ...us, permissions: [] };
    for (const field of [
      'products { totalCount }',
      'product(sku: "SAME") { id }',
      'customers { totalCount }',
      'sales { totalCount }',
      'inventoryKpis { productCount }',
      'syncStatus { jobs { id } }',
      'productCategories',
      `replenishmentProposals(siteId: "${ours.siteId}") { totalCount }`,
      `replenishmentTotals(siteId: "${ours.siteId}") { proposalCount }`,
    ]) {
      const { data, errors } = await world.ask(`{ ${field} }`, nobody);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
      expectNoSecrets(data ?? null);
    }
    const { data, errors } = await world.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Site { id lowStockCount } ... on Product { id } } }`,
      nobody,
      {
        representations: [
          { __typename: 'Site', id: ours.siteId },
          { __typename: 'Product', sku: 'SAME' },
        ],
      },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(data).toEqual({ _entities: [{ id: ours.siteId, lowStockCount: null }, null] });
  });
});
