import { spawn } from 'node:child_process';
import { eventually } from '@cauce/shared/test/eventually';
import { testDatabase } from '@cauce/shared/test/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCuttingProxy } from '../test-support/cutting-proxy.ts';
import {
  addressOf,
  copiedLines,
  copiedRows,
  differences,
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
import { type ErpEntity, erpEntities } from './erp-entity.ts';
import type { ErpMapping } from './erp-mapping.ts';
import type { ErpSource } from './erp-source.ts';
import { auditMicrosip } from './microsip/audit.ts';
import { openFirebird } from './microsip/firebird-link.ts';
import { createMicrosipSource } from './microsip/microsip-source.ts';

const db = await testDatabase();
/** Small here; an ERP of 50,000 articles and 300,000 lines by hand. */
const isByHand = process.env.CAUCE_ERP_ARTICLES !== undefined;
const size = isByHand
  ? microsipOf(Number(process.env.CAUCE_ERP_ARTICLES), Number(process.env.CAUCE_ERP_LINES ?? 0))
  : smallMicrosip;
const scale = Math.ceil(size.articles / smallMicrosip.articles);
const timeoutMs = 30_000 * Math.ceil(scale / 4);
/** Both kinds of views are read in `microsip-source.db.test.ts`; by hand both are copied as well. */
const viewsTried = isByHand ? (['LINES', 'HEADERS'] as const) : (['LINES'] as const);
/** What is shaken: Microsip's own tables, and by hand the views as well. */
const shaken: readonly MicrosipViews[] = isByHand ? ['NONE', 'LINES', 'HEADERS'] : ['NONE'];
const killed = isByHand ? (['PRODUCTS', 'PRICES', 'CUSTOMERS', 'STOCK', 'SALES'] as const) : (['SALES'] as const);
/** Workers that are killed for each kind of row; more of them by hand. */
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
    const change = (script: string) => firebird.run(path, `${script}\nCOMMIT;\n`);
    const address = addressOf(firebird, path);
    let mapping = tablesMapping;
    if (views !== 'NONE') {
      firebird.run(path, viewsSql(views));
      // The view leaves out articles without a code; what hangs on them would be rows without a product.
      change(`DELETE FROM SALDOS_IN WHERE MOD(ARTICULO_ID, 97) = 0; DELETE FROM PRECIOS_ARTICULOS WHERE MOD(ARTICULO_ID, 97) = 0;
        DELETE FROM DOCTOS_VE_DET WHERE MOD(ARTICULO_ID, 97) = 0; DELETE FROM DOCTOS_PV_DET WHERE MOD(ARTICULO_ID, 97) = 0;`);
      mapping = await throughViews(address);
    }
    // Copies of this size are not kept beside each other.
    if (isByHand) await db.pool.query('TRUNCATE inventory.erp_installations CASCADE');
    const world = await erpCopyWorld(db, isByHand ? 2_000 : 100);
    return { path, address, mapping, world, source: createMicrosipSource(address, mapping), change };
  };
  const throughViews = async (address: ReturnType<typeof addressOf>): Promise<ErpMapping> => {
    const link = await openFirebird({ ...address, charset: 'WIN1252' }, AbortSignal.timeout(60_000));
    const { mapping, alternatives } = await auditMicrosip(link).finally(link.close);
    expect(Object.keys(alternatives).toSorted()).toEqual(['CUSTOMERS', 'PRODUCTS', 'SALES', 'STOCK']);
    return { ...mapping, entities: { ...mapping.entities, ...alternatives } };
  };
  const copyAll = async (world: ErpCopyWorld, source: ErpSource, mode: 'FULL' | 'INCREMENTAL') => {
    const runs = [];
    for (const entity of erpEntities) {
      const startedMs = performance.now();
      const run = await world.copy(source, entity, mode);
      tell(`${mode} ${entity}: ${run.processed} rows in ${((performance.now() - startedMs) / 1_000).toFixed(2)} s`);
      runs.push({ entity, ...run });
    }
    return runs;
  };
  const expectEqual = async (world: ErpCopyWorld, source: ErpSource, entities: readonly ErpEntity[] = erpEntities) => {
    for (const entity of entities) {
      const [theirs, ours] = [await sourceRows(source, entity), await copiedRows(db, world, entity)];
      expect({ entity, ...differences(theirs, ours) }).toEqual({ entity, rows: theirs.size, differing: [] });
    }
  };

  it(
    'is equal row by row after a full copy, is proved complete, and finds nothing to do the second time',
    async () => {
      const { world, source, address } = await setUp();
      const first = await copyAll(world, source, 'FULL');
      expect(first.filter(({ status, isComplete }) => status !== 'completed' || isComplete !== true)).toEqual([]);
      await expectEqual(world, source);
      expect(await copiedLines(db, world)).toEqual(await linesOfErp(address));
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
      INSERT INTO ARTICULOS (ARTICULO_ID, NOMBRE, ESTATUS, UNIDAD_VENTA, FECHA_HORA_CREACION) VALUES (9000001, 'Nuevo', 'A', 'PZA', CURRENT_TIMESTAMP);
      INSERT INTO CLAVES_ARTICULOS VALUES (9000001, '0000007', 9000001, 17);
      INSERT INTO SALDOS_IN VALUES (9000001, 20, 2026, 2, 3.5, 0);
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
      const { world, source, change } = await setUp(views);
      const first = await copyAll(world, source, 'FULL');
      expect(first.filter(({ isComplete }) => isComplete !== true)).toEqual([]);
      await expectEqual(world, source);
      change(`UPDATE ARTICULOS SET NOMBRE = 'Cambiado' WHERE ARTICULO_ID = 5;
      UPDATE SALDOS_IN SET ENTRADAS_UNIDADES = 4.5 WHERE ARTICULO_ID = 8 AND ALMACEN_ID = 19 AND MES = 12;
      UPDATE DOCTOS_VE SET IMPORTE_NETO = 77 WHERE DOCTO_VE_ID = 12;
      UPDATE DOCTOS_VE_DET SET UNIDADES = 77 WHERE DOCTO_VE_ID = 14 AND POSICION = 2;
      DELETE FROM DOCTOS_VE_DET WHERE DOCTO_VE_ID = 11; DELETE FROM DOCTOS_VE WHERE DOCTO_VE_ID = 11;`);
      const runs = await copyAll(world, source, 'INCREMENTAL');
      // How many change hangs on what a view's lines say of an article; that they are the ERP's is said below.
      expect(runs.find(({ entity }) => entity === 'SALES')).toMatchObject({ deleted: 1, updated: expect.any(Number) });
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
      await expectEqual(world, source, ['PRICES']);
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

  it.each(shaken)(
    'goes on after a cut network and a worker that died, through edits meanwhile, to an equal copy (views: %s)',
    async (views) => {
      const { world, source, change, address, mapping } = await setUp(views);
      const proxy = await startCuttingProxy(firebird.port);
      const shaky = createMicrosipSource({ ...address, port: proxy.port }, mapping);
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
          tell(`${entity}, worker ${tries + 1}: ${outcome} at ${(await world.job(id)).processed} rows`);
          edits += 1;
          change(editsOf(edits));
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

  it.each(shaken)(
    'is equal however often workers are killed, at whatever moment, while the ERP is changed (views: %s)',
    async (views) => {
      const { world, source, change, address, mapping } = await setUp(views);
      await world.copy(source, 'WAREHOUSES', 'FULL');
      let edits = 0;
      for (const entity of ['PRODUCTS', 'PRICES', 'CUSTOMERS', 'STOCK', 'SALES'] as const) {
        const id = await world.addJob(entity, 'FULL');
        for (let kill = 1; killed.some((one) => one === entity) && kill <= kills; kill += 1) {
          const before = (await world.job(id)).processed;
          const batchRows = String(20 * Math.min(scale, 50));
          const given = [db.url, id, JSON.stringify(address), JSON.stringify(mapping), batchRows];
          const worker = spawn(process.execPath, [...process.execArgv, workerProgram, ...given], { stdio: 'ignore' });
          const gone = new Promise((resolve) => worker.once('exit', resolve));
          await eventually(async () => (await world.job(id)).processed > before || worker.exitCode !== null, {
            ...{ timeoutMs, what: 'the worker has written' },
          });
          await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(40 * scale, 1_500)));
          worker.kill('SIGKILL');
          await gone;
          const { status, processed } = await world.job(id);
          tell(`${entity}, kill ${kill}: ${status} at ${processed} rows`);
          if (status === 'completed') break;
          // As if its silence had lasted long enough.
          await db.pool.query(
            "UPDATE inventory.sync_jobs SET heartbeat_at = now() - interval '5 minutes' WHERE id = $1",
            [id],
          );
          edits += 1;
          change(editsOf(edits));
        }
        await world.work(id, { sourceOf: () => source });
        expect(await world.job(id)).toMatchObject({ status: 'completed', isComplete: true });
        await expectEqual(world, source, [entity]);
      }
      await copyAll(world, source, 'INCREMENTAL');
      await expectEqual(world, source);
    },
    3 * timeoutMs,
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
      change('INSERT INTO SALDOS_IN VALUES (8888888, 19, 2026, 2, 1, 0);');
      const run = await world.copy(source, 'STOCK', 'INCREMENTAL');
      expect(run).toMatchObject({ status: 'completed', failed: 1, isComplete: false });
      const { rows } = await db.pool.query(
        "SELECT source_key, reason FROM inventory.sync_failed_rows WHERE source_key LIKE '8888888%'",
      );
      expect(rows).toEqual([{ source_key: '8888888:19', reason: 'UNKNOWN_PRODUCT' }]);
    },
    timeoutMs,
  );
});

