import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const place = await world.addPlace();
const manager = testViewer({ role: 'MANAGER', companyIds: [place.companyId], siteIds: [place.siteId] });

const mutation = `mutation ($input: SetStockLevelInput!) { setStockLevel(input: $input) { __typename
  ... on Failure { reason } ... on ValidationFailed { fields { path } } ... on NotFound { entity }
  ... on StockLevel { id onHand minimum maximum location isBelowMinimum flags heldByErp updatedAt warehouse site { id } product { sku } } } }`;
type Answer = Record<string, unknown> & { readonly id: string; readonly updatedAt: string };
const set = async (input: object, viewer = manager) =>
  (await world.get(mutation, viewer, { input: { siteId: place.siteId, ...input } })).setStockLevel as Answer;

describe('setStockLevel', () => {
  it('makes the level of a product that was not stocked yet, and then changes only what is given', async () => {
    const productId = await world.addProduct(place, { codigo: 'FIRST' });
    const made = await set({
      productId,
      onHand: '12.34567',
      minimum: '20',
      maximum: '40.5',
      location: 'A-1',
      reason: 'Conteo',
    });
    expect(made).toMatchObject({
      __typename: 'StockLevel',
      ...{ onHand: '12.34567', minimum: '20', maximum: '40.5', location: 'A-1', isBelowMinimum: true, flags: [] },
      ...{ warehouse: place.warehouse, site: { id: place.siteId }, product: { sku: 'FIRST' } },
    });
    const limits = await set({ productId, expectedUpdatedAt: made.updatedAt, minimum: '5', maximum: null });
    expect(limits).toMatchObject({
      onHand: '12.34567',
      minimum: '5',
      maximum: null,
      location: 'A-1',
      isBelowMinimum: false,
    });
    const movements = await db.client.stockMovement.findMany({ where: { productId } });
    expect(
      movements.map(({ kind, quantity, balanceAfter, reason, createdBy }) => [
        kind,
        quantity.toFixed(),
        balanceAfter?.toFixed(),
        reason,
        createdBy,
      ]),
    ).toEqual([['ADJUSTMENT', '12.34567', '12.34567', 'Conteo', manager.userId]]);
    const audit = await db.client.auditEntry.findMany({ where: { entityId: made.id }, orderBy: { id: 'asc' } });
    expect(audit).toMatchObject([
      {
        action: 'inventory.setStockLevel',
        siteId: place.siteId,
        before: null,
        after: { onHand: '12.34567', reason: 'Conteo' },
      },
      { before: { minimum: '20' }, after: { minimum: '5' } },
    ]);
    const events = await db.client.outboxEvent.findMany({
      where: { topic: 'inventory.stockChanged', key: made.id },
      orderBy: { id: 'asc' },
    });
    expect(events).toMatchObject([
      {
        siteId: place.siteId,
        companyId: place.companyId,
        payload: { previousOnHand: null, onHand: '12.34567', reason: 'Conteo' },
      },
      { payload: { previousOnHand: '12.34567', minimum: '5', reason: null } },
    ]);
  });

  it('finds the level of a warehouse that was called otherwise when it was written, and makes no second one', async () => {
    const productId = await world.addProduct(place);
    await world.addStock(place, productId, { almacen: 'NOMBRE DE ANTES', stock_actual: 4 });
    const { updatedAt } = await db.client.stockLevel.findFirstOrThrow({ where: { productId } });
    const changed = await set({ productId, expectedUpdatedAt: updatedAt.toISOString(), minimum: '2' });
    expect(changed).toMatchObject({ __typename: 'StockLevel', onHand: '4', minimum: '2' });
    expect(await db.client.stockLevel.count({ where: { productId } })).toBe(1);
  });

  it('keeps negative stock as it is, flagged until it is not', async () => {
    const productId = await world.addProduct(place);
    const made = await set({ productId, onHand: '-3.5', reason: 'Vendido antes de ingresar' });
    expect(made).toMatchObject({ onHand: '-3.5', isBelowMinimum: true, flags: ['NEGATIVE_STOCK'] });
    const mended = await set({ productId, expectedUpdatedAt: made.updatedAt, onHand: '0', reason: 'Ingreso tardío' });
    expect(mended).toMatchObject({ onHand: '0', isBelowMinimum: false, flags: [] });
    const { _sum } = await db.client.stockMovement.aggregate({ where: { productId }, _sum: { quantity: true } });
    expect(_sum.quantity?.toFixed()).toBe('0');
  });

  it('lets one of several win who saw the same level, and the movements add up to what is on hand', async () => {
    const productId = await world.addProduct(place);
    const first = await Promise.all(['1', '2', '3'].map((onHand) => set({ productId, onHand, reason: 'Conteo' })));
    expect(first.map((answer) => answer.reason ?? 'won').sort()).toEqual(['STALE', 'STALE', 'won']);
    const { updatedAt } = await db.client.stockLevel.findFirstOrThrow({ where: { productId } });
    const next = await Promise.all(
      ['7', '8', '9'].map((onHand) =>
        set({ productId, onHand, reason: 'Conteo', expectedUpdatedAt: updatedAt.toISOString() }),
      ),
    );
    expect(next.map((answer) => answer.reason ?? 'won').sort()).toEqual(['STALE', 'STALE', 'won']);
    const level = await db.client.stockLevel.findFirstOrThrow({ where: { productId } });
    const { _sum } = await db.client.stockMovement.aggregate({ where: { productId }, _sum: { quantity: true } });
    expect(_sum.quantity?.toFixed()).toBe(level.quantity.toFixed());
    expect(await db.client.outboxEvent.count({ where: { topic: 'inventory.stockChanged', key: level.id } })).toBe(2);
  });

  it('corrects nothing that the next copy of the ERP would undo, and says so; limits may be set', async () => {
    const productId = await world.addProduct(place);
    await world.addStock(place, productId, { erp_id: '77', stock_actual: 4 });
    const { updatedAt } = await db.client.stockLevel.findFirstOrThrow({ where: { productId } });
    const seen = { productId, expectedUpdatedAt: updatedAt.toISOString() };
    expect(await set({ ...seen, onHand: '5', reason: 'Conteo' })).toMatchObject({
      __typename: 'ValidationFailed',
      fields: [{ path: 'onHand' }],
    });
    const kept = await set({ ...seen, onHand: '4.0', minimum: '6', reason: 'Conteo' });
    expect(kept).toMatchObject({ onHand: '4', minimum: '6', heldByErp: ['onHand'] });
    expect(await db.client.stockMovement.count({ where: { productId } })).toBe(0);
  });

  it('refuses to overwrite a level that the caller has not seen', async () => {
    const productId = await world.addProduct(place);
    await world.addStock(place, productId);
    expect(await set({ productId, minimum: '1' })).toMatchObject({ __typename: 'Conflict', reason: 'STALE' });
  });

  it.each([
    [{}, ['onHand']],
    [{ onHand: '5' }, ['reason']],
    [{ onHand: '5', reason: 'ok' }, ['reason']],
    [{ minimum: '-1' }, ['minimum']],
    [{ minimum: '0.123456' }, ['minimum']],
    [{ minimum: '10', maximum: '9.99999' }, ['maximum']],
    [{ onHand: '1e3', reason: 'Conteo' }, null],
  ])('refuses %j field by field', async (input, paths) => {
    const productId = await world.addProduct(place);
    if (paths === null) {
      const { errors } = await world.ask(mutation, manager, { input: { siteId: place.siteId, productId, ...input } });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    } else {
      expect(await set({ productId, ...input })).toMatchObject({
        __typename: 'ValidationFailed',
        fields: paths.map((path) => ({ path })),
      });
    }
    expect(await db.client.stockLevel.count({ where: { productId } })).toBe(0);
  });

  it('holds a new limit against the one that stays', async () => {
    const productId = await world.addProduct(place);
    const { updatedAt } = await set({ productId, minimum: '10', maximum: '20' });
    expect(await set({ productId, expectedUpdatedAt: updatedAt, maximum: '9' })).toMatchObject({
      fields: [{ path: 'maximum' }],
    });
    expect(await set({ productId, expectedUpdatedAt: updatedAt, minimum: '21' })).toMatchObject({
      fields: [{ path: 'maximum' }],
    });
  });

  it('asks which warehouse where a site has several, and knows no warehouse of another company', async () => {
    const twin = await world.addPlace();
    await world.addPlace({ companyId: twin.companyId, siteId: twin.siteId, warehouse: 'SEGUNDA' });
    const viewer = testViewer({ companyIds: [twin.companyId, place.companyId], siteIds: [twin.siteId] });
    const productId = await world.addProduct(twin);
    const input = { productId, siteId: twin.siteId, minimum: '1' };
    expect(await set(input, viewer)).toMatchObject({ fields: [{ path: 'warehouse' }] });
    expect(await set({ ...input, warehouse: 'SEGUNDA' }, viewer)).toMatchObject({ warehouse: 'SEGUNDA' });
    expect(await set({ ...input, warehouse: 'TERCERA' }, viewer)).toMatchObject({ entity: 'Warehouse' });
    const foreign = await world.addProduct(place);
    expect(await set({ ...input, productId: foreign, warehouse: 'SEGUNDA' }, viewer)).toMatchObject({
      reason: 'OTHER_COMPANY',
    });
    expect(await set({ ...input, siteId: randomUUID() }, viewer)).toMatchObject({ entity: 'Site' });
  });
});

