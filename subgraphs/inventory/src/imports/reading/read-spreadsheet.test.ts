import { describe, expect, it } from 'vitest';
import { corpus } from '../test-support/corpus.ts';
import { FileRefused } from './file-refused.ts';
import { readingLimits } from './limits.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';

// Smaller than in life, so that the traps need not be large.
const limits = { ...readingLimits, unpackedBytes: 20_000_000 };

describe('a spreadsheet as people have them', () => {
  it.each(corpus)('is read, or refused with its reason: $trap', ({ file, rows, problems = [], refused, summary }) => {
    if (refused !== undefined) {
      expect(() => [...readSpreadsheet(file(), limits).rows()]).toThrow(new FileRefused(refused));
      return;
    }
    const read = readSpreadsheet(file(), limits);
    const all = [...read.rows()];
    if (summary !== undefined) expect(read.summary).toMatchObject(summary);
    const parsed = all.flatMap((row) => row.parsed ?? []);
    if (rows !== undefined) expect(parsed).toMatchObject(rows);
    else if (problems.length > 0) expect(parsed).toEqual([]);
    expect(all.flatMap(({ line, problems: found }) => found.map(({ column, code }) => [line, column, code]))).toEqual(
      problems,
    );
  });

  it('is read to what a database can keep, whatever stands in its cells', () => {
    for (const { trap, file, refused } of corpus) {
      if (refused !== undefined) continue;
      const { summary, rows } = readSpreadsheet(file(), limits);
      // Postgres refuses the whole of a document in which there is one of these.
      expect(JSON.stringify([summary, ...rows()]), trap).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    }
  });

  it('has a trap of each kind, more than forty', () => {
    expect(new Set(corpus.map(({ trap }) => trap)).size).toBeGreaterThan(40);
  });
});