/** What people do in an ERP while it is read: names, codes that change hands, prices, balances, documents, deletes. */
const editsOf = (edit: number): string => {
  const [one, other] = [20 + 2 * edit, 21 + 2 * edit];
  const code = (article: number) => `ARTICULO_ID = ${article} AND ROL_CLAVE_ART_ID = 17`;
  return `
    UPDATE ARTICULOS SET NOMBRE = 'Editado ${edit}', FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE ARTICULO_ID = ${edit};
    UPDATE CLAVES_ARTICULOS SET CLAVE_ARTICULO = 'T${edit}' WHERE ${code(one)};
    UPDATE CLAVES_ARTICULOS SET CLAVE_ARTICULO = LPAD(${one}, 7, '0') WHERE ${code(other)};
    UPDATE CLAVES_ARTICULOS SET CLAVE_ARTICULO = LPAD(${other}, 7, '0') WHERE ${code(one)};
    UPDATE PRECIOS_ARTICULOS SET PRECIO = ${edit}, FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE ARTICULO_ID = ${edit} AND PRECIO_EMPRESA_ID = 42;
    UPDATE DIRS_CLIENTES SET EMAIL = 'e${edit}@cliente.example' WHERE CLIENTE_ID = ${edit} AND ES_DIR_PPAL = 'S';
    UPDATE SALDOS_IN SET ENTRADAS_UNIDADES = ${edit} WHERE ARTICULO_ID = ${edit};
    UPDATE DOCTOS_VE SET IMPORTE_NETO = ${edit}, FECHA_HORA_ULT_MODIF = CURRENT_TIMESTAMP WHERE DOCTO_VE_ID = ${edit};
    UPDATE DOCTOS_VE_DET SET UNIDADES = ${edit} WHERE DOCTO_VE_ID = ${edit} AND POSICION = 1;
    DELETE FROM DOCTOS_VE_DET WHERE DOCTO_VE_ID = ${100 + edit}; DELETE FROM DOCTOS_VE WHERE DOCTO_VE_ID = ${100 + edit};
    DELETE FROM DOCTOS_PV_DET WHERE DOCTO_PV_ID = ${edit}; DELETE FROM DOCTOS_PV WHERE DOCTO_PV_ID = ${edit};`;
};

