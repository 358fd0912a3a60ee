import { spawn } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '@cauce/shared/clock';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../../test-support/inventory-world.ts';
import { importQuestions, viewerOf } from '../test-support/import-questions.ts';
import { sheetOf } from '../test-support/workbook.ts';
import type { ImportStepName } from './import-step.ts';
import { createImportJob } from './imports.jobs.ts';
import { settleImports } from './settle-imports.ts';

const workerProgram = new URL('../test-support/import-worker.fixture.ts', import.meta.url).pathname;
/** Kills at random moments; more of them in a run by hand. */
const randomKills = Number(process.env.CAUCE_IMPORT_KILLS ?? 1);

const db = await testDatabase();
const world = await inventoryWorld(db);
const job = createImportJob(world.deps);
const { ask, start, read, begin, levels, discard } = importQuestions(world, db);

// No worker runs by itself here: each step is done, or killed, by the test.
const work = (importId: string, step: ImportStepName) =>
  job.handle(
    { importId, step },
    {
      ...{ jobId: importId, attempt: 0, clock: systemClock, log: silentLog, signal: AbortSignal.timeout(60_000) },
      reportProgress: () => {},
    },
  );
const later = { now: () => new Date(Date.now() + 11_000) };
const settle = () => settleImports({ ...world.deps, clock: { ...systemClock, ...later } }, job);

function startWorker(importId: string, step: ImportStepName) {
  const worker = spawn(
    process.execPath,
    [...process.execArgv, workerProgram, db.url, importId, step, world.deps.settings.dataDir],
    { stdio: 'ignore' },
  );
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  return {
    kill: async () => {
      worker.kill('SIGKILL');
      await gone;
    },
    hasEnded: () => worker.exitCode !== null,
  };
}

const workersAt = async (condition: string) =>
  (await db.pool.query(`SELECT 1 FROM pg_stat_activity WHERE application_name = 'import-worker' AND ${condition}`))
    .rowCount ?? 0;

