import { spawn } from 'node:child_process';
import { eventually } from '@cauce/shared/test/eventually';
import { testDatabase } from '@cauce/shared/test/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCuttingProxy } from '../test-support/cutting-proxy.ts';
import {
  addressOf,
  copiedRows,
  type ErpCopyWorld,
  erpCopyWorld,
  sourceRows,
  tablesMapping,
} from '../test-support/erp-copy.ts';
import { describeWithFirebird, type FirebirdServer, startFirebird } from '../test-support/firebird-server.ts';
import {
  type MicrosipViews,
  microsipOf,
  microsipScript,
  smallMicrosip,
  viewsSql,
} from '../test-support/microsip-database.ts';
import { erpEntities } from './erp-entity.ts';
import type { ErpSource } from './erp-source.ts';
import { auditMicrosip } from './microsip/audit.ts';
import { openFirebird } from './microsip/firebird-link.ts';
import { createMicrosipSource } from './microsip/microsip-source.ts';

const db = await testDatabase();
/** Small here; an ERP of 50,000 articles and 300,000 lines by hand. */
const size = process.env.CAUCE_ERP_ARTICLES
  ? microsipOf(Number(process.env.CAUCE_ERP_ARTICLES), Number(process.env.CAUCE_ERP_LINES ?? 0))
  : smallMicrosip;
const scale = Math.ceil(size.articles / smallMicrosip.articles);
const timeoutMs = 30_000 * Math.ceil(scale / 4);
/** Both kinds of views are read in `microsip-source.db.test.ts`; by hand both are copied as well. */
const viewsTried = process.env.CAUCE_ERP_ARTICLES ? (['LINES', 'HEADERS'] as const) : (['LINES'] as const);
/** Workers that are killed; more of them by hand. */
const kills = Number(process.env.CAUCE_ERP_KILLS ?? 1);
const workerProgram = new URL('../test-support/erp-copy-process.fixture.ts', import.meta.url).pathname;

