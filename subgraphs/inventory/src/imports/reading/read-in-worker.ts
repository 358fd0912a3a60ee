import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FileRefusal, FileRefused, fileRefusals, type SeenHeading } from './file-refused.ts';
import type { LearnedColumns } from './learned-columns.ts';
import type { ReadingLimits } from './limits.ts';
import type { SpreadsheetSummary } from './read-spreadsheet.ts';

/** What the worker says; it waits after each `rows` until it is told to go on. */
export type WorkerMessage =
  | { readonly type: 'summary'; readonly summary: SpreadsheetSummary }
  /** Rows as JSON in UTF-8, so that they cross without being copied or read again here. */
  | { readonly type: 'rows'; readonly json: Uint8Array; readonly count: number }
  | { readonly type: 'end'; readonly count: number }
  | { readonly type: 'refused'; readonly code: string; readonly headings: readonly SeenHeading[] };

export interface WorkerReading {
  readonly path: string;
  readonly limits: ReadingLimits;
  readonly learned: LearnedColumns;
  readonly signal: AbortSignal;
  onSummary(summary: SpreadsheetSummary): Promise<void>;
  /** The worker goes on when this is done: memory stays flat however slow the writer is. */
  onRows(json: Uint8Array, count: number): Promise<void>;
}

/**
 * Reads a file in a thread of its own, which ends when its time or its memory does; this thread stays free for others.
 * Answers how many rows there were. @throws FileRefused
 */
export async function readInWorker({
  path,
  limits,
  learned,
  signal,
  onSummary,
  onRows,
}: WorkerReading): Promise<number> {
  signal.throwIfAborted();
  const compiled = getCompileCacheDir();
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    workerData: { path, limits, learned },
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 64 },
    // Nothing of this process is for it to read, but its own program in the compiled form.
    env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) },
    stdin: false,
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const late = setTimeout(() => reject(new FileRefused('TOOK_TOO_LONG')), limits.milliseconds);
  const aborted = () => reject(signal.reason);
  signal.addEventListener('abort', aborted, { once: true });
  const take = async (message: WorkerMessage) => {
    if (message.type === 'end') return resolve(message.count);
    if (message.type === 'refused') return reject(new FileRefused(refusalOf(message.code), message.headings));
    if (message.type === 'summary') await onSummary(message.summary);
    else await onRows(message.json, message.count);
    worker.postMessage('more');
  };
  worker.on('message', (message: WorkerMessage) => void take(message).catch(reject));
  worker.on('error', (error: unknown) => {
    const isMemory = error instanceof Error && Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(isMemory ? new FileRefused('NEEDS_TOO_MUCH_MEMORY') : error);
  });
  worker.on('exit', (code) => reject(new Error(`The reader of spreadsheets ended with ${code}`)));
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', aborted);
    await worker.terminate();
  }
}

const refusalOf = (code: string): FileRefusal => fileRefusals.find((known) => known === code) ?? 'BROKEN_FILE';