/** Kills a worker while it waits, in the midst of its writing, for a table that the test holds. */
async function killAt(table: string, importId: string, step: ImportStepName): Promise<void> {
  const holder = await db.pool.connect();
  await holder.query(`BEGIN; LOCK TABLE inventory.${table} IN SHARE MODE`);
  try {
    const worker = startWorker(importId, step);
    await eventually(async () => (await workersAt(`wait_event_type = 'Lock'`)) > 0, {
      ...{ timeoutMs: 20_000, what: 'the worker waits' },
    });
    await worker.kill();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
  await eventually(async () => (await workersAt('TRUE')) === 0, { timeoutMs: 20_000, what: 'its connections end' });
}

const head = ['Código', 'Descripción', 'Existencia'];
const stock = sheetOf([head, ['A', 'Uno', 5], ['B', 'Dos', 6]]);

async function previewed(place: Place, bytes = stock, viewer = viewerOf(place)) {
  const { id, uploadId } = await start(viewer, place.companyId, bytes);
  await work(id, 'PREVIEW');
  return { viewer, place, ...(await read(viewer, uploadId)) };
}

async function committed(place: Place, bytes = stock, viewer = viewerOf(place)) {
  const file = await previewed(place, bytes, viewer);
  await begin(file.viewer, 'commitSpreadsheet', file.id, { skipRefused: true, plan: file.plan });
  await work(file.id, 'COMMIT');
  return file;
}

describe('a worker that dies', () => {
  it.each([
    ['reading', 'PREVIEW', 'spreadsheet_import_rows', 'PARSING', 'PREVIEW'],
    ['writing', 'COMMIT', 'erp_inventario', 'COMMITTING', 'COMPLETED'],
    ['undoing', 'UNDO', 'erp_inventario', 'UNDOING', 'UNDONE'],
  ] as const)(
    'while %s leaves nothing behind, and another does the step',
    async (_what, step, table, during, after) => {
      const place = await world.addPlace();
      const viewer = viewerOf(place);
      const file =
        step === 'PREVIEW'
          ? await start(viewer, place.companyId, stock)
          : await (step === 'COMMIT' ? previewed : committed)(place, stock, viewer);
      if (step === 'COMMIT') await begin(viewer, 'commitSpreadsheet', file.id, { skipRefused: true });
      if (step === 'UNDO') await begin(viewer, 'undoSpreadsheet', file.id);
      const before = await levels(place);
      await killAt(table, file.id, step);
      expect(await read(viewer, file.uploadId)).toMatchObject({ status: during });
      expect(await levels(place)).toEqual(before);
      expect(await settle()).toBe(1);
      await work(file.id, step);
      expect(await read(viewer, file.uploadId)).toMatchObject({ status: after, problem: null });
      expect(await levels(place)).toHaveLength(step === 'COMMIT' ? 2 : 0);
      expect(await settle()).toBe(0);
    },
  );

  it(`leaves all or nothing wherever it dies (${randomKills} times)`, async () => {
    const rows = Array.from({ length: 400 }, (_none, row) => [`R-${row}`, 'Pieza', row + 1]);
    for (let kill = 0; kill < randomKills; kill += 1) {
      const place = await world.addPlace();
      const file = await previewed(place, sheetOf([head, ...rows]));
      await begin(file.viewer, 'commitSpreadsheet', file.id, { skipRefused: true, plan: file.plan });
      const worker = startWorker(file.id, 'COMMIT');
      await eventually(async () => (await workersAt('TRUE')) > 0 || worker.hasEnded(), {
        ...{ timeoutMs: 20_000, what: 'the worker has begun' },
      });
      await wait(Math.random() * 300);
      await worker.kill();
      await eventually(async () => (await workersAt('TRUE')) === 0, { timeoutMs: 20_000, what: 'its connections end' });
      const { status } = await read(file.viewer, file.uploadId);
      expect(await levels(place)).toHaveLength(status === 'COMPLETED' ? 400 : 0);
      await settle();
      await work(file.id, 'COMMIT');
      expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'COMPLETED' });
      expect(await levels(place)).toHaveLength(400);
    }
  }, 300_000);

  it('is not taken for dead while it works', async () => {
    const place = await world.addPlace();
    const file = await previewed(place);
    await begin(file.viewer, 'commitSpreadsheet', file.id, { skipRefused: true });
    const holder = await db.pool.connect();
    await holder.query('BEGIN; LOCK TABLE inventory.erp_inventario IN SHARE MODE');
    const working = work(file.id, 'COMMIT');
    await eventually(
      async () => (await db.client.spreadsheetImport.findUnique({ where: { id: file.id } }))?.stepAttempts === 1,
      { timeoutMs: 10_000, what: 'it was taken up' },
    );
    expect(await settle()).toBe(0);
    await holder.query('ROLLBACK');
    holder.release();
    await working;
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'COMPLETED' });
  });
});

describe('a step that fails three times', () => {
  it('says that the file could not be read, and reads it when it is asked again', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const { id, uploadId } = await start(viewer, place.companyId, stock);
    const { storagePath } = await db.client.upload.findUniqueOrThrow({ where: { id: uploadId } });
    const path = join(world.deps.settings.dataDir, 'uploads', storagePath);
    await rename(path, `${path}.gone`);
    await expect(work(id, 'PREVIEW')).rejects.toThrow();
    await expect(work(id, 'PREVIEW')).rejects.toThrow();
    expect(await read(viewer, uploadId)).toMatchObject({ status: 'PARSING' });
    await work(id, 'PREVIEW');
    expect(await read(viewer, uploadId)).toMatchObject({ status: 'FAILED', problem: 'READING_FAILED' });
    await rename(`${path}.gone`, path);
    expect(await begin(viewer, 'readSpreadsheetAgain', id)).toMatchObject({ status: 'UPLOADED', problem: null });
    await work(id, 'PREVIEW');
    expect(await read(viewer, uploadId)).toMatchObject({ status: 'PREVIEW', rowsCreated: 2 });
  });

  it('goes back to the preview when it could not be written, and to the committed file when it could not be undone', async () => {
    const place = await world.addPlace();
    const file = await previewed(place);
    await db.pool.query(`
      CREATE FUNCTION inventory.refuse_for_test() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
      CREATE TRIGGER refuse_for_test BEFORE INSERT OR DELETE ON inventory.erp_inventario
        FOR EACH ROW EXECUTE FUNCTION inventory.refuse_for_test()`);
    const trigger = (how: string) =>
      db.pool.query(`ALTER TABLE inventory.erp_inventario ${how} TRIGGER refuse_for_test`);
    await begin(file.viewer, 'commitSpreadsheet', file.id, { plan: file.plan });
    await expect(work(file.id, 'COMMIT')).rejects.toThrow();
    await expect(work(file.id, 'COMMIT')).rejects.toThrow();
    // The last one dies without a word.
    await killAt('erp_productos', file.id, 'COMMIT');
    expect(await settle()).toBe(1);
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'PREVIEW', problem: 'COMMIT_FAILED' });
    expect(await levels(place)).toEqual([]);
    await trigger('DISABLE');
    await begin(file.viewer, 'commitSpreadsheet', file.id, { plan: file.plan });
    await work(file.id, 'COMMIT');
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'COMPLETED', problem: null });
    await trigger('ENABLE');
    await begin(file.viewer, 'undoSpreadsheet', file.id);
    await expect(work(file.id, 'UNDO')).rejects.toThrow();
    await expect(work(file.id, 'UNDO')).rejects.toThrow();
    await work(file.id, 'UNDO');
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'COMPLETED', problem: 'UNDO_FAILED' });
    await db.pool.query(`DROP TRIGGER refuse_for_test ON inventory.erp_inventario;
      DROP FUNCTION inventory.refuse_for_test()`);
    await begin(file.viewer, 'undoSpreadsheet', file.id);
    await work(file.id, 'UNDO');
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'UNDONE', problem: null });
  });
});

