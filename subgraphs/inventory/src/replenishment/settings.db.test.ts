import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../test-support/inventory-world.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
const place = await world.addPlace();
const beside = await world.addPlace({ companyId: place.companyId });
const foreign = await world.addPlace();
const manager = testViewer({ role: 'MANAGER', companyIds: [place.companyId], siteIds: [place.siteId] });

const fields = `__typename ... on Failure { reason } ... on ValidationFailed { fields { path } } ... on NotFound { entity }`;
const values =
  'id supplierName leadTimeDays reviewPeriodDays packSize minimumOrder minimum maximum serviceLevel updatedAt site { id } product { sku }';
type Answer = Record<string, unknown> & { readonly updatedAt: string; readonly id: string };
const save = async (input: object, who = manager) =>
  (
    await world.get(
      `mutation ($input: SaveReplenishmentSettingInput!) { saveReplenishmentSetting(input: $input) { ${fields}
        ... on ReplenishmentSetting { ${values} } } }`,
      who,
      { input },
    )
  ).saveReplenishmentSetting as Answer;
const saveMany = async (input: object, who = manager) =>
  (
    await world.get(
      `mutation ($input: SaveReplenishmentSettingsInput!) { saveReplenishmentSettings(input: $input) { ${fields}
        ... on SavedReplenishmentSettings { settings { ${values} } } } }`,
      who,
      { input },
    )
  ).saveReplenishmentSettings as Record<string, unknown> & { readonly settings: readonly Answer[] };
const rowsOf = (productId: string) => db.client.replenishmentSetting.findMany({ where: { productId } });

