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

/** Makes the stage of a kind in this session; its rows end with each transaction. */
export async function createStage(client: PoolClient, { stage }: EntityCopy): Promise<void> {
  for (const { name, columns } of [...stage, keyTable]) {
    await client.query(`CREATE TEMP TABLE IF NOT EXISTS ${name} (${columns}) ON COMMIT DELETE ROWS`);
  }
}

/** Reads rows; one that cannot be read is put aside with its reason, and of two with one key the later counts. */
export function readRows(copy: EntityCopy, rows: readonly ErpRow[]): StagedText {
  const texts = copy.stage.map(() => [] as string[]);
  const failed: (FailedRow & { row: ErpRow })[] = [];
  for (const row of rows) {
    try {
      copy.read(row).forEach((lines, table) => {
        for (const line of lines) texts[table]?.push(copyLine(line));
      });
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      failed.push({ key: String(row.values[0] ?? ''), reason: error.reason, row });
    }
  }
  return { tables: copy.stage.map(({ name }, at) => ({ name, text: texts[at]?.join('') ?? '' })), failed };
}

/** Brings read rows into their stage tables. */
export async function stageRows(client: PoolClient, { tables }: StagedText): Promise<void> {
  for (const { name, text } of tables) {
    if (text === '') continue;
    await pipeline(Readable.from([text]), client.query(copyFrom(`COPY ${name} FROM STDIN`)));
    await client.query(`ANALYZE ${name}`);
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
