import { eventually } from '@cauce/shared/test/eventually';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, erpCopyWorld } from '../test-support/erp-copy.ts';
import { describeWithFirebird, type FirebirdServer, startFirebird } from '../test-support/firebird-server.ts';
import { inventoryWorld } from '../test-support/inventory-world.ts';
import { microsipScript, smallMicrosip } from '../test-support/microsip-database.ts';
import { copyFromErpJob, erpJobs, planCopies } from './erp.jobs.ts';
import { createSampleSource } from './sample-source.ts';

const db = await testDatabase();
const world = await inventoryWorld(db);
world.startRelay();
await world.startJobs(erpJobs(world.deps));
const ours = await world.addPlace();
const theirs = await world.addPlace();
const us = testViewer({ role: 'MANAGER', companyIds: [ours.companyId], siteIds: [ours.siteId] });
const them = testViewer({ role: 'MANAGER', companyIds: [theirs.companyId], siteIds: [theirs.siteId] });

const save = `mutation ($input: SaveErpInstallationInput!) { saved: saveErpInstallation(input: $input) { __typename
  ... on ErpSettings { id hasPassword connection mappingConfirmedAt updatedAt }
  ... on ValidationFailed { fields { path code } } ... on Conflict { reason } ... on NotFound { entity } } }`;
const job = `... on SyncJob { id status recordsExpected recordsProcessed errorCode } ... on Conflict { reason }
  ... on NotFound { entity } ... on ValidationFailed { fields { path } }`;
const start = `mutation ($id: ID, $entity: SyncEntity!) {
  started: startSync(installationId: $id, entity: $entity, mode: FULL) { __typename ${job} } }`;

type Answer = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
const ask = async (document: string, variables: object, viewer = us) =>
  (await world.get(document, viewer, { ...variables })) as Answer;

const addSample = async (code: string, viewer = us, place = ours) => {
  const input = { kind: 'SAMPLE', code, name: code, timeZone: 'America/Santiago', companyId: place.companyId };
  const { saved } = await ask(save, { input: { ...input, connection: { articles: 20 } } }, viewer);
  return String(saved?.id);
};
const ended = (id: unknown, viewer = us) =>
  eventually(
    async () => {
      const { syncJob } = await ask('query ($id: ID!) { syncJob(id: $id) { status } }', { id }, viewer);
      return syncJob?.status === 'COMPLETED' || syncJob?.status === 'FAILED';
    },
    { timeoutMs: 20_000, what: 'the run ends' },
  );

