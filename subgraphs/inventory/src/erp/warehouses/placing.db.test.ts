import { eventually } from '@cauce/shared/test/eventually';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { inventoryWorld } from '../../test-support/inventory-world.ts';
import { erpJobs } from '../erp.jobs.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
await world.startJobs(erpJobs(world.deps));
const theirs = await world.addPlace();
const them = testViewer({ role: 'MANAGER', companyIds: [theirs.companyId], siteIds: [theirs.siteId] });

type Answer = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
const ask = async (document: string, variables: object, viewer: typeof them) =>
  (await world.get(document, viewer, { ...variables })) as Answer;

/** A company of its own with a sample ERP, who looks after it, and who works at another site of it. */
const setUp = async (code: string) => {
  const ours = await world.addPlace();
  const us = testViewer({ role: 'MANAGER', companyIds: [ours.companyId], siteIds: [ours.siteId] });
  const neighbour = testViewer({ role: 'MANAGER', companyIds: [ours.companyId], siteIds: [theirs.siteId] });
  const { saved } = await ask(
    `mutation ($input: SaveErpInstallationInput!) { saved: saveErpInstallation(input: $input) { ... on ErpSettings { id } } }`,
    {
      input: {
        ...{ kind: 'SAMPLE', code, name: code, timeZone: 'America/Santiago', companyId: ours.companyId },
        connection: { articles: 60 },
      },
    },
    us,
  );
  return { id: String(saved?.id), ours, us, neighbour };
};
const startAll = (id: string, viewer: typeof them) =>
  ask(
    `mutation ($id: ID) { started: startFullSync(installationId: $id) { __typename
      ... on StartedSyncs { jobs { id entity mode } } ... on Conflict { reason } ... on NotFound { entity } } }`,
    { id },
    viewer,
  );
const runsOf = async (id: string) =>
  (
    await db.pool.query<{ job_type: string; status: string; records_failed: number; ended: number }>(
      `SELECT job_type::text, status::text, records_failed, row_number() OVER (ORDER BY completed_at)::int AS ended
       FROM inventory.sync_jobs WHERE installation_id = $1 ORDER BY created_at`,
      [id],
    )
  ).rows;
const copyAll = async (id: string, viewer: typeof them) => {
  const { started } = await startAll(id, viewer);
  await eventually(async () => (await runsOf(id)).every(({ status }) => status === 'completed'), {
    ...{ timeoutMs: 30_000, what: 'everything is copied' },
  });
  return started;
};
const place = (warehouseId: string, siteId: string | null, viewer: typeof them) =>
  ask(
    `mutation ($input: PlaceWarehouseInput!) { placed: placeWarehouse(input: $input) { __typename
      ... on ErpWarehouse { name levels levelsElsewhere site { id } } ... on NotFound { entity } ... on Conflict { reason } } }`,
    { input: { warehouseId, siteId } },
    viewer,
  );
const warehousesOf = async (id: string, viewer: typeof them) => {
  const { erpSettings } = await ask('{ erpSettings { id warehouses { id name levels site { id } } } }', {}, viewer);
  const list =
    (erpSettings as unknown as { id: string; warehouses: { id: string; name: string; site: unknown }[] }[]) ?? [];
  return list.find((one) => one.id === id)?.warehouses ?? [];
};

describe('copying everything at once', () => {
  it('has each kind wait for those that it refers to, so that no row fails for a product that is on its way', async () => {
    const { id, us } = await setUp('ALL-1');
    const started = await copyAll(id, us);
    expect(started).toMatchObject({
      jobs: ['WAREHOUSES', 'PRODUCTS', 'PRICES', 'CUSTOMERS', 'STOCK', 'SALES'].map((entity) => ({
        entity,
        mode: 'FULL',
      })),
    });
    const runs = await runsOf(id);
    expect(runs.map(({ records_failed }) => records_failed)).toEqual([0, 0, 0, 0, 0, 0]);
    const ended = (name: string) => runs.find(({ job_type }) => job_type === name)?.ended ?? 0;
    expect(ended('precios')).toBeGreaterThan(ended('productos'));
    expect(ended('ventas')).toBeGreaterThan(Math.max(ended('clientes'), ended('productos'), ended('almacenes')));
    expect((await startAll(id, them)).started).toMatchObject({ __typename: 'NotFound' });
  });

  it('reads rows again that failed for want of a product, once it is there', async () => {
    const { id, us } = await setUp('ALL-2');
    const run = async (entity: string) => {
      const { started } = await ask(
        `mutation ($id: ID, $entity: SyncEntity!) { started: startSync(installationId: $id, entity: $entity) { ... on SyncJob { id } } }`,
        { id, entity },
        us,
      );
      const status = async () =>
        (
          await db.pool.query<{ status: string; failed: number; created: number }>(
            'SELECT status::text, records_failed AS failed, records_created AS created FROM inventory.sync_jobs WHERE id = $1',
            [started?.id],
          )
        ).rows[0];
      await eventually(async () => (await status())?.status === 'completed', { timeoutMs: 20_000, what: entity });
      return status();
    };
    expect(await run('PRICES')).toMatchObject({ failed: 60, created: 0 });
    await run('PRODUCTS');
    expect(await run('PRICES')).toMatchObject({ failed: 0, created: 60 });
    expect(await run('PRICES')).toMatchObject({ failed: 0, created: 0 });
  });
});

