import { isUuid } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { type Keyset, type PageArgs, readKeyset } from '@cauce/shared/schema/keyset';

/** What a list is sorted by before the id; cursors come from clients and go into SQL as typed parameters. */
export type CursorKind = 'text' | 'instant';

const patterns: Readonly<Record<CursorKind, RegExp>> = {
  text: /^[^\0]*$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
};

/** Reads `first` and `after` of a list sorted by one value and the id; throws BAD_USER_INPUT for another list's cursor. */
export function readListCursor(args: PageArgs, kind: CursorKind): Keyset {
  const keyset = readKeyset(args, 2);
  if (keyset.after === null) return keyset;
  const [value, id] = keyset.after;
  const isPlace =
    typeof value === 'string' &&
    typeof id === 'string' &&
    isUuid(id) &&
    patterns[kind].test(value) &&
    isReal(value, kind);
  if (isPlace) return keyset;
  throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { detail: { argument: 'after' } });
}

/** The 30th of February fits the pattern and is no day. */
function isReal(value: string, kind: CursorKind): boolean {
  if (kind === 'text') return true;
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
}
