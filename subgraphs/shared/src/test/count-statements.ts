import pg from 'pg';
import type { Database } from '../db/database.ts';

/** What the outbox's relay asks by the clock, whoever else asks for nothing. */
const relayPoll = /\bplatform\.outbox\b/;

/**
 * How many statements this database is sent while `work` runs, transactions' own included. Other databases of the
 * process do not count: test files may share one, and what an earlier one left behind may still be ending.
 */
export async function countStatements({ url }: Pick<Database, 'url'>, work: () => Promise<unknown>): Promise<number> {
  const counted = new URL(url).pathname.slice(1);
  const original = pg.Client.prototype.query;
  let count = 0;
  pg.Client.prototype.query = function (this: pg.Client, ...args: never[]) {
    if (this.database === counted && !relayPoll.test(textOf(args[0]))) count += 1;
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return count;
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : '';
}
