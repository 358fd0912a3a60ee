import { isUuid } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Keyset } from '@cauce/shared/schema/keyset';
import { readWallClock } from '../plant-time.ts';

/** Where a page of orders goes on: behind this row. */
export interface OrderPlace {
  /** The value sorted by: plant time as `2026-04-04T23:30:00.000Z`, or an order number. */
  readonly value: string;
  readonly id: string;
}

/**
 * Reads a cursor's values; null for the first page. A client can send anything as a cursor, and what is none must be
 * its mistake (BAD_USER_INPUT) and not ours.
 */
export function readOrderPlace(after: Keyset['after'], isByTime: boolean): OrderPlace | null {
  if (after === null) return null;
  const [value, id] = after;
  const isPlace =
    typeof value === 'string' &&
    typeof id === 'string' &&
    isUuid(id) &&
    (!isByTime || (value.endsWith('Z') && readWallClock(value.slice(0, -1)) !== null));
  if (isPlace) return { value, id };
  throw new AppError('BAD_USER_INPUT', 'after is not a cursor of this list', { detail: { argument: 'after' } });
}
