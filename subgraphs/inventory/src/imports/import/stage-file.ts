import type { Database } from '@cauce/shared/db/database';
import type { LearnedColumns } from '../reading/learned-columns.ts';
import type { ReadingLimits } from '../reading/limits.ts';
import { readInWorker } from '../reading/read-in-worker.ts';
import type { SpreadsheetSummary } from '../reading/read-spreadsheet.ts';

export interface Staging {
  readonly importId: string;
  readonly path: string;
  readonly limits: ReadingLimits;
  readonly learned: LearnedColumns;
  readonly signal: AbortSignal;
  onProgress(rows: number): void;
}

/**
 * Reads a file into the rows of its import, all or none; what an earlier attempt left is replaced. The rows cross this
 * process as bytes: the worker wrote them, Postgres reads them. @throws FileRefused
 */
export async function stageFile(
  { pool }: Pick<Database, 'pool'>,
  { importId, path, limits, learned, signal, onProgress }: Staging,
): Promise<{ readonly summary: SpreadsheetSummary; readonly rows: number }> {
  const client = await pool.connect();
  let summary: SpreadsheetSummary | null = null;
  let written = 0;
  let isBroken = true;
  try {
    const rows = await readInWorker({
      ...{ path, limits, learned, signal },
      async onSummary(found) {
        summary = found;
        // Not before the file was opened: that may take longer than a transaction may wait.
        await client.query('BEGIN');
        await client.query('DELETE FROM inventory.spreadsheet_import_rows WHERE import_id = $1', [importId]);
      },
      async onRows(json, count) {
        await client.query(insertSql, [importId, written, Buffer.from(json.buffer, json.byteOffset, json.byteLength)]);
        written += count;
        onProgress(written);
      },
    });
    await client.query('COMMIT');
    isBroken = false;
    if (summary === null) throw new Error('A file that was read has a summary');
    return { summary, rows };
  } catch (error) {
    await client.query('ROLLBACK').then(
      () => {
        isBroken = false;
      },
      () => {},
    );
    throw error;
  } finally {
    client.release(isBroken);
  }
}

const insertSql = `
  INSERT INTO inventory.spreadsheet_import_rows (import_id, row, status, data, parsed, problems)
  SELECT $1, $2::int + position::int,
    (CASE WHEN line->'parsed' = 'null' THEN 'QUARANTINED' ELSE 'STAGED' END)::inventory.import_row_status,
    line - 'parsed' - 'problems', nullif(line->'parsed', 'null'), line->'problems'
  FROM jsonb_array_elements(($3::text)::jsonb) WITH ORDINALITY AS row (line, position)`;