describe('copying from an ERP', () => {
  it('is asked for, works in the background and leaves its proof', async () => {
    const id = await addSample('SAMPLE-1');
    for (const entity of ['WAREHOUSES', 'PRODUCTS', 'STOCK']) {
      const { started } = await ask(start, { id, entity });
      expect(started).toMatchObject({ __typename: 'SyncJob' });
      await ended(started?.id);
      const { syncJob } = await ask(
        `query ($id: ID!) { syncJob(id: $id) { status recordsCreated rowsPerSecond secondsLeft failedRows { reason }
          certificate { isComplete sourceCount ourCount failedCount } } }`,
        { id: started?.id },
      );
      const count = { WAREHOUSES: 2, PRODUCTS: 20, STOCK: 40 }[entity] ?? 0;
      expect(syncJob).toMatchObject({
        ...{ status: 'COMPLETED', recordsCreated: count, secondsLeft: null, failedRows: [] },
        certificate: { isComplete: true, sourceCount: String(count), ourCount: String(count), failedCount: '0' },
      });
      expect(syncJob?.rowsPerSecond).toBeGreaterThan(0);
    }
    const { products } = await ask(
      '{ products(filter: { search: "M-00007" }, first: 1) { edges { node { sku } } } }',
      {},
    );
    expect(products).toEqual({ edges: [{ node: { sku: 'M-00007' } }] });
  });

  it('runs once at a time for each kind of row, and can be cancelled and resumed while it waits', async () => {
    const id = await addSample('SAMPLE-2');
    const waiting = await world.add('sync_jobs', {
      ...{ job_type: 'ventas', mode: 'FULL', installation_id: id, company_id: ours.companyId },
    });
    expect((await ask(start, { id, entity: 'SALES' })).started).toEqual({
      __typename: 'Conflict',
      reason: 'ALREADY_RUNNING',
    });
    const cancel = `mutation ($id: ID!) { done: cancelSync(jobId: $id) { ${job} } }`;
    expect((await ask(cancel, { id: waiting })).done).toMatchObject({ status: 'CANCELLED' });
    expect((await ask(cancel, { id: waiting })).done).toEqual({ reason: 'NOT_RUNNING' });
    await ask(`mutation ($id: ID!) { done: resumeSync(jobId: $id) { ${job} } }`, { id: waiting });
    await ended(waiting);
  });

  it('ends by itself when it was cancelled and its worker is dead, so that another can begin', async () => {
    const id = await addSample('SAMPLE-5');
    const run = await world.add('sync_jobs', {
      ...{ job_type: 'clientes', mode: 'FULL', status: 'running', installation_id: id, company_id: ours.companyId },
      heartbeat_at: new Date(Date.now() - 600_000),
    });
    await ask('mutation ($id: ID!) { done: cancelSync(jobId: $id) { __typename } }', { id: run });
    const [plan] = erpJobs(world.deps);
    await world.deps.jobs.enqueue(plan as never, {} as never);
    const status = async () =>
      (await ask('query ($id: ID!) { syncJob(id: $id) { status } }', { id: run })).syncJob?.status;
    await eventually(async () => (await status()) === 'CANCELLED', { timeoutMs: 20_000, what: 'the run is cancelled' });
    expect((await ask(start, { id, entity: 'CUSTOMERS' })).started).toMatchObject({ __typename: 'SyncJob' });
  });

  it('is changed by one person at a time, and read from the beginning once it is elsewhere', async () => {
    const connection = { host: 'erp.example', database: 'empresa', user: 'LECTOR' };
    const input = { kind: 'MICROSIP', code: 'MOVED', name: 'ERP', timeZone: 'America/Mexico_City', connection };
    const { saved } = await ask(save, { input: { ...input, companyId: ours.companyId, password: 'secreta 1' } });
    const id = String(saved?.id);
    await db.pool.query(
      `INSERT INTO inventory.sync_bookmarks (installation_id, entity, cursor, updated_at) VALUES ($1, 'productos', '{}', now())`,
      [id],
    );
    const bookmarks = async () =>
      (await db.pool.query('SELECT 1 FROM inventory.sync_bookmarks WHERE installation_id = $1', [id])).rowCount;
    const { updatedAt: expectedUpdatedAt } = saved ?? {};
    const renamed = (name: string) => ask(save, { input: { ...input, id, name, expectedUpdatedAt } });
    const both = await Promise.all([renamed('Uno'), renamed('Dos')]);
    expect(both.map((answer) => answer.saved?.reason ?? 'saved').toSorted()).toEqual(['STALE', 'saved']);
    expect(await bookmarks()).toBe(1);
    const moved = { ...input, id, connection: { ...connection, host: 'otro.example' } };
    expect((await ask(save, { input: moved })).saved).toMatchObject({ reason: 'PASSWORD_NEEDED' });
    await ask(save, { input: { ...moved, password: 'secreta 2' } });
    expect(await bookmarks()).toBe(0);
  });

  it('begins with everything once its mapping was confirmed anew while it went on', async () => {
    const own = await erpCopyWorld(db);
    const bookmarked = async () =>
      (await db.pool.query('SELECT 1 FROM inventory.sync_bookmarks WHERE installation_id = $1', [own.installationId]))
        .rowCount;
    const confirm = () =>
      db.pool.query('UPDATE inventory.erp_installations SET mapping_confirmed_at = now() WHERE id = $1', [
        own.installationId,
      ]);
    const sample = createSampleSource(5, () => new Date());
    const disturbed = {
      open: async (signal: AbortSignal) => {
        await confirm();
        return sample.open(signal);
      },
    };
    expect(await own.copy(disturbed, 'WAREHOUSES', 'INCREMENTAL')).toMatchObject({ status: 'completed' });
    expect(await bookmarked()).toBe(0);
    await own.copy(sample, 'WAREHOUSES', 'INCREMENTAL');
    expect(await bookmarked()).toBe(1);
  });

  it('is told live to who reaches the company, and to nobody else', async () => {
    const id = await addSample('SAMPLE-3');
    const columns = { job_type: 'clientes', installation_id: id, company_id: ours.companyId, records_processed: 3 };
    const run = await world.add('sync_jobs', columns);
    const document = `subscription { syncJobProgress(jobId: "${run}") { status recordsProcessed } }`;
    const [mine, foreign] = [await world.listen(document, us), await world.listen(document, them)];
    await ask('mutation ($id: ID!) { done: cancelSync(jobId: $id) { __typename } }', { id: run });
    expect((await mine.next()).syncJobProgress).toEqual({ status: 'CANCELLED', recordsProcessed: 3 });
    expect(await Promise.race([foreign.next(), Promise.resolve('nothing')])).toBe('nothing');
    mine.stop();
    foreign.stop();
    const seen = await ask('query ($id: ID!) { syncJob(id: $id) { status } }', { id: run }, them);
    expect(seen.syncJob).toBeNull();
  });

  it('waits for its mapping, and makes the runs that its schedules are due for', async () => {
    const id = await addSample('SAMPLE-4');
    const saveSchedule = `mutation ($input: SaveSyncScheduleInput!) { saved: saveSyncSchedule(input: $input) { __typename
      ... on SyncSchedule { cron nextRunAt } ... on ValidationFailed { fields { path } } ... on NotFound { entity } } }`;
    const input = { installationId: id, entity: 'PRICES', mode: 'INCREMENTAL', cron: '*/10 * * * *', isActive: true };
    expect((await ask(saveSchedule, { input })).saved).toMatchObject({
      __typename: 'SyncSchedule',
      cron: '*/10 * * * *',
    });
    expect((await ask(saveSchedule, { input: { ...input, cron: 'often' } })).saved).toMatchObject({
      fields: [{ path: 'cron' }],
    });
    expect((await ask(saveSchedule, { input }, them)).saved).toEqual({
      __typename: 'NotFound',
      entity: 'ErpInstallation',
    });
    await db.pool.query(
      "UPDATE inventory.sync_schedules SET next_run_at = now() - interval '1 minute' WHERE installation_id = $1 AND entity = 'precios' AND mode = 'INCREMENTAL'",
      [id],
    );
    const [plan] = erpJobs(world.deps);
    await world.deps.jobs.enqueue(plan as never, {} as never);
    await eventually(
      async () => {
        const { rows } = await db.pool.query(
          "SELECT 1 FROM inventory.sync_jobs WHERE installation_id = $1 AND job_type = 'precios' AND status = 'completed'",
          [id],
        );
        return rows.length === 1;
      },
      { timeoutMs: 20_000, what: 'the planned run is through' },
    );
  });
});

