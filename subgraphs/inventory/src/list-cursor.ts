import { AppError } from '@cauce/shared/errors/app-error';
import { type Keyset, type PageArgs, readKeyset } from '@cauce/shared/schema/keyset';

/** Where a list continues: after the row with this sort value and this id. */
export interface ListCursor {
  readonly limit: number;
  readonly after: { readonly value: string; readonly id: string } | null;
  readonly keyset: Keyset;
}

/** What the first value of a cursor must look like; it comes from clients and goes into SQL as a typed parameter. */
export type CursorKind = 'text' | 'relevance' | 'number' | 'instant' | 'day';

const patterns: Readonly<Record<CursorKind, RegExp>> = {
  text: /^[^\0]*$/,
  // How a search was read, the tier of the row, and what is sorted by within it.
  relevance: /^(n[0-4]|w[0-3])[^\0]*$/,
  number: /^-?\d{1,30}(\.\d{1,12})?$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
};

/** Reads `first` and `after` of a list sorted by one value and the id; throws BAD_USER_INPUT for another list's cursor. */
export function readListCursor(args: PageArgs, kind: CursorKind): ListCursor {
  const keyset = readKeyset(args, ['text', 'id']);
  if (keyset.after === null) return { limit: keyset.limit, after: null, keyset };
  const [value, id] = keyset.after;
  if (value === undefined || id === undefined || !isKind(kind, value)) {
    throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { detail: { argument: 'after' } });
  }
  return { limit: keyset.limit, after: { value, id }, keyset };
}

function isKind(kind: CursorKind, value: string): boolean {
  if (!patterns[kind].test(value)) return false;
  // 2026-02-30 fits the pattern and is no day.
  if (kind === 'instant') return isoOf(value) === value;
  if (kind === 'day') return isoOf(`${value}T00:00:00.000Z`)?.startsWith(value) === true;
  return true;
}

function isoOf(text: string): string | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
