import { onlyUuids } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { type Keyset, type PageArgs, readKeyset } from '@cauce/shared/schema/keyset';

/** Where a list in the order of names continues: `[name, id]`. Throws `BAD_USER_INPUT` for another list's cursor. */
export function readNameKeyset(args: PageArgs): Keyset {
  return readOrder(args, (name) => typeof name === 'string' && !name.includes('\0'));
}

/** Where a list in the order of time continues: `[instant, id]`. Throws `BAD_USER_INPUT` for another list's cursor. */
export function readTimeKeyset(args: PageArgs): Keyset {
  return readOrder(args, (instant) => typeof instant === 'string' && isInstant(instant));
}

/** Cursors come from clients: what is in them is checked before Postgres or Prisma would stumble over it. */
function readOrder(args: PageArgs, isKey: (value: unknown) => boolean): Keyset {
  const keyset = readKeyset(args, 2);
  if (keyset.after === null) return keyset;
  const [key, id] = keyset.after;
  if (isKey(key) && typeof id === 'string' && onlyUuids([id]).length === 1) return keyset;
  throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { detail: { argument: 'after' } });
}

function isInstant(text: string): boolean {
  const instant = new Date(text);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === text;
}