describe('hours at which nobody was there', () => {
  it('are made up for once when somebody is, by the complete copy where both were due', async () => {
    const id = await addSample('SAMPLE-LATE');
    const late = () =>
      db.pool.query(
        `UPDATE inventory.sync_schedules SET next_run_at = now() - CASE mode WHEN 'FULL' THEN interval '2 days' ELSE interval '3 days' END
         WHERE installation_id = $1 AND entity = 'precios'`,
        [id],
      );
    const back = () =>
      planCopies(
        world.deps,
        copyFromErpJob(async () => {}),
      );
    const runs = async () => {
      const { rows } = await db.pool.query<{ mode: string; id: string }>(
        "SELECT id::text, mode::text FROM inventory.sync_jobs WHERE installation_id = $1 AND job_type = 'precios' ORDER BY created_at",
        [id],
      );
      return rows;
    };
    const due = async () => {
      const { rows } = await db.pool.query<{ mode: string }>(
        "SELECT mode::text FROM inventory.sync_schedules WHERE installation_id = $1 AND entity = 'precios' AND next_run_at <= now()",
        [id],
      );
      return rows.map(({ mode }) => mode);
    };
    await late();
    await back();
    await back();
    const [made, ...others] = await runs();
    expect([made?.mode, others, await due()]).toEqual(['FULL', [], []]);
    await ended(made?.id);

    // What is under way is waited for, and the complete copy is not lost by it.
    const columns = { job_type: 'precios', mode: 'INCREMENTAL', installation_id: id, company_id: ours.companyId };
    const open = await world.add('sync_jobs', { ...columns, status: 'running', heartbeat_at: new Date() });
    await late();
    await back();
    expect([(await runs()).length, await due()]).toEqual([2, ['FULL']]);
    await db.pool.query("UPDATE inventory.sync_jobs SET status = 'completed' WHERE id = $1", [open]);
    await back();
    expect([(await runs()).map(({ mode }) => mode), await due()]).toEqual([['FULL', 'INCREMENTAL', 'FULL'], []]);
  });
});