describe('the warehouse of an ERP', () => {
  it('is placed at a site, with its stock and sales and who sees them, and is told in the audit', async () => {
    const { id, us, ours, neighbour } = await setUp('PLACED-1');
    await copyAll(id, us);
    const [warehouse] = await warehousesOf(id, us);
    expect(warehouse).toMatchObject({ name: 'Bodega central', levels: 60, site: null });
    const counts = async () => {
      const { rows } = await db.pool.query<{ stock: number; sales: number; lines: number }>(
        `SELECT (SELECT count(*)::int FROM inventory.erp_inventario WHERE installation_id = $1 AND site_id = $2) AS stock,
           (SELECT count(*)::int FROM inventory.erp_ventas WHERE installation_id = $1 AND site_id = $2) AS sales,
           (SELECT count(*)::int FROM inventory.erp_ventas_detalle WHERE installation_id = $1 AND site_id = $2) AS lines`,
        [id, ours.siteId],
      );
      return rows[0];
    };
    expect((await place(String(warehouse?.id), ours.siteId, us)).placed).toMatchObject({
      ...{ __typename: 'ErpWarehouse', levels: 60, site: { id: ours.siteId } },
    });
    await eventually(async () => (await counts())?.lines === 30, { timeoutMs: 20_000, what: 'rows have moved' });
    expect(await counts()).toEqual({ stock: 60, sales: 30, lines: 30 });
    const seenBy = async (viewer: typeof us) => {
      const { products } = await ask(
        '{ products(filter: { search: "M-00007" }, first: 5) { edges { node { stock { warehouse } } } } }',
        {},
        viewer,
      );
      return JSON.stringify(products).split('Bodega central').length - 1;
    };
    expect(await seenBy(us)).toBe(1);
    expect(await seenBy(neighbour)).toBe(0);
    await place(String(warehouse?.id), null, us);
    await eventually(async () => (await counts())?.stock === 0, { timeoutMs: 20_000, what: 'rows are back' });
    const { rows } = await db.pool.query(
      "SELECT after FROM access.audit_log WHERE action = 'inventory.placeWarehouse' AND entity_id = $1 ORDER BY id",
      [warehouse?.id],
    );
    expect(rows).toEqual([{ after: { siteId: ours.siteId } }, { after: { siteId: null } }]);
  });

  it('goes to no site that is out of reach or of another company, and is nobody else’s to place', async () => {
    const { id, us, ours, neighbour } = await setUp('PLACED-2');
    await copyAll(id, us);
    const [warehouse] = await warehousesOf(id, us);
    const key = String(warehouse?.id);
    expect((await place(key, theirs.siteId, us)).placed).toEqual({ __typename: 'NotFound', entity: 'Site' });
    expect((await place(key, theirs.siteId, neighbour)).placed).toEqual({
      ...{ __typename: 'Conflict', reason: 'OTHER_COMPANY' },
    });
    expect((await place(key, theirs.siteId, them)).placed).toEqual({ __typename: 'NotFound', entity: 'Warehouse' });
    expect((await place('nope', ours.siteId, us)).placed).toEqual({ __typename: 'NotFound', entity: 'Warehouse' });
    expect(await warehousesOf(id, them)).toEqual([]);
  });
});

describe('the proof of stock', () => {
  const prove = (id: string, viewer: typeof them) =>
    ask(
      `mutation ($id: ID!) { proved: proveStock(installationId: $id) { __typename ... on NotFound { entity } ... on Conflict { reason }
        ... on StockProof { compared diverging balanceSum movementSum ourSum divergences { sku warehouseName balance moved ours month
          isExact document { folio on units } product { name } } } } }`,
      { id },
      viewer,
    );

  it('names each article whose documents do not add up to its balance, with the first document where they part', async () => {
    const { id, us } = await setUp('PROOF-1');
    await copyAll(id, us);
    const { proved } = await prove(id, us);
    expect(proved).toMatchObject({ compared: 120, diverging: 2, ourSum: proved?.balanceSum });
    expect(Number(proved?.balanceSum) - Number(proved?.movementSum)).toBe(6);
    expect(proved).toMatchObject({
      divergences: [
        {
          ...{ sku: 'M-00007', warehouseName: 'Bodega central', month: '2026-01', isExact: true },
          ...{ balance: '98', moved: '95', ours: '98', document: { on: '2026-01-19', units: '-3' } },
          product: { name: 'Artículo de muestra 7' },
        },
        { sku: 'M-00047' },
      ],
    });
    const { erpSettings } = await ask('{ erpSettings { id stockProof { diverging } } }', {}, us);
    expect(erpSettings).toContainEqual({ id, stockProof: { diverging: 2 } });
    expect((await prove(id, them)).proved).toEqual({ __typename: 'NotFound', entity: 'ErpInstallation' });
    expect(JSON.stringify(await ask('{ erpSettings { stockProof { diverging } } }', {}, them))).not.toContain('2');
  });
});
