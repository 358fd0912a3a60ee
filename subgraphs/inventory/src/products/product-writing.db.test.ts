import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const place = await world.addPlace();
const manager = testViewer({ role: 'MANAGER', companyIds: [place.companyId], siteIds: [place.siteId] });

const failure = '... on Failure { reason } ... on ValidationFailed { fields { path } } ... on NotFound { entity }';
const create = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename ${failure}
  ... on Product { id sku name price cost category isActive company { id } updatedAt } } }`;
const update = `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { __typename ${failure}
  ... on Product { id sku name price cost description category updatedAt } } }`;
const remove = `mutation ($input: DeleteProductInput!) { deleteProduct(input: $input) { __typename ${failure}
  ... on DeletedProduct { id sku } } }`;
type Answer = Record<string, unknown> & { readonly id: string; readonly updatedAt: string };
const run = async (mutation: string, input: object, viewer = manager) =>
  Object.values(await world.get(mutation, viewer, { input }))[0] as Answer;
const traces = async (id: string) => ({
  audit: await db.client.auditEntry.findMany({ where: { entityId: id }, orderBy: { id: 'asc' } }),
  events: await db.client.outboxEvent.findMany({ where: { key: id, topic: 'inventory.productChanged' } }),
});

describe('createProduct', () => {
  it('adds a product with exact money, its category, an audit entry and an event', async () => {
    const made = await run(create, {
      sku: ' NEW-1 ',
      name: 'Rodamiento',
      price: '1234567890.123456',
      cost: 0,
      category: 'Rodamientos nuevos',
    });
    expect(made).toMatchObject({
      __typename: 'Product',
      sku: 'NEW-1',
      price: '1234567890.123456',
      cost: '0',
      category: 'Rodamientos nuevos',
      isActive: true,
      company: { id: place.companyId },
    });
    const { audit, events } = await traces(made.id);
    expect(audit).toMatchObject([
      { action: 'inventory.createProduct', actorUserId: manager.userId, companyId: place.companyId, before: null },
    ]);
    expect(audit[0]?.after).toMatchObject({ sku: 'NEW-1' });
    expect(events).toMatchObject([{ companyId: place.companyId, payload: { kind: 'CREATED', sku: 'NEW-1' } }]);
    expect(await db.client.category.count({ where: { companyId: place.companyId, name: 'Rodamientos nuevos' } })).toBe(
      1,
    );
  });

  it.each([
    [{ sku: '', name: 'X' }, ['sku']],
    [{ sku: 'A'.repeat(51), name: ' ' }, ['sku', 'name']],
    [{ sku: 'A\u0000B', name: 'X' }, ['sku']],
    [{ sku: 'NEG', name: 'X', price: '-1' }, ['price']],
    [{ sku: 'HALF\ud83d', name: 'X', description: 'X\ude00' }, ['sku', 'description']],
    [{ sku: 'LONG', name: 'X', price: '1.1234567', cost: '1234567890123' }, ['price', 'cost']],
  ])('refuses %j field by field and leaves no trace', async (input, paths) => {
    const answer = await run(create, input);
    expect(answer).toMatchObject({ __typename: 'ValidationFailed', fields: paths.map((path) => ({ path })) });
    expect(await db.client.product.count({ where: { name: 'X' } })).toBe(0);
  });

  it('refuses a code that the company has, also when two ask at once, and lets another company have it', async () => {
    const both = await Promise.all([1, 2, 3].map(() => run(create, { sku: 'RACE', name: 'Carrera' })));
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Conflict', 'Conflict', 'Product']);
    expect(await run(create, { sku: 'RACE', name: 'Otra' })).toMatchObject({ reason: 'DUPLICATE_SKU' });
    const other = testViewer({ companyIds: [randomUUID()] });
    expect(await run(create, { sku: 'RACE', name: 'Ajena' }, other)).toMatchObject({ __typename: 'Product' });
    expect(await db.client.product.count({ where: { sku: 'RACE', companyId: place.companyId } })).toBe(1);
    expect(
      await db.client.outboxEvent.count({
        where: { companyId: place.companyId, payload: { path: ['sku'], equals: 'RACE' } },
      }),
    ).toBe(1);
  });

  it('asks who reaches several companies which one it is for', async () => {
    const wide = testViewer({ companyIds: [place.companyId, randomUUID()] });
    expect(await run(create, { sku: 'WHOSE', name: 'X' }, wide)).toMatchObject({ fields: [{ path: 'companyId' }] });
    const named = { sku: 'WHOSE', name: 'Y', companyId: place.companyId };
    expect(await run(create, named, wide)).toMatchObject({ __typename: 'Product' });
    expect(await run(create, { ...named, companyId: randomUUID() }, wide)).toMatchObject({ entity: 'Company' });
  });

  it('is refused to who may only read', async () => {
    const { errors } = await world.ask(create, testViewer({ role: 'VIEWER', companyIds: [place.companyId] }), {
      input: { sku: 'NO', name: 'NO' },
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});

describe('updateProduct', () => {
  it('changes what is given, empties what is null, and keeps the rest', async () => {
    const made = await run(create, { sku: 'UPD', name: 'Antes', description: 'largo', price: '10', category: 'Una' });
    const changed = await run(update, { id: made.id, expectedUpdatedAt: made.updatedAt, name: 'Después', price: null });
    expect(changed).toMatchObject({ sku: 'UPD', name: 'Después', price: null, description: 'largo', category: 'Una' });
    expect(changed.updatedAt > made.updatedAt).toBe(true);
    const { audit, events } = await traces(made.id);
    expect(audit.map(({ action }) => action)).toEqual(['inventory.createProduct', 'inventory.updateProduct']);
    expect(audit[1]).toMatchObject({ before: { name: 'Antes', price: '10' }, after: { name: 'Después', price: null } });
    expect(events).toHaveLength(2);
  });

  it('refuses a change of what was changed meanwhile: of any number at once exactly one wins', async () => {
    const { id, updatedAt } = await run(create, { sku: 'STALE', name: 'A' });
    const answers = await Promise.all(
      ['B', 'C', 'D'].map((name) => run(update, { id, expectedUpdatedAt: updatedAt, name })),
    );
    expect(answers.map((answer) => answer.reason ?? 'won').sort()).toEqual(['STALE', 'STALE', 'won']);
    expect((await traces(id)).audit).toHaveLength(2);
  });

  it('refuses a code that is taken and names that empty a product', async () => {
    await run(create, { sku: 'TAKEN', name: 'A' });
    const { id } = await run(create, { sku: 'FREE', name: 'B' });
    expect(await run(update, { id, sku: 'TAKEN' })).toMatchObject({ __typename: 'Conflict', reason: 'DUPLICATE_SKU' });
    expect(await run(update, { id, name: null })).toMatchObject({ fields: [{ path: 'name' }] });
    expect(await run(update, { id: randomUUID(), name: 'X' })).toMatchObject({ entity: 'Product' });
    expect(await run(update, { id: 'x', name: 'X' })).toMatchObject({ fields: [{ path: 'id' }] });
  });
});

describe('deleteProduct', () => {
  it('removes what nothing points at, and its code is free again', async () => {
    const { id } = await run(create, { sku: 'GONE', name: 'A' });
    expect(await run(remove, { id })).toEqual({ __typename: 'DeletedProduct', id, sku: 'GONE' });
    expect(await run(remove, { id })).toMatchObject({ __typename: 'NotFound' });
    expect((await traces(id)).audit.at(-1)).toMatchObject({ action: 'inventory.deleteProduct', after: null });
    expect(await run(create, { sku: 'GONE', name: 'B' })).toMatchObject({ __typename: 'Product' });
  });

  it.each(['stock', 'sale', 'movement'])(
    'refuses to remove a product with a %s, also at a site out of reach',
    async (kind) => {
      const sister = await world.addPlace({ companyId: place.companyId });
      const id = await world.addProduct(place, { codigo: `KEPT-${kind}` });
      if (kind === 'stock') await world.addStock(sister, id);
      if (kind === 'sale') await world.addSale(sister, {}, { producto_id: id });
      if (kind === 'movement') {
        await world.add('stock_movements', {
          product_id: id,
          site_id: sister.siteId,
          kind: 'COUNT',
          quantity: 1,
          occurred_at: new Date(),
        });
      }
      expect(await run(remove, { id })).toMatchObject({ __typename: 'Conflict', reason: 'STILL_REFERENCED' });
      expect(await db.client.product.count({ where: { id } })).toBe(1);
    },
  );

  it('never loses to stock or sales that arrive at the same time', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await world.addProduct(place);
      const [removed, stocked, sold] = await Promise.all([
        run(remove, { id }),
        world.addStock(place, id).then(
          () => true,
          () => false,
        ),
        world.addSale(place, {}, { producto_id: id }).then(
          () => true,
          () => false,
        ),
      ]);
      const isThere = (await db.client.product.count({ where: { id } })) === 1;
      expect(isThere).toBe(removed.__typename === 'Conflict');
      if (stocked || sold) expect(isThere).toBe(true);
    }
  });
});

describe('a product of an ERP', () => {
  const added = async () => {
    const installation_id = await world.add('erp_installations', {
      company_id: place.companyId,
      kind: 'SAMPLE',
      code: randomUUID(),
      name: 'ERP',
    });
    const id = await world.addProduct(place, {
      nombre: 'Del ERP',
      precio: '12.500000',
      price_hash: 'x',
      installation_id,
      erp_id: '1',
    });
    return id;
  };

  it('keeps what the ERP holds, names each refused field, and takes what the ERP does not know', async () => {
    const id = await added();
    const refused = await run(update, { id, name: 'Otro', price: '13', barcode: '780' });
    expect(refused).toMatchObject({ __typename: 'ValidationFailed', fields: [{ path: 'name' }, { path: 'price' }] });
    const same = await run(update, { id, name: 'Del ERP', price: '12.5', barcode: '780' });
    expect(same).toMatchObject({ __typename: 'Product', price: '12.5' });
  });

  it('is not removed here, because the next copy would bring it back', async () => {
    const gone = await run(remove, { id: await added() });
    expect(gone).toMatchObject({ __typename: 'Conflict', reason: 'OWNED_BY_ERP' });
  });
});
