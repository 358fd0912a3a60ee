import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** How long `COPY` takes to bring rows of a table into an empty one with the same month partitions and indexes. */
export async function copyOfTable(
  pool: pg.Pool,
  table: string,
  where: string,
  from: Date,
): Promise<{ readonly rows: number; readonly seconds: number }> {
  const client = await pool.connect();
  try {
    const chunks: Buffer[] = [];
    const query = `SELECT * FROM ${table} WHERE ${where.replace('$1', `'${from.toISOString()}'`)}`;
    for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT`))) chunks.push(chunk);
    await client.query(`CREATE TABLE bench_copy (LIKE ${table} INCLUDING ALL) PARTITION BY RANGE (measured_at)`);
    await client.query('CREATE TABLE bench_copy_all PARTITION OF bench_copy DEFAULT');
    const startedMs = performance.now();
    const copy = client.query(copyFrom('COPY bench_copy FROM STDIN'));
    await pipeline(Readable.from(chunks), copy);
    const seconds = (performance.now() - startedMs) / 1_000;
    const rows = copy.rowCount ?? 0;
    await client.query('DROP TABLE bench_copy');
    return { rows, seconds };
  } finally {
    client.release();
  }
}