/** Lines of what is sold, counted and summed by a query of the ERP's own, not by ours. */
async function linesOfErp(
  address: ReturnType<typeof addressOf>,
): Promise<{ count: string; units: string; net: string }> {
  const link = await openFirebird({ ...address, charset: 'WIN1252' }, AbortSignal.timeout(60_000));
  const of = (
    kind: string,
    types: string,
  ) => `SELECT IIF(V.TIPO_DOCTO = 'D', -1, 1) AS S, D.UNIDADES AS U, D.PRECIO_TOTAL_NETO AS N
    FROM DOCTOS_${kind}_DET D JOIN DOCTOS_${kind} V ON V.DOCTO_${kind}_ID = D.DOCTO_${kind}_ID WHERE V.TIPO_DOCTO IN (${types})`;
  const [row = []] = await link
    .rows(`SELECT COUNT(*), SUM(S * U), SUM(S * N) FROM (${of('VE', "'F', 'D'")} UNION ALL ${of('PV', "'V', 'D'")})`)
    .finally(link.close);
  const [count, units, net] = row.map((value) => String(Number(value)));
  return { count: count ?? '', units: units ?? '', net: net ?? '' };
}

/** Said by hand, where it takes minutes. */
function tell(what: string): void {
  if (isByHand) process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}

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