describeWithFirebird('copying a Microsip ERP', () => {
  let firebird: FirebirdServer;
  let whole = '';
  let made = 0;
  beforeAll(async () => {
    firebird = await startFirebird();
    whole = firebird.create('whole', 'WIN1252', microsipScript(size, 'NONE'));
  }, timeoutMs);
  afterAll(() => firebird.stop());

  const setUp = async (views: MicrosipViews = 'NONE') => {
    const path = firebird.duplicate(whole, `copied-${++made}`);
    if (views !== 'NONE') firebird.run(path, viewsSql(views));
    const address = addressOf(firebird, path);
    const world = await erpCopyWorld(db);
    const source = createMicrosipSource(address, tablesMapping);
    return { path, address, world, source, change: (script: string) => firebird.run(path, `${script}\nCOMMIT;\n`) };
  };
  const copyAll = async (world: ErpCopyWorld, source: ErpSource, mode: 'FULL' | 'INCREMENTAL') => {
    const runs = [];
    for (const entity of erpEntities) runs.push({ entity, ...(await world.copy(source, entity, mode)) });
    return runs;
  };
  const expectEqual = async (world: ErpCopyWorld, source: ErpSource) => {
    for (const entity of erpEntities) {
      const [theirs, ours] = [await sourceRows(source, entity), await copiedRows(db, world, entity)];
      expect({ entity, rows: ours }).toEqual({ entity, rows: theirs });
    }
  };

  it(
    'is equal row by row after a full copy, is proved complete, and finds nothing to do the second time',
    async () => {
      const { world, source } = await setUp();
      const first = await copyAll(world, source, 'FULL');
      expect(first.filter(({ status, isComplete }) => status !== 'completed' || isComplete !== true)).toEqual([]);
      await expectEqual(world, source);
      const again = await copyAll(world, source, 'FULL');
      expect(again.filter(({ created, updated, deleted }) => created + updated + deleted > 0)).toEqual([]);
      const incremental = await copyAll(world, source, 'INCREMENTAL');
      expect(incremental.map(({ processed, isComplete }) => [processed, isComplete])).toEqual(
        erpEntities.map(() => [0, true]),
      );
    },
    timeoutMs,
  );

  it(
    'takes changes, deletes, keys that pass from one article to another and rows without a time of change',
    async () => {
      const { world, source, change } = await setUp();
      await copyAll(world, source, 'FULL');
      change(`
      UPDATE ARTICULOS SET NOMBRE = 'Cambiado', FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE ARTICULO_ID = 5;
      UPDATE CLAVES_ARTICULOS SET CLAVE_ARTICULO = 'T' WHERE ARTICULO_ID = 10 AND ROL_CLAVE_ART_ID = 17;
      UPDATE CLAVES_ARTICULOS SET CLAVE_ARTICULO = '0000010' WHERE ARTICULO_ID = 300 AND ROL_CLAVE_ART_ID = 17;
      UPDATE CLAVES_ARTICULOS SET CLAVE_ARTICULO = '0000300' WHERE ARTICULO_ID = 10 AND ROL_CLAVE_ART_ID = 17;
      DELETE FROM SALDOS_IN WHERE ARTICULO_ID = 7; DELETE FROM PRECIOS_ARTICULOS WHERE ARTICULO_ID = 7;
      DELETE FROM CLAVES_ARTICULOS WHERE ARTICULO_ID = 7; DELETE FROM ARTICULOS WHERE ARTICULO_ID = 7;
      DELETE FROM DOCTOS_VE_DET WHERE ARTICULO_ID = 7; DELETE FROM DOCTOS_PV_DET WHERE ARTICULO_ID = 7;
      INSERT INTO ARTICULOS (ARTICULO_ID, NOMBRE, ESTATUS, UNIDAD_VENTA, FECHA_HORA_CREACION) VALUES (9001, 'Nuevo', 'A', 'PZA', CURRENT_TIMESTAMP);
      INSERT INTO CLAVES_ARTICULOS VALUES (9001, '0000007', 9001, 17);
      INSERT INTO SALDOS_IN VALUES (9001, 20, 2026, 2, 3.5, 0);
      UPDATE SALDOS_IN SET SALIDAS_UNIDADES = SALIDAS_UNIDADES + 1.00001 WHERE ARTICULO_ID = 8 AND ALMACEN_ID = 19 AND MES = 12;
      UPDATE SALDOS_IN SET ENTRADAS_UNIDADES = ENTRADAS_UNIDADES + 1.00001 WHERE ARTICULO_ID = 8 AND ALMACEN_ID = 20 AND MES = 12;
      UPDATE ALMACENES SET NOMBRE = 'Bodega nueva' WHERE ALMACEN_ID = 20;
      UPDATE DIRS_CLIENTES SET EMAIL = 'otro@cliente.example' WHERE CLIENTE_ID = 4 AND ES_DIR_PPAL = 'S';
      UPDATE DOCTOS_VE SET ESTATUS = 'C', FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_VE_ID = 11;
      UPDATE DOCTOS_VE SET FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_VE_ID IN
        (SELECT V.DOCTO_VE_ID FROM DOCTOS_VE V WHERE (SELECT COUNT(*) FROM DOCTOS_VE_DET D WHERE D.DOCTO_VE_ID = V.DOCTO_VE_ID) < 3);
      UPDATE DOCTOS_PV SET FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_PV_ID IN
        (SELECT V.DOCTO_PV_ID FROM DOCTOS_PV V WHERE (SELECT COUNT(*) FROM DOCTOS_PV_DET D WHERE D.DOCTO_PV_ID = V.DOCTO_PV_ID) < 3);
      UPDATE DOCTOS_VE_DET SET UNIDADES = 77 WHERE DOCTO_VE_ID = 12 AND POSICION = 2;
      DELETE FROM DOCTOS_VE_DET WHERE DOCTO_VE_ID = 12 AND POSICION = 3;
      UPDATE DOCTOS_VE SET FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_VE_ID = 12;
      DELETE FROM DOCTOS_PV_DET WHERE DOCTO_PV_ID = 3; DELETE FROM DOCTOS_PV WHERE DOCTO_PV_ID = 3;`);
      const runs = await copyAll(world, source, 'INCREMENTAL');
      await expectEqual(world, source);
      const of = (name: string) => runs.find(({ entity }) => entity === name);
      expect(of('PRODUCTS')).toMatchObject({ created: 1, updated: 3, deleted: 1, isComplete: true });
      expect(of('SALES')).toMatchObject({ deleted: 1, isComplete: true });
      expect(runs.every(({ isComplete }) => isComplete)).toBe(true);
    },
    timeoutMs,
  );

  it.each(viewsTried)(
    'is equal row by row through the views of a company (%s), and follows them',
    async (views) => {
      const { path, address, world, change } = await setUp(views);
      // The view leaves out articles without a code; what hangs on them would be rows without a product.
      change(`DELETE FROM SALDOS_IN WHERE MOD(ARTICULO_ID, 97) = 0; DELETE FROM PRECIOS_ARTICULOS WHERE MOD(ARTICULO_ID, 97) = 0;
        DELETE FROM DOCTOS_VE_DET WHERE MOD(ARTICULO_ID, 97) = 0;`);
      const link = await openFirebird({ ...address, charset: 'WIN1252' }, AbortSignal.timeout(60_000));
      const { mapping, alternatives } = await auditMicrosip(link).finally(link.close);
      const source = createMicrosipSource(
        { ...address, database: path },
        { ...mapping, entities: { ...mapping.entities, ...alternatives } },
      );
      expect(Object.keys(alternatives).toSorted()).toEqual(['CUSTOMERS', 'PRODUCTS', 'SALES', 'STOCK']);
      const first = await copyAll(world, source, 'FULL');
      expect(first.filter(({ isComplete }) => isComplete !== true)).toEqual([]);
      await expectEqual(world, source);
      change(`UPDATE ARTICULOS SET NOMBRE = 'Cambiado' WHERE ARTICULO_ID = 5;
      UPDATE SALDOS_IN SET ENTRADAS_UNIDADES = 4.5 WHERE ARTICULO_ID = 8 AND ALMACEN_ID = 19 AND MES = 12;
      UPDATE DOCTOS_VE SET IMPORTE_NETO = 77 WHERE DOCTO_VE_ID = 12;
      UPDATE DOCTOS_VE_DET SET UNIDADES = 77 WHERE DOCTO_VE_ID = 14 AND POSICION = 2;
      DELETE FROM DOCTOS_VE_DET WHERE DOCTO_VE_ID = 11; DELETE FROM DOCTOS_VE WHERE DOCTO_VE_ID = 11;`);
      const runs = await copyAll(world, source, 'INCREMENTAL');
      expect(runs.find(({ entity }) => entity === 'SALES')).toMatchObject({ deleted: 1, updated: 1 });
      await expectEqual(world, source);
    },
    timeoutMs,
  );

  it(
    'writes a new list of prices in the pages where the products are, and tells of each',
    async () => {
      const { world, source, change } = await setUp();
      for (const entity of ['WAREHOUSES', 'PRODUCTS', 'PRICES'] as const) await world.copy(source, entity, 'FULL');
      const pages = async () => {
        const { rows } = await db.pool.query<{ erp_id: string; page: string }>(
          'SELECT erp_id, (ctid::text::point)[0]::text AS page FROM inventory.erp_productos WHERE installation_id = $1',
          [world.installationId],
        );
        return new Map(rows.map(({ erp_id, page }) => [erp_id, page]));
      };
      const before = await pages();
      change(
        'UPDATE PRECIOS_ARTICULOS SET PRECIO = PRECIO + 1.5, FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE PRECIO_EMPRESA_ID = 42;',
      );
      const run = await world.copy(source, 'PRICES', 'INCREMENTAL');
      expect(run.updated).toBeGreaterThan(100);
      expect(await copiedRows(db, world, 'PRICES')).toEqual(await sourceRows(source, 'PRICES'));
      const moved = [...(await pages())].filter(([key, page]) => before.get(key) !== page);
      expect(moved.length).toBeLessThan(before.size / 10);
      const { rows } = await db.pool.query(
        "SELECT count(*)::int AS told FROM platform.outbox WHERE company_id = $1 AND topic = 'inventory.productChanged'",
        [world.companyId],
      );
      expect(rows).toEqual([{ told: run.updated }]);
    },
    timeoutMs,
  );

  it(
    'goes on after a cut network and a worker that died, through edits meanwhile, to an equal copy',
    async () => {
      const { world, source, change, address } = await setUp();
      const proxy = await startCuttingProxy(firebird.port);
      const shaky = createMicrosipSource({ ...address, port: proxy.port }, tablesMapping);
      let edits = 0;
      for (const entity of erpEntities) {
        const id = await world.addJob(entity, 'FULL');
        for (let tries = 0; tries < 4; tries += 1) {
          if (tries < 2) proxy.cutAfter((9_000 + 4_000 * tries) * scale);
          // The third worker dies in the middle, without a word: its hold on the run goes stale.
          const dying = new AbortController();
          const outcome = await world.work(
            id,
            {
              sourceOf: () => (tries < 2 ? shaky : dyingSource(source, tries === 2 ? dying : null)),
              batchRows: 40 * Math.min(scale, 50),
            },
            dying.signal,
          );
          edits += 1;
          change(`UPDATE ARTICULOS SET NOMBRE = 'Editado ${edits}', FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE ARTICULO_ID = ${edits};
          UPDATE DOCTOS_VE SET IMPORTE_NETO = ${edits}, FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_VE_ID = ${edits};
          UPDATE SALDOS_IN SET ENTRADAS_UNIDADES = ${edits} WHERE ARTICULO_ID = ${edits};`);
          if (outcome === 'COMPLETED') break;
        }
        expect((await world.job(id)).status).toBe('completed');
      }
      await copyAll(world, source, 'INCREMENTAL');
      await expectEqual(world, source);
      await proxy.stop();
    },
    timeoutMs,
  );

  it(
    'is equal however often workers are killed, at whatever moment, while the ERP is changed',
    async () => {
      const { world, source, change, address } = await setUp();
      for (const entity of ['WAREHOUSES', 'PRODUCTS', 'CUSTOMERS'] as const) await world.copy(source, entity, 'FULL');
      const id = await world.addJob('SALES', 'FULL');
      for (let kill = 1; kill <= kills; kill += 1) {
        const before = (await world.job(id)).processed;
        const worker = spawn(
          process.execPath,
          [...process.execArgv, workerProgram, db.url, id, JSON.stringify(address), String(20 * Math.min(scale, 50))],
          {
            stdio: 'ignore',
          },
        );
        const gone = new Promise((resolve) => worker.once('exit', resolve));
        await eventually(async () => (await world.job(id)).processed > before || worker.exitCode !== null, {
          ...{ timeoutMs: 30_000, what: 'the worker has written' },
        });
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 40 * scale));
        worker.kill('SIGKILL');
        await gone;
        if ((await world.job(id)).status === 'completed') break;
        // As if its silence had lasted long enough.
        await db.pool.query(
          "UPDATE inventory.sync_jobs SET heartbeat_at = now() - interval '5 minutes' WHERE id = $1",
          [id],
        );
        change(`UPDATE DOCTOS_VE SET IMPORTE_NETO = ${kill}, FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_VE_ID = ${kill};
        DELETE FROM DOCTOS_PV_DET WHERE DOCTO_PV_ID = ${kill}; DELETE FROM DOCTOS_PV WHERE DOCTO_PV_ID = ${kill};`);
      }
      await world.work(id, { sourceOf: () => source });
      expect(await world.job(id)).toMatchObject({ status: 'completed', isComplete: true });
      expect(await copiedRows(db, world, 'SALES')).toEqual(await sourceRows(source, 'SALES'));
    },
    timeoutMs,
  );

  it(
    'lets one worker have a run, lets no worker write that lost it, and keeps to a cancel until it is resumed',
    async () => {
      const { world, source } = await setUp();
      const id = await world.addJob('PRODUCTS', 'FULL');
      await expect(world.addJob('PRODUCTS', 'INCREMENTAL')).rejects.toMatchObject({ code: '23505' });
      const outcomes = await Promise.all([1, 2, 3].map(() => world.work(id, { sourceOf: () => source })));
      expect(outcomes.toSorted()).toEqual(['COMPLETED', 'NOT_TAKEN', 'NOT_TAKEN']);
      const lost = await world.addJob('PRODUCTS', 'FULL');
      const seize = () => db.pool.query('UPDATE inventory.sync_jobs SET attempt = attempt + 1 WHERE id = $1', [lost]);
      expect(await world.work(lost, { sourceOf: () => watched(source, seize) })).toBe('LOST');
      await db.pool.query("UPDATE inventory.sync_jobs SET status = 'pending' WHERE id = $1", [lost]);
      const cancel = () =>
        db.pool.query('UPDATE inventory.sync_jobs SET cancel_requested_at = now() WHERE id = $1', [lost]);
      expect(await world.work(lost, { sourceOf: () => watched(source, cancel) })).toBe('CANCELLED');
      expect(await world.work(lost, { sourceOf: () => source })).toBe('NOT_TAKEN');
    },
    timeoutMs,
  );

  it(
    'puts rows aside that cannot be placed, says why, and calls the copy incomplete',
    async () => {
      const { world, source, change } = await setUp();
      await copyAll(world, source, 'FULL');
      change('INSERT INTO SALDOS_IN VALUES (8888, 19, 2026, 2, 1, 0);');
      const run = await world.copy(source, 'STOCK', 'INCREMENTAL');
      expect(run).toMatchObject({ status: 'completed', failed: 1, isComplete: false });
      const { rows } = await db.pool.query(
        "SELECT source_key, reason FROM inventory.sync_failed_rows WHERE source_key LIKE '8888%'",
      );
      expect(rows).toEqual([{ source_key: '8888:19', reason: 'UNKNOWN_PRODUCT' }]);
    },
    timeoutMs,
  );
});

/** Does something after the first batch of each part was handed over. */
function watched(source: ErpSource, act: () => Promise<unknown>): ErpSource {
  return {
    open: async (signal) => {
      const snapshot = await source.open(signal);
      return {
        ...snapshot,
        parts: (entity) =>
          snapshot.parts(entity).map((part) => ({
            ...part,
            async *rows(which, batchRows) {
              let isFirst = true;
              for await (const batch of part.rows(which, batchRows)) {
                yield batch;
                if (isFirst) await act();
                isFirst = false;
              }
            },
          })),
      };
    },
  };
}

function dyingSource(source: ErpSource, dying: AbortController | null): ErpSource {
  return dying === null ? source : watched(source, async () => dying.abort(new Error('killed')));
}
