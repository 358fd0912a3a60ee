import { isUuid } from '../db/uuid.ts';
import { AppError } from '../errors/app-error.ts';

/** Rows of one page and no more: `first` beyond this is refused. */
export const maxPageSize = 200;
/** Rows of a page that names no size. */
export const defaultPageSize = 50;

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** Relay's arguments for paging backwards, which no list here answers: refused, not ignored. */
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** What a keyset query needs: how many rows, and the values of the last row that was seen. */
export interface Keyset {
  readonly limit: number;
  readonly after: readonly string[] | null;
}

/** What a column that a list is sorted by holds. An instant is in UTC, to the millisecond. */
export type KeyColumn = 'text' | 'instant' | 'id';

export interface Page<Node> {
  readonly edges: { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: () => Promise<number>;
}

/**
 * Reads `first` and `after` of a list that is sorted by these columns. A cursor holds the sort values and the id of its
 * row, so pages survive inserts. It comes from clients and goes into SQL: what was not made by a list of these columns is
 * refused as BAD_USER_INPUT, before the database would stumble over it.
 */
export function readKeyset({ first, after, last, before }: PageArgs, columns: readonly KeyColumn[]): Keyset {
  for (const [argument, value] of Object.entries({ last, before })) {
    if (value === null || value === undefined) continue;
    throw new AppError('BAD_USER_INPUT', 'Lists are paged forwards: use first and after', { detail: { argument } });
  }
  const limit = first ?? defaultPageSize;
  if (limit < 0 || limit > maxPageSize) {
    throw new AppError('BAD_USER_INPUT', `first must be between 0 and ${maxPageSize}`, {
      detail: { argument: 'first' },
    });
  }
  return { limit, after: after === null || after === undefined ? null : decodeCursor(after, columns) };
}

/** Makes a page from `limit + 1` rows: the extra one only tells that there are more. */
export function toPage<Node>(
  rows: readonly Node[],
  keyset: Keyset,
  cursorOf: (node: Node) => readonly string[],
  totalCount: () => Promise<number>,
): Page<Node> {
  const edges = rows.slice(0, keyset.limit).map((node) => ({ cursor: encodeCursor(cursorOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > keyset.limit,
      hasPreviousPage: keyset.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

type Direction = 'asc' | 'desc';

/**
 * The Prisma filter for "rows after this one" in an order of several columns, the last of them unique:
 * `(a, b) > (x, y)` written as `a > x OR (a = x AND b > y)`, which uses the index on (a, b).
 */
export function afterKeyset(
  order: readonly { readonly column: string; readonly direction: Direction }[],
  after: Keyset['after'],
): Record<string, unknown> {
  if (after === null) return {};
  return {
    OR: order.map(({ column, direction }, position) => ({
      AND: [
        ...order.slice(0, position).map((equal, index) => ({ [equal.column]: after[index] })),
        { [column]: { [direction === 'asc' ? 'gt' : 'lt']: after[position] } },
      ],
    })),
  };
}

function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decodeCursor(cursor: string, columns: readonly KeyColumn[]): readonly string[] {
  const values = textsIn(cursor);
  const isOwn = values?.length === columns.length && columns.every((column, at) => holds[column](values[at] ?? ''));
  if (values !== null && isOwn) return values;
  throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { detail: { argument: 'after' } });
}

function textsIn(cursor: string): readonly string[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) && values.every((value) => typeof value === 'string') ? values : null;
  } catch {
    return null;
  }
}

const holds: Readonly<Record<KeyColumn, (value: string) => boolean>> = {
  text: (value) => !value.includes('\0'),
  // The 30th of February can be parsed and is no day; the year 0 is one, and Postgres has none.
  instant: (value) =>
    /^[1-9]\d{3}-/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value,
  id: isUuid,
};