describe('saveReplenishmentSetting', () => {
  it('begins with the usual, then changes only what is given, and the audit tells both', async () => {
    const productId = await world.addProduct(place, { codigo: 'FIRST' });
    const made = await save({
      productId,
      siteId: place.siteId,
      leadTimeDays: 12,
      packSize: '24',
      supplierName: ' Aceros ',
    });
    expect(made).toMatchObject({
      ...{
        __typename: 'ReplenishmentSetting',
        supplierName: 'Aceros',
        leadTimeDays: 12,
        reviewPeriodDays: 7,
        packSize: '24',
      },
      ...{ minimumOrder: null, serviceLevel: '0.95', site: { id: place.siteId }, product: { sku: 'FIRST' } },
    });
    const seen = { productId, siteId: place.siteId, expectedUpdatedAt: made.updatedAt };
    expect(await save({ ...seen, maximum: '90.5', supplierName: null })).toMatchObject({
      ...{ id: made.id, supplierName: null, leadTimeDays: 12, packSize: '24', maximum: '90.5' },
    });
    const audit = await db.client.auditEntry.findMany({ where: { entityId: made.id }, orderBy: { id: 'asc' } });
    expect(audit).toMatchObject([
      { action: 'inventory.saveReplenishmentSetting', siteId: place.siteId, before: null, after: { leadTimeDays: 12 } },
      { before: { maximum: null }, after: { maximum: '90.5' } },
    ]);
  });

  it('of a site begins with what held there for every site', async () => {
    const productId = await world.addProduct(place);
    await save({ productId, leadTimeDays: 30, packSize: '6', supplierName: 'Rodamientos' });
    expect(await save({ productId, siteId: place.siteId, serviceLevel: '0.99' })).toMatchObject({
      ...{
        leadTimeDays: 30,
        packSize: '6',
        supplierName: 'Rodamientos',
        serviceLevel: '0.99',
        site: { id: place.siteId },
      },
    });
    expect(await rowsOf(productId)).toHaveLength(2);
  });

  it('is refused to who has not seen the last change, and one of several makers wins', async () => {
    const productId = await world.addProduct(place);
    const made = await Promise.all(
      [1, 2, 3].map((days) => save({ productId, siteId: place.siteId, leadTimeDays: days })),
    );
    expect(made.map((answer) => answer.reason ?? 'won').toSorted()).toEqual(['STALE', 'STALE', 'won']);
    const won = made.find((answer) => answer.reason === undefined);
    const next = { productId, siteId: place.siteId, expectedUpdatedAt: won?.updatedAt };
    const changes = await Promise.all([4, 5].map((days) => save({ ...next, leadTimeDays: days })));
    expect(changes.map((answer) => answer.reason ?? 'won').toSorted()).toEqual(['STALE', 'won']);
    expect(await rowsOf(productId)).toHaveLength(1);
  });

  it.each([
    [{ leadTimeDays: -1 }, 'leadTimeDays'],
    [{ reviewPeriodDays: 366 }, 'reviewPeriodDays'],
    [{ packSize: '0' }, 'packSize'],
    [{ packSize: '-3' }, 'packSize'],
    [{ minimumOrder: '1.123456' }, 'minimumOrder'],
    [{ minimum: '9', maximum: '8' }, 'maximum'],
    [{ serviceLevel: '1' }, 'serviceLevel'],
    [{ serviceLevel: '0.4' }, 'serviceLevel'],
    [{ supplierName: 'a\u0000b' }, 'supplierName'],
    [{}, 'leadTimeDays'],
  ])('names the field that is wrong: %j', async (wrong, path) => {
    const productId = await world.addProduct(place);
    expect(await save({ productId, siteId: place.siteId, ...wrong })).toMatchObject({
      __typename: 'ValidationFailed',
      fields: [{ path }],
    });
    expect(await rowsOf(productId)).toEqual([]);
  });

  it('keeps to the sites and the company of who asks, and to sites where the company is', async () => {
    const ours = await world.addProduct(place);
    const theirs = await world.addProduct(foreign);
    const missing = (entity: string) => ({ __typename: 'NotFound', reason: 'NOT_FOUND', entity });
    expect(await save({ productId: ours, siteId: beside.siteId, leadTimeDays: 1 })).toEqual(missing('Site'));
    expect(await save({ productId: ours, siteId: foreign.siteId, leadTimeDays: 1 })).toEqual(missing('Site'));
    expect(await save({ productId: theirs, siteId: place.siteId, leadTimeDays: 1 })).toEqual(missing('Product'));
    expect(await save({ productId: theirs, leadTimeDays: 1 })).toEqual(missing('Product'));
    expect(await save({ productId: randomUUID(), leadTimeDays: 1 })).toEqual(missing('Product'));
    const both = testViewer({ role: 'MANAGER', companyIds: [place.companyId, foreign.companyId], siteIds: 'all' });
    expect(await save({ productId: ours, siteId: foreign.siteId, leadTimeDays: 1 }, both)).toMatchObject({
      reason: 'OTHER_COMPANY',
    });
    expect([...(await rowsOf(ours)), ...(await rowsOf(theirs))]).toEqual([]);
  });

  it('is refused to who may only read', async () => {
    const { errors } = await world.ask(
      'mutation ($id: ID!) { saveReplenishmentSetting(input: { productId: $id, leadTimeDays: 3 }) { __typename } }',
      { ...manager, permissions: ['inventory:read', 'predictions:read'] },
      { id: randomUUID() },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});

describe('saveReplenishmentSettings', () => {
  it('sets the same fields of many products and leaves each its others', async () => {
    const first = await world.addProduct(place, { codigo: 'B-1' });
    const second = await world.addProduct(place, { codigo: 'B-2' });
    await save({ productId: first, siteId: place.siteId, packSize: '5' });
    const { settings } = await saveMany({ productIds: [first, second], siteId: place.siteId, supplierName: 'Correas' });
    expect(settings).toMatchObject([
      { product: { sku: 'B-1' }, packSize: '5', supplierName: 'Correas' },
      { product: { sku: 'B-2' }, packSize: '1', supplierName: 'Correas' },
    ]);
    const entries = await db.client.auditEntry.findMany({ where: { entityId: { in: settings.map(({ id }) => id) } } });
    expect(entries).toHaveLength(3);
  });

  it('changes none when one of them cannot be', async () => {
    const fine = await world.addProduct(place);
    const limited = await world.addProduct(place);
    await save({ productId: limited, siteId: place.siteId, minimum: '50' });
    const answer = await saveMany({ productIds: [fine, limited], siteId: place.siteId, maximum: '10' });
    expect(answer).toMatchObject({ __typename: 'ValidationFailed', fields: [{ path: 'maximum' }] });
    expect(await saveMany({ productIds: [fine, randomUUID()], leadTimeDays: 2 })).toMatchObject({ entity: 'Product' });
    expect(await rowsOf(fine)).toEqual([]);
    expect((await rowsOf(limited))[0]?.maximum).toBeNull();
  });

  it('takes each product once, and no more than 200', async () => {
    const id = await world.addProduct(place);
    for (const productIds of [[], [id, id.toUpperCase()], Array.from({ length: 201 }, () => randomUUID())]) {
      expect(await saveMany({ productIds, leadTimeDays: 2 })).toMatchObject({ __typename: 'ValidationFailed' });
    }
  });
});
