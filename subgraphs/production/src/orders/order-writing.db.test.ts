import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { productionWorld } from '../test-support/production-world.ts';

const db = await testDatabase();
const world = await productionWorld(db, { clock: fixedClock(new Date('2026-11-20T15:00:00Z')) });
const plant = await world.addPlant({ stored_difference_sign: -1 });
const manager = testViewer({ siteIds: [plant.site_id], companyIds: [plant.company_id] });

const failure = '... on Failure { reason } ... on ValidationFailed { fields { path code } } ... on NotFound { entity }';
const fields =
  'id orderNumber producedAtLocal plannedTons producedTons storedDifferenceTons status updatedAt productName company { id }';
const record = async (input: Record<string, unknown>, viewer = manager) =>
  (
    await world.get(
      `mutation ($input: RecordProductionOrderInput!) {
        recordProductionOrder(input: $input) { __typename ... on ProductionOrder { ${fields} } ${failure} } }`,
      viewer,
      { input },
    )
  ).recordProductionOrder as Record<string, unknown>;
const update = async (input: Record<string, unknown>, viewer = manager) =>
  (
    await world.get(
      `mutation ($input: UpdateProductionOrderInput!) {
        updateProductionOrder(input: $input) { __typename ... on ProductionOrder { ${fields} } ${failure} } }`,
      viewer,
      { input },
    )
  ).updateProductionOrder as Record<string, unknown>;
const newOrder = (change: Record<string, unknown> = {}) => ({
  siteId: plant.site_id,
  orderNumber: randomUUID().slice(0, 12),
  producedAtLocal: '2026-11-20T09:30:00',
  productSku: 'AL-POLLO-INI-25',
  plannedTons: 20,
  ...change,
});
const traces = async (entityId: unknown) => {
  const audit = await db.pool.query(
    'SELECT action, actor_user_id, company_id, site_id, before, after FROM access.audit_log WHERE entity_id = $1 ORDER BY id',
    [entityId],
  );
  const events = await db.pool.query(
    `SELECT payload ->> 'operation' AS operation FROM platform.outbox
     WHERE topic = 'production.orderChanged' AND key = $1 ORDER BY id`,
    [entityId],
  );
  return { audit: audit.rows, events: events.rows.map(({ operation }) => operation) };
};

describe('recordProductionOrder', () => {
  it('writes the order, its audit entry and exactly one event, all in one', async () => {
    const order = await record(
      newOrder({ producedTons: 19.7, cancelledTons: 0, rawMaterialTons: 19.9, waterKg: 210.5, isDispatched: true }),
    );
    expect(order).toMatchObject({
      __typename: 'ProductionOrder',
      producedAtLocal: '2026-11-20T09:30:00',
      status: 'DISPATCHED',
      // The plant stores a loss as a negative number, and other programs go on reading it so.
      storedDifferenceTons: -0.3,
      company: { id: plant.company_id },
    });
    const { audit, events } = await traces(order.id);
    expect(events).toEqual(['INSERT']);
    expect(audit).toMatchObject([
      {
        action: 'production.recordProductionOrder',
        actor_user_id: manager.userId,
        site_id: plant.site_id,
        company_id: plant.company_id,
        before: null,
        after: { plannedTons: 20, producedTons: 19.7 },
      },
    ]);
  });

  it('gives one number to one order of a plant, however many ask at once', async () => {
    const order = newOrder();
    const results = await Promise.all(Array.from({ length: 8 }, () => record(order)));
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      ...Array.from({ length: 7 }, () => 'Conflict'),
      'ProductionOrder',
    ]);
    expect(results.find(({ __typename }) => __typename === 'Conflict')).toMatchObject({ reason: 'ORDER_NUMBER_TAKEN' });
  });

  it.each([
    [{ plannedTons: 0 }, 'plannedTons'],
    [{ plannedTons: 20.005 }, 'plannedTons'],
    [{ cancelledTons: 21 }, 'cancelledTons'],
    [{ producedTons: 197 }, 'producedTons'],
    [{ isDispatched: true }, 'producedTons'],
    [{ qaDurabilityPct: 101 }, 'qaDurabilityPct'],
    [{ orderNumber: '  ' }, 'orderNumber'],
    [{ producedAtLocal: '2026-11-20T09:30:00Z' }, 'producedAtLocal'],
    [{ producedAtLocal: '2026-02-30T09:30' }, 'producedAtLocal'],
    [{ producedAtLocal: '2026-11-23T09:30' }, 'producedAtLocal'],
    [{ siteId: 'planta-norte' }, 'siteId'],
  ])('refuses %j at its field and leaves nothing behind', async (change, path) => {
    const before = await db.client.productionOrder.count();
    expect(await record(newOrder(change))).toMatchObject({ __typename: 'ValidationFailed', fields: [{ path }] });
    expect(await db.client.productionOrder.count()).toBe(before);
  });

  it('refuses a site that is no plant', async () => {
    const siteId = randomUUID();
    expect(await record(newOrder({ siteId }), testAdmin())).toMatchObject({ reason: 'SITE_IS_NO_PLANT' });
  });

  it('is not for who may only look', async () => {
    const looking = testViewer({ role: 'ANALYST', siteIds: [plant.site_id], companyIds: [plant.company_id] });
    const { errors } = await world.ask(
      'mutation ($input: RecordProductionOrderInput!) { recordProductionOrder(input: $input) { __typename } }',
      looking,
      { input: newOrder() },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('updateProductionOrder', () => {
  it('changes what is given, keeps what is not, empties what is null, and tells what was before', async () => {
    const { id } = await record(newOrder({ productName: 'Inicial', producedTons: 10 }));
    const changed = await update({ id, producedTons: 19.5, productName: null, isDispatched: true });
    expect(changed).toMatchObject({
      producedTons: 19.5,
      plannedTons: 20,
      productName: null,
      storedDifferenceTons: -0.5,
    });
    const { audit, events } = await traces(id);
    expect(events).toEqual(['INSERT', 'UPDATE']);
    expect(audit[1]).toMatchObject({
      action: 'production.updateProductionOrder',
      before: { producedTons: 10, productName: 'Inicial' },
      after: { producedTons: 19.5, productName: null },
    });
  });

  it('refuses a change to an order that is not the one that was seen', async () => {
    const { id, updatedAt } = await record(newOrder());
    await db.pool.query('UPDATE production.produccion_aliar SET toneladas_producidas = 5 WHERE id = $1', [id]);
    const stale = await update({ id, expectedUpdatedAt: updatedAt, producedTons: 19 });
    expect(stale).toMatchObject({ __typename: 'Conflict', reason: 'STALE' });
    expect((await traces(id)).audit).toHaveLength(1);
  });

  it('lets one of many changes to the same state win', async () => {
    const { id, updatedAt } = await record(newOrder());
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) => update({ id, expectedUpdatedAt: updatedAt, producedTons: 10 + index })),
    );
    expect(results.filter(({ __typename }) => __typename === 'ProductionOrder')).toHaveLength(1);
    expect((await traces(id)).events).toEqual(['INSERT', 'UPDATE']);
  });

  it('holds the rules against the whole order, not only against what is given', async () => {
    const { id } = await record(newOrder({ producedTons: 19 }));
    expect(await update({ id, plannedTons: 10 })).toMatchObject({
      fields: [{ path: 'producedTons', code: 'TOO_BIG' }],
    });
    expect(await update({ id: randomUUID(), plannedTons: 10 })).toMatchObject({ entity: 'ProductionOrder' });
  });
});
