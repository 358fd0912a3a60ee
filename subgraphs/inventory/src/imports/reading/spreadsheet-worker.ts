import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused } from './file-refused.ts';
import type { LearnedColumns } from './learned-columns.ts';
import type { ReadingLimits } from './limits.ts';
import type { WorkerMessage } from './read-in-worker.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';
import type { ReadRow } from './typed-row.ts';

// The thread that reads one file and ends; it is given a path and limits, and reaches nothing else.
const port = parentPort;
if (port === null) throw new Error('Reads spreadsheets in a thread of its own');

// It is ended from outside: the next one finds itself compiled.
flushCompileCache();

const rowsInMessage = 2_000;

const say = async (message: WorkerMessage, moved: readonly ArrayBuffer[] = []) => {
  const next = once(port, 'message');
  port.postMessage(message, moved);
  await next;
};

const sendRows = async (rows: readonly ReadRow[]) => {
  if (rows.length === 0) return;
  const json = new TextEncoder().encode(JSON.stringify(rows));
  await say({ type: 'rows', json, count: rows.length }, [json.buffer]);
};

try {
  const { path, limits, learned } = workerData as {
    readonly path: string;
    readonly limits: ReadingLimits;
    readonly learned: LearnedColumns;
  };
  const spreadsheet = readSpreadsheet(await readFile(path), limits, learned);
  await say({ type: 'summary', summary: spreadsheet.summary });
  let count = 0;
  let rows: ReadRow[] = [];
  for (const row of spreadsheet.rows()) {
    count += 1;
    rows.push(row);
    if (rows.length < rowsInMessage) continue;
    await sendRows(rows);
    rows = [];
  }
  await sendRows(rows);
  port.postMessage({ type: 'end', count } satisfies WorkerMessage);
} catch (error) {
  if (!(error instanceof FileRefused)) throw error;
  port.postMessage({ type: 'refused', code: error.code, headings: error.headings } satisfies WorkerMessage);
}
