import pg from 'pg';
import type { Database } from '../db/database.ts';

/** Names of what the outbox's relay asks by the clock, whoever else asks for nothing. */
const relayPoll = /^outbox-/;

/**
 * How many statements this database is sent while `work` runs, transactions' own included. Other databases of the
 * process do not count: test files may share one, and what an earlier one left behind may still be ending.
 */
export async function countStatements({ url }: Pick<Database, 'url'>, work: () => Promise<unknown>): Promise<number> {
  const counted = new URL(url).pathname.slice(1);
  const original = pg.Client.prototype.query;
  let count = 0;
  pg.Client.prototype.query = function (this: pg.Client, ...args: never[]) {
    if (this.database === counted && !relayPoll.test(nameOf(args[0]))) count += 1;
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return count;
}

function nameOf(query: unknown): string {
  return typeof query === 'object' && query !== null && 'name' in query ? String(query.name) : '';
}
