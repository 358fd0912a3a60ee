import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetOf } from '../test-support/workbook.ts';
import { FileRefused } from './file-refused.ts';
import { nothingLearned } from './learned-columns.ts';
import { type ReadingLimits, readingLimits } from './limits.ts';
import { readInWorker } from './read-in-worker.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cauce-sheet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(
  bytes: Buffer,
  more: { readonly limits?: Partial<ReadingLimits>; readonly signal?: AbortSignal } = {},
) {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  const batches: number[] = [];
  const kinds: string[] = [];
  const count = await readInWorker({
    path,
    limits: { ...readingLimits, ...more.limits },
    learned: nothingLearned,
    signal: more.signal ?? new AbortController().signal,
    onSummary: async ({ kind }) => void kinds.push(kind),
    onRows: async (json, rows) => {
      expect(JSON.parse(new TextDecoder().decode(json))).toHaveLength(rows);
      batches.push(rows);
    },
  });
  return { count, batches, kinds };
}

const many = (rows: number) =>
  sheetOf([
    ['Código', 'Descripción', 'Stock'],
    ...Array.from({ length: rows }, (_none, row) => [`A-${row}`, 'Pieza', row]),
  ]);

describe('a file read in a thread of its own', () => {
  it('comes in batches, the next when the last was taken', async () => {
    expect(await read(many(4_500))).toEqual({ count: 4_500, batches: [2_000, 2_000, 500], kinds: ['STOCK'] });
  });

  it('says why it is refused', async () => {
    await expect(read(Buffer.from('no'))).rejects.toEqual(new FileRefused('NOT_A_SPREADSHEET'));
  });

  it('ends when its time or its memory does, and this thread goes on', async () => {
    await expect(read(many(100), { limits: { milliseconds: 1 } })).rejects.toEqual(new FileRefused('TOOK_TOO_LONG'));
    await expect(read(many(40_000), { limits: { heapMegabytes: 8 } })).rejects.toEqual(
      new FileRefused('NEEDS_TOO_MUCH_MEMORY'),
    );
  });

  it('ends when nobody waits for it any more', async () => {
    const left = new AbortController();
    const reading = read(many(100), { signal: left.signal });
    left.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
  });
});
