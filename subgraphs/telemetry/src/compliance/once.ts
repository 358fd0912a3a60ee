import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { Conflict } from '@cauce/shared/errors/outcomes';

/** A transaction that makes what there may be one of. @throws Conflict (`STALE`) when somebody else makes it just now */
export async function once<Made>(client: ScopedClient, make: (tx: ScopedTransaction) => Promise<Made>): Promise<Made> {
  try {
    return await client.$transaction(make);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Conflict('STALE', 'Somebody else does the same just now: read it again');
  }
}