describe('what was previewed is what is committed', () => {
  it('looks again where the counts are the same and the rows are not', async () => {
    const place = await world.addPlace();
    await world.addStock(place, await world.addProduct(place, { codigo: 'A' }), { stock_actual: 4 });
    const file = await previewed(place);
    expect(file).toMatchObject({ rowsCreated: 1, rowsUpdated: 1 });
    expect(file.rows[0]).toMatchObject({ status: 'UPDATED', previousQuantity: '4' });
    await db.pool.query('UPDATE inventory.erp_inventario SET stock_actual = 3 WHERE site_id = $1', [place.siteId]);
    await begin(file.viewer, 'commitSpreadsheet', file.id, { plan: file.plan });
    await work(file.id, 'COMMIT');
    const seen = await read(file.viewer, file.uploadId);
    expect(seen).toMatchObject({ status: 'PREVIEW', problem: 'PREVIEW_CHANGED', rowsCreated: 1, rowsUpdated: 1 });
    expect(seen.rows[0]).toMatchObject({ previousQuantity: '3' });
    expect(seen.plan).not.toBe(file.plan);
    expect(await begin(file.viewer, 'commitSpreadsheet', file.id, { plan: file.plan })).toEqual({
      reason: 'PREVIEW_CHANGED',
    });
    expect(await levels(place)).toMatchObject([{ quantity: '3' }]);
  });

  it('takes one of two commits at once, and plans the other of two files on what the first has written', async () => {
    const place = await world.addPlace();
    const file = await previewed(place);
    const twin = await previewed(place);
    const commit = () => begin(file.viewer, 'commitSpreadsheet', file.id, { plan: file.plan });
    const answers = await Promise.all([commit(), commit()]);
    expect(answers.filter(({ status }) => status === 'COMMITTING')).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'NOT_IN_PREVIEW')).toHaveLength(1);
    await begin(twin.viewer, 'commitSpreadsheet', twin.id, { plan: twin.plan });
    await Promise.all([work(file.id, 'COMMIT'), work(file.id, 'COMMIT'), work(twin.id, 'COMMIT')]);
    const ends = [await read(file.viewer, file.uploadId), await read(twin.viewer, twin.uploadId)];
    expect(ends.map(({ status }) => status).sort()).toEqual(['COMPLETED', 'PREVIEW']);
    expect(ends.find(({ status }) => status === 'PREVIEW')).toMatchObject({
      ...{ problem: 'PREVIEW_CHANGED', rowsCreated: 0, rowsUpdated: 0 },
    });
    expect(await levels(place)).toMatchObject([{ quantity: '5' }, { quantity: '6' }]);
    const { rows } = await db.pool.query('SELECT 1 FROM inventory.stock_movements WHERE site_id = $1', [place.siteId]);
    expect(rows).toHaveLength(2);
  });
});