describe('people who correct the same stock at once', () => {
  it('lose nothing, whatever they do in whatever order: movements add up to what is on hand, each change is audited once', async () => {
    const quantity = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((parts) => String(parts / 100_000));
    const rounds = fc.array(fc.array(quantity, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rounds, async (history) => {
        const productId = await world.addProduct(place);
        let seen: Answer | undefined;
        let changes = 0;
        for (const wanted of history) {
          const answers = await Promise.all(
            wanted.map((onHand) =>
              set({ productId, onHand, reason: 'Conteo', ...(seen ? { expectedUpdatedAt: seen.updatedAt } : {}) }),
            ),
          );
          const won = answers.filter(({ __typename }) => __typename === 'StockLevel');
          expect(won).toHaveLength(1);
          expect(answers.filter(({ reason }) => reason === 'STALE')).toHaveLength(wanted.length - 1);
          [seen] = won;
          changes += 1;
        }
        const level = await db.client.stockLevel.findFirstOrThrow({ where: { productId } });
        const { _sum } = await db.client.stockMovement.aggregate({ where: { productId }, _sum: { quantity: true } });
        expect(_sum.quantity?.toFixed() ?? '0').toBe(level.quantity.toFixed());
        expect(level.quantity.toFixed()).toBe(seen?.onHand);
        expect(await db.client.auditEntry.count({ where: { entityId: level.id } })).toBe(changes);
      }),
      { numRuns: 12 },
    );
  });
});
