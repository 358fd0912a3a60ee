import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../datasets/dataset.ts';
import { Refusal } from '../refusal.ts';
import { cellText } from './cell-text.ts';
import type { Column } from './columns.ts';
import { csvTexts } from './csv.ts';
import { createExportSlots } from './export-slots.ts';
import { patientPages } from './patient-pages.ts';
import { allPages, type RowPage } from './row-pages.ts';

const column = (name: string, kind: Column['kind'] = 'text'): Column => ({
  name,
  path: name.split('.'),
  kind,
  description: null,
});

async function* pagesOf(...pages: unknown[][]): AsyncGenerator<RowPage, void> {
  for (const rows of pages) yield { rows, next: null, total: null };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function textOf(columns: readonly Column[], pages: AsyncIterable<RowPage>, hasMark = false): Promise<string> {
  let text = '';
  for await (const part of csvTexts(columns, pages, hasMark)) text += part;
  return text;
}

/** RFC 4180 in a few lines, so that what we write is not read back by what wrote it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n)/gy;
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(cell)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('a CSV file', () => {
  it('has a header, a line per row over all pages, and a mark for Excel when asked', async () => {
    const columns = [column('sku'), column('site.code'), column('price', 'decimal'), column('flags', 'json')];
    const text = await textOf(
      columns,
      pagesOf(
        [{ sku: 'A, "1"', site: { code: 'Ñuñoa' }, price: '-12.50', flags: ['NO_COST', 'OLD'] }],
        [],
        [{ sku: 'B\nC', site: null, price: null, flags: [] }],
      ),
      true,
    );
    expect(text).toBe('\uFEFFsku,site.code,price,flags\r\n"A, ""1""",Ñuñoa,-12.50,NO_COST; OLD\r\n"B\nC",,,\r\n');
  });

  it('reads back as what was written, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { maxLength: 5 }),
        async (rows) => {
          const columns = [column('a'), column('b')];
          const text = await textOf(columns, pagesOf(rows.map(([a, b]) => ({ a, b }))));
          const expected = rows.map(([a, b]) => [cellText(a, 'text'), cellText(b, 'text')]);
          // A line of one empty text and another is two empty cells; nothing is lost.
          expect(readCsv(text).slice(1)).toEqual(expected);
        },
      ),
    );
  });

  it('never holds text that a spreadsheet runs, and leaves numbers as they are', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://x.example")'])
      expect(cellText(text, 'text')).toBe(`'${text}`);
    expect(cellText(['=1+1'], 'json')).toBe("'=1+1");
    expect(cellText('-12.50', 'decimal')).toBe('-12.50');
    expect(cellText(-3, 'number')).toBe('-3');
    expect(cellText('a=b', 'text')).toBe('a=b');
  });
});

describe('reading all pages', () => {
  const dataset: Dataset = { name: 'x', title: 'x', operation: 'x', connection: 'c', rows: 'c.edges.node' };
  const answers = (pages: number) => {
    const asked: unknown[] = [];
    const read = async (variables: Readonly<Record<string, unknown>>) => {
      asked.push({ ...variables });
      const page = Number(variables.after ?? 0) + 1;
      return {
        c: {
          pageInfo: { hasNextPage: page < pages, endCursor: String(page) },
          totalCount: 9,
          edges: [{ node: { page } }],
        },
      };
    };
    return { asked, read };
  };

  it('asks for the next only when the one before was taken, and counts once', async () => {
    const { asked, read } = answers(3);
    const pages = allPages(dataset, { filter: 'f' }, read, { pageSize: 200, isCounted: true });
    expect(asked).toHaveLength(0);
    await pages.next();
    expect(asked).toHaveLength(1);
    const rest = await all(pages);
    expect(rest.flatMap(({ rows }) => rows)).toEqual([{ page: 2 }, { page: 3 }]);
    expect(asked).toEqual([
      { filter: 'f', after: undefined, counted: true, limit: 200 },
      { filter: 'f', after: '1', counted: false, limit: 200 },
      { filter: 'f', after: '2', counted: false, limit: 200 },
    ]);
  });

  it('asks for smaller pages when a large one is more than the asker may spend at once, down to ten rows', async () => {
    const { asked, read } = answers(2);
    const tooCostly = new Refusal({ status: 400, code: 'OPERATION_TOO_COSTLY', detail: 'Too much' });
    const limits: unknown[] = [];
    const poor = async (variables: Readonly<Record<string, unknown>>) => {
      limits.push(variables.limit);
      if (Number(variables.limit) > 60) throw tooCostly;
      return read(variables);
    };
    expect(await all(allPages(dataset, {}, poor, { pageSize: 200, isCounted: false }))).toHaveLength(2);
    expect(limits).toEqual([200, 100, 50, 50]);
    expect(asked).toHaveLength(2);
    limits.length = 0;
    const penniless = async (variables: Readonly<Record<string, unknown>>) => {
      limits.push(variables.limit);
      throw tooCostly;
    };
    await expect(all(allPages(dataset, {}, penniless, { pageSize: 200, isCounted: false }))).rejects.toBe(tooCostly);
    expect(limits).toEqual([200, 100, 50, 25, 12, 10]);
  });

  it('ends with the reader, and never turns in a circle', async () => {
    const { asked, read } = answers(100);
    for await (const page of allPages(dataset, {}, read, { pageSize: 200, isCounted: false })) {
      expect(page.rows).toEqual([{ page: 1 }]);
      break;
    }
    expect(asked).toHaveLength(1);
    const circling = async () => ({ c: { pageInfo: { hasNextPage: true, endCursor: 'same' }, edges: [] } });
    const pages = allPages(dataset, {}, circling, { pageSize: 200, isCounted: false });
    await expect(all(pages)).rejects.toThrow('repeats a page');
  });
});

describe('a file whose asker has spent this minute’s units', () => {
  const limited = new Refusal({
    status: 429,
    code: 'RATE_LIMITED',
    detail: 'Spent',
    headers: { 'retry-after': '3' },
  });
  const never = new AbortController().signal;

  it('waits as long as it is told between pages, and is refused before the first', async () => {
    const answers: (Error | null)[] = [null, limited, limited, null];
    const waited: number[] = [];
    const wait = async (ms: number) => {
      waited.push(ms);
    };
    const read = patientPages(
      async () => {
        const answer = answers.shift();
        if (answer) throw answer;
        return { left: answers.length };
      },
      never,
      wait,
    );
    expect(await read({})).toEqual({ left: 3 });
    expect(await read({})).toEqual({ left: 0 });
    expect(waited).toEqual([3_000, 3_000]);
    const refused = patientPages(() => Promise.reject(limited), never, wait);
    await expect(refused({})).rejects.toBe(limited);
  });

  it('stops waiting when its reader leaves, and does not wait for another day', async () => {
    const leaving = new AbortController();
    const answers: (Error | null)[] = [null, limited];
    const read = patientPages(async () => {
      const answer = answers.shift();
      if (answer) throw answer;
      return {};
    }, leaving.signal);
    await read({});
    const waiting = read({});
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    const tomorrow = new Refusal({
      status: 429,
      code: 'RATE_LIMITED',
      detail: 'Spent',
      headers: { 'retry-after': '3600' },
      reason: 'DAY',
    });
    const daily: (Error | null)[] = [null, tomorrow];
    const other = patientPages(async () => {
      const answer = daily.shift();
      if (answer) throw answer;
      return {};
    }, leaving.signal);
    await other({});
    await expect(other({})).rejects.toBe(tomorrow);
  });
});

describe('files at once', () => {
  it('are limited for each asker, and a place that is given back twice is one place', () => {
    const slots = createExportSlots(2);
    const first = slots.take('a');
    slots.take('a');
    expect(() => slots.take('a')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    slots.take('b');
    first();
    first();
    slots.take('a');
    expect(() => slots.take('a')).toThrow(expect.objectContaining({ detail: { retryAfterSeconds: 5 } }));
  });
});