describe('a viewer of another company', () => {
  it('sees no ERP, run, proof or row of ours, and changes none', async () => {
    const id = await addSample('SECRETO-1');
    const run = await world.add('sync_jobs', {
      ...{
        job_type: 'ventas',
        status: 'failed',
        installation_id: id,
        company_id: ours.companyId,
        error_message: 'SECRETO',
      },
    });
    await db.pool.query(
      "INSERT INTO inventory.sync_failed_rows (job_id, entity, source_key, data, reason) VALUES ($1, 'ventas', 'SECRETO', '{}', 'SECRETO')",
      [run],
    );
    await db.pool.query(
      'INSERT INTO inventory.sync_certificates (job_id, is_complete, our_count) VALUES ($1, FALSE, 77)',
      [run],
    );
    const seen = await ask(
      `query ($run: ID!) { erpSettings { id installation { code } } syncStatus { jobs { id errorMessage certificate { ourCount } failedRows { reason } }
        schedules { id } lastSync { installation { code } } } syncJob(id: $run) { id } }`,
      { run },
      them,
    );
    const changed = await ask(
      `mutation ($id: ID!, $run: ID!) {
        a: startSync(installationId: $id, entity: SALES) { __typename } b: cancelSync(jobId: $run) { __typename }
        c: resumeSync(jobId: $run) { __typename } d: auditErp(id: $id) { __typename }
        e: saveErpMapping(id: $id, mapping: { charset: "UTF8", keyRoleId: null, priceListId: null, entities: {} }) { __typename } }`,
      { id, run },
      them,
    );
    const input = { id, kind: 'SAMPLE', code: 'X', name: 'X', timeZone: 'UTC', connection: { articles: 1 } };
    const saved = await ask(save, { input }, them);
    const planted = await ask(save, { input: { ...input, id: null, companyId: ours.companyId } }, them);
    for (const word of [id, run, 'SECRETO', '77']) expect(JSON.stringify([seen, changed, saved])).not.toContain(word);
    for (const answer of Object.values(changed)) expect(answer).toEqual({ __typename: 'NotFound' });
    expect(saved.saved).toEqual({ __typename: 'NotFound', entity: 'ErpInstallation' });
    expect(planted.saved).toEqual({ __typename: 'NotFound', entity: 'Company' });
    const mine = await ask(
      'query ($run: ID!) { syncJob(id: $run) { failedRows { reason } certificate { ourCount } } }',
      { run },
    );
    expect(mine.syncJob).toEqual({ failedRows: [{ reason: 'SECRETO' }], certificate: { ourCount: '77' } });
  });

  it('who may only read is refused the settings and every change', async () => {
    const reader = testViewer({ role: 'VIEWER', companyIds: [ours.companyId], siteIds: [ours.siteId] });
    for (const document of ['{ erpSettings { id } }', 'mutation { startSync(entity: SALES) { __typename } }']) {
      const { errors } = await world.ask(document, reader);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });
});

describeWithFirebird('setting up a Microsip', () => {
  let firebird: FirebirdServer;
  beforeAll(async () => {
    firebird = await startFirebird();
  });
  afterAll(() => firebird.stop());

  it('is saved with its password sealed, audited, confirmed and copied', async () => {
    const path = firebird.create('setup', 'WIN1252', microsipScript(smallMicrosip, 'LINES'));
    const { password, ...connection } = addressOf(firebird, path);
    const input = {
      kind: 'MICROSIP',
      code: 'MSIP',
      name: 'Microsip',
      timeZone: 'America/Mexico_City',
      companyId: ours.companyId,
    };
    expect((await ask(save, { input: { ...input, connection } })).saved).toMatchObject({ reason: 'PASSWORD_NEEDED' });
    const { saved } = await ask(save, { input: { ...input, connection, password } });
    expect(saved).toMatchObject({ hasPassword: true, mappingConfirmedAt: null });
    expect(JSON.stringify(saved)).not.toContain(password);
    const kept = await db.pool.query<{ row: string }>(
      'SELECT to_jsonb(i)::text AS row FROM inventory.erp_installations i WHERE id = $1',
      [saved?.id],
    );
    expect(kept.rows[0]?.row).not.toContain(password);
    const moved = { ...input, id: saved?.id, connection: { ...connection, host: 'elsewhere.example' } };
    expect((await ask(save, { input: moved })).saved).toMatchObject({ reason: 'PASSWORD_NEEDED' });
    const id = saved?.id;
    expect((await ask(start, { id, entity: 'PRODUCTS' })).started).toMatchObject({ reason: 'NOT_CONFIRMED' });
    const { audited } = await ask(
      `mutation ($id: ID!) { audited: auditErp(id: $id) { ... on ErpSettings { audit { charset keyRoles { id uses } mapping
        samples { entity fields rows } doubts { code entity } } } } }`,
      { id },
    );
    const audit = audited?.audit as { mapping: object; samples: unknown[] };
    expect(audit).toMatchObject({ charset: 'WIN1252', mapping: { keyRoleId: 17 } });
    expect(audit.samples).toHaveLength(6);
    const confirm = `mutation ($id: ID!, $mapping: JSON!) { done: saveErpMapping(id: $id, mapping: $mapping) { __typename
      ... on ValidationFailed { fields { path } } } }`;
    const bad = { ...audit.mapping, entities: { PRODUCTS: { from: 'VIEW', relation: 'A"; DROP', columns: {} } } };
    expect((await ask(confirm, { id, mapping: bad })).done).toMatchObject({ __typename: 'ValidationFailed' });
    expect((await ask(confirm, { id, mapping: audit.mapping })).done).toEqual({ __typename: 'ErpSettings' });
    const { started } = await ask(start, { id, entity: 'CUSTOMERS' });
    await ended(started?.id);
    const done = await ask(
      'query ($id: ID!) { syncJob(id: $id) { status recordsCreated certificate { isComplete } } }',
      { id: started?.id },
    );
    expect(done.syncJob).toEqual({
      status: 'COMPLETED',
      recordsCreated: smallMicrosip.customers,
      certificate: { isComplete: true },
    });
  });

  it('tells a wrong password from an ERP that is not there, and keeps why', async () => {
    const path = firebird.create('wrong', 'WIN1252', 'CREATE TABLE T (A INTEGER);\nCOMMIT;\n');
    const { password: _, ...connection } = addressOf(firebird, path);
    const input = {
      kind: 'MICROSIP',
      code: 'WRONG',
      name: 'W',
      timeZone: 'UTC',
      companyId: ours.companyId,
      connection,
      password: 'wrong',
    };
    const { saved } = await ask(save, { input });
    const audit = 'mutation ($id: ID!) { done: auditErp(id: $id) { ... on Conflict { reason } } }';
    expect((await ask(audit, { id: saved?.id })).done).toEqual({ reason: 'SIGN_IN_REFUSED' });
    const { erpSettings } = await ask('{ erpSettings { id lastCheckError } }', {});
    expect(erpSettings).toContainEqual({ id: saved?.id, lastCheckError: expect.stringContaining('refused the user') });
  });
});
