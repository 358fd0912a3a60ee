import { stringify } from 'csv-stringify/sync';
import { cellText } from './cell-text.ts';
import { type Column, cellOf } from './columns.ts';
import type { RowPage } from './row-pages.ts';

const byteOrderMark = '\uFEFF';

/**
 * RFC 4180 text, page by page: a header of column names, then a line per row, CRLF between. The first page comes from
 * outside, read before the answer begins, so that a refusal can still be one.
 */
export async function* csvTexts(
  columns: readonly Column[],
  pages: AsyncIterable<RowPage>,
  hasByteOrderMark: boolean,
): AsyncGenerator<string, void> {
  // The library quotes only the whole line end; a lone half of one breaks a line as well.
  const line = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const;
  yield (hasByteOrderMark ? byteOrderMark : '') + stringify([columns.map(({ name }) => name)], line);
  for await (const { rows } of pages) {
    if (rows.length === 0) continue;
    yield stringify(
      rows.map((row) => columns.map((column) => cellText(cellOf(row, column), column.kind))),
      line,
    );
  }
}
