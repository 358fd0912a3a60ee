import { isUuid } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { type Keyset, type PageArgs, readKeyset } from '@cauce/shared/schema/keyset';

/** What a column of a cursor must hold; anything else was not made by this list. */
export type CursorColumn = 'text' | 'instant' | 'id';

const holds: Readonly<Record<CursorColumn, (value: string) => boolean>> = {
  text: (value) => !value.includes('\0'),
  instant: (value) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  id: isUuid,
};

/** Reads `first` and `after` of a list that is sorted by these columns; a foreign cursor is bad input. */
export function readPage(args: PageArgs, columns: readonly CursorColumn[]): Keyset {
  const keyset = readKeyset(args, columns.length);
  const isOwn = keyset.after?.every((value, index) => {
    const column = columns[index];
    return column !== undefined && typeof value === 'string' && holds[column](value);
  });
  if (isOwn === false) {
    throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { detail: { argument: 'after' } });
  }
  return keyset;
}