describe('an import that is not wanted', () => {
  it('is discarded while it is read, with its rows; what is written is not', async () => {
    const place = await world.addPlace();
    const viewer = viewerOf(place);
    const { id, uploadId } = await start(viewer, place.companyId, stock);
    const holder = await db.pool.connect();
    await holder.query('BEGIN; LOCK TABLE inventory.spreadsheet_import_rows IN SHARE MODE');
    const working = work(id, 'PREVIEW');
    await eventually(async () => (await read(viewer, uploadId)).status === 'PARSING', {
      ...{ timeoutMs: 10_000, what: 'it is being read' },
    });
    const discarded = discard(viewer, { id, uploadId });
    await holder.query('ROLLBACK');
    holder.release();
    await Promise.all([working, discarded]);
    expect(await read(viewer, uploadId)).toMatchObject({ status: 'CANCELLED', rows: [] });
    const file = await committed(place, stock, viewer);
    expect(await begin(viewer, 'discardSpreadsheet', file.id)).toEqual({ reason: 'NOT_DISCARDABLE' });
    expect(await begin(viewer, 'readSpreadsheetAgain', file.id)).toEqual({ reason: 'NOT_READABLE_AGAIN' });
  });
});

describe('what a person says of the columns', () => {
  const strange = (head: string[]) => sheetOf([['Ribera'], head, ['A', 'Uno', 5], ['B', 'Dos', 6]]);
  const columns = [
    { letter: 'A', field: 'sku' },
    { letter: 'B', field: 'name' },
    { letter: 'C', field: 'quantity' },
  ];

  it('is kept for the company, and for no other', async () => {
    const [place, other] = [await world.addPlace(), await world.addPlace()];
    const head = ['Cve. rápida', 'Rótulo', 'Hay'];
    const file = await previewed(place, strange(head));
    expect(file).toMatchObject({ status: 'FAILED', problem: 'NO_TABLE' });
    const { upload } = await ask(
      file.viewer,
      'query ($id: ID!) { upload(id: $id) { headings { letter heading field samples } problemMessage { es } } }',
      { id: file.uploadId },
    );
    expect(upload.headings).toEqual([
      { letter: 'A', heading: 'Cve. rápida', field: null, samples: ['A', 'B'] },
      { letter: 'B', heading: 'Rótulo', field: null, samples: ['Uno', 'Dos'] },
      { letter: 'C', heading: 'Hay', field: null, samples: ['5', '6'] },
    ]);
    expect(upload.problemMessage.es).toContain('se esperaba');
    expect(
      await begin(file.viewer, 'readSpreadsheetAgain', file.id, {
        columns: [
          { letter: 'A', field: 'name' },
          { letter: 'Z', field: 'name' },
        ],
      }),
    ).toEqual({
      fields: [
        { path: 'columns.1.letter', code: 'UNKNOWN_COLUMN' },
        { path: 'columns.1.field', code: 'TWICE' },
        { path: 'columns', code: 'NO_CODE' },
        { path: 'columns', code: 'NO_QUANTITY' },
      ],
    });
    await begin(file.viewer, 'readSpreadsheetAgain', file.id, { columns });
    await work(file.id, 'PREVIEW');
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'PREVIEW', rowsCreated: 2 });
    expect(await previewed(place, strange(head))).toMatchObject({ status: 'PREVIEW', rowsCreated: 2 });
    expect(await previewed(other, strange(head))).toMatchObject({ status: 'FAILED', problem: 'NO_TABLE' });
    // In another line, by the words alone.
    expect(await previewed(place, strange(['Cve. rápida', 'Descripción', 'Hay']))).toMatchObject({ status: 'PREVIEW' });
  });

  it('goes before what we take a heading for', async () => {
    const place = await world.addPlace();
    const file = await previewed(
      place,
      sheetOf([
        ['Código', 'Stock', 'Disponible'],
        ['A', 5, 3],
      ]),
    );
    const swapped = [
      { letter: 'A', field: 'sku' },
      { letter: 'C', field: 'quantity' },
    ];
    expect(file.rows).toMatchObject([{ problems: [{ code: 'UNKNOWN_PRODUCT' }] }]);
    await world.addStock(place, await world.addProduct(place, { codigo: 'A' }), { stock_actual: 5 });
    await begin(file.viewer, 'readSpreadsheetAgain', file.id, { columns: swapped });
    await work(file.id, 'PREVIEW');
    expect(await read(file.viewer, file.uploadId)).toMatchObject({ status: 'PREVIEW', rowsUpdated: 1 });
  });
});
