import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ErpRow } from '../erp-entity.ts';
import { copyLine } from './copy-text.ts';
import type { EntityCopy, FailedRow, StageTable } from './entity-copy.ts';
import { RowProblem } from './read-values.ts';

/** Rows read into the text of their stage tables, and those that could not be. */
export interface StagedText {
  readonly tables: readonly { readonly name: string; readonly text: string }[];
  readonly failed: readonly (FailedRow & { readonly row: ErpRow })[];
}

const keyTable: StageTable = { name: 'erp_stage_keys', columns: 'key text' };

/**
 * Makes the stage of a kind in this session; its rows end with each transaction. The first table has a last column more:
 * the digest of the row and its lines, which is another when anything of them is.
 */
export async function createStage(client: PoolClient, { stage }: EntityCopy): Promise<void> {
  const tables = stage.map(({ name, columns }, at) => `${name} (${columns}${at === 0 ? ', hash text' : ''})`);
  for (const table of [...tables, `${keyTable.name} (${keyTable.columns})`]) {
    await client.query(`CREATE TEMP TABLE IF NOT EXISTS ${table} ON COMMIT DELETE ROWS`);
  }
}

/** Reads rows; one that cannot be read is put aside with its reason, and of those with one key the last counts. */
export function readRows(copy: EntityCopy, rows: readonly ErpRow[]): StagedText {
  const read = new Map<string, readonly string[]>();
  const failed: (FailedRow & { row: ErpRow })[] = [];
  for (const row of rows) {
    try {
      const tables = copy.read(row);
      const key = tables[0]?.[0]?.slice(0, copy.keyColumns).join('\t') ?? '';
      read.set(key, withHash(tables.map((lines) => lines.map(copyLine).join(''))));
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      failed.push({ key: String(row.values[0] ?? ''), reason: error.reason, row });
    }
  }
  const texts = copy.stage.map(({ name }, at) => {
    let text = '';
    for (const tables of read.values()) text += tables[at] ?? '';
    return { name, text };
  });
  return { tables: texts, failed };
}

/** The texts of a row's tables, the first (one line) with the digest of all. */
function withHash([row = '', ...lines]: readonly string[]): readonly string[] {
  const hash = createHash('md5').update(row);
  for (const text of lines) hash.update(text);
  return [`${row.slice(0, -1)}\t${hash.digest('hex')}\n`, ...lines];
}

/** Brings read rows into their stage tables. */
export async function stageRows(client: PoolClient, { tables }: StagedText): Promise<void> {
  for (const { name, text } of tables) {
    if (text !== '') await pipeline(Readable.from([text]), client.query(copyFrom(`COPY ${name} FROM STDIN`)));
  }
}

/** Brings keys into `erp_stage_keys` as they come. */
export async function stageKeys(client: PoolClient, keys: AsyncIterable<readonly string[]>): Promise<void> {
  const texts = async function* () {
    for await (const batch of keys) yield batch.map((key) => copyLine([key])).join('');
  };
  await pipeline(Readable.from(texts()), client.query(copyFrom(`COPY ${keyTable.name} FROM STDIN`)));
  await client.query(`ANALYZE ${keyTable.name}`);
}
