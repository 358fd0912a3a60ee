import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDatabase } from '@cauce/shared/db/create-database';
import { silentLog } from '@cauce/shared/test/silent-log';
import { from as copyFrom } from 'pg-copy-streams';
import { copyLine } from '../erp/copy/copy-text.ts';
import { type ErpEntity, erpEntities } from '../erp/erp-entity.ts';
import type { ErpSource } from '../erp/erp-source.ts';
import { createMicrosipSource } from '../erp/microsip/microsip-source.ts';
import { addressOf, type ErpCopyWorld, erpCopyWorld, tablesMapping } from './erp-copy.ts';
import { startFirebird } from './firebird-server.ts';
import { type MicrosipSize, microsipOf, microsipScript } from './microsip-database.ts';

/** The measuring half of `bench/inventory/erp-copy.bench.ts`, which starts it with a migrated database. */
const databaseUrl = process.argv[2] ?? '';
const articles = Number(process.argv[3]);
const saleLines = Number(process.argv[4]);
const batchRows = 2_000;
const linesEach = 3;

/** Our tables of a kind; prices have none of their own. */
const tablesOf: Partial<Record<ErpEntity, readonly string[]>> = {
  ...{ PRODUCTS: ['erp_productos'], CUSTOMERS: ['erp_clientes'], STOCK: ['erp_inventario'] },
  SALES: ['erp_ventas', 'erp_ventas_detalle'],
};

const firebird = await startFirebird();
const db = createDatabase({ url: databaseUrl, applicationName: 'bench', log: silentLog });
try {
  await copyAll('many', microsipOf(articles, saleLines));
} finally {
  await db.close();
  await firebird.stop();
}

async function copyAll(name: string, size: MicrosipSize): Promise<void> {
  const path = firebird.create(name, 'WIN1252', microsipScript(size, 'NONE'));
  const source = createMicrosipSource(addressOf(firebird, path), tablesMapping);
  const world = await erpCopyWorld(db);
  const rates: { entity: ErpEntity; rows: number; seconds: number }[] = [];
  for (const entity of erpEntities) rates.push({ entity, ...(await copyOnce(world, source, entity, 'FULL')) });
  for (const { entity, rows, seconds } of rates) {
    const bare = await fetchBare(source, entity);
    const heldSeconds = await holdBare(world, entity);
    const again = await copyOnce(world, source, entity, 'INCREMENTAL');
    console.log(
      `${entity}: ${rows} rows in ${seconds.toFixed(2)} s, ${(rows / seconds).toFixed(0)}/s; bare ${(bare.rows / bare.seconds).toFixed(0)}/s; ` +
        `ratio ${(rows / seconds / (bare.rows / bare.seconds)).toFixed(2)}; ` +
        `${heldSeconds === null ? '' : `of fetching and inserting them ${((bare.seconds + heldSeconds) / seconds).toFixed(2)}; `}` +
        `nothing changed ${again.seconds.toFixed(2)} s`,
    );
  }
}

/** Lines count as rows, as they are fetched and written as such. */
async function copyOnce(world: ErpCopyWorld, source: ErpSource, entity: ErpEntity, mode: 'FULL' | 'INCREMENTAL') {
  const id = await world.addJob(entity, mode);
  const startedMs = performance.now();
  const outcome = await world.work(id, { sourceOf: () => source, batchRows });
  const seconds = (performance.now() - startedMs) / 1_000;
  const { processed, isComplete } = await world.job(id);
  if (outcome !== 'COMPLETED' || isComplete !== true)
    throw new Error(`${entity} ended ${outcome}, complete: ${isComplete}`);
  return { rows: entity === 'SALES' ? processed * (1 + linesEach) : processed, seconds };
}

async function fetchBare(source: ErpSource, entity: ErpEntity): Promise<{ rows: number; seconds: number }> {
  const startedMs = performance.now();
  let rows = 0;
  const snapshot = await source.open(AbortSignal.timeout(600_000));
  const client = await db.pool.connect();
  await client.query(
    `SET statement_timeout = 0; CREATE TABLE bare_${entity} (${Array.from({ length: 14 }, (_, at) => `c${at} text`).join(', ')})`,
  );
  const texts = async function* () {
    for (const part of snapshot.parts(entity)) {
      for await (const batch of part.rows({}, batchRows)) {
        let text = '';
        for (const { values, lines = [] } of batch) {
          rows += 1 + lines.length;
          text += copyLine(wide(values));
          for (const line of lines) text += copyLine(wide(line));
        }
        yield text;
      }
    }
  };
  await pipeline(Readable.from(texts()), client.query(copyFrom(`COPY bare_${entity} FROM STDIN`)));
  client.release();
  await snapshot.close();
  return { rows, seconds: (performance.now() - startedMs) / 1_000 };
}

/** Seconds in which Postgres takes the copied rows once more, all at once, into empty tables with the same indexes. */
async function holdBare({ installationId }: ErpCopyWorld, entity: ErpEntity): Promise<number | null> {
  const tables = tablesOf[entity];
  if (tables === undefined) return null;
  const client = await db.pool.connect();
  let ms = 0;
  for (const table of tables) {
    await client.query(`SET statement_timeout = 0; CREATE TABLE held_${table} (LIKE inventory.${table} INCLUDING ALL)`);
    const { rows } = await client.query<{ columns: string }>(
      `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
       WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [`inventory.${table}`],
    );
    const columns = rows[0]?.columns ?? '';
    const startedMs = performance.now();
    await client.query(
      `INSERT INTO held_${table} (${columns}) SELECT ${columns} FROM inventory.${table} WHERE installation_id = $1`,
      [installationId],
    );
    ms += performance.now() - startedMs;
  }
  client.release();
  return ms / 1_000;
}

function wide(values: readonly (string | number | null)[]): readonly (string | number | null)[] {
  return Array.from({ length: 14 }, (_, at) => values[at] ?? null);
}
