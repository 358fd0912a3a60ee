import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { OutboxTransaction } from '@cauce/shared/events/outbox';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isUniqueViolation } from './database-failure.ts';

/** Runs hand-written SQL inside a transaction, whichever client opened it. */
export interface SqlRunner {
  /** The rows of a statement; `name` lets Postgres keep its plan. */
  rows<Row extends object>(name: string, text: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
  /**
   * Brings rows into a table with `COPY`, much faster than `INSERT`, but all of them or none: false when one of them is
   * there already, or when this runner cannot copy. The transaction goes on in both cases.
   * @param target the table and its columns
   */
  copy(target: string, rows: readonly (readonly SqlValue[])[]): Promise<boolean>;
  /** The transaction itself, for the outbox. */
  readonly tx: OutboxTransaction;
}

/** Lists travel as array literals: one text is cheaper than a parameter that the driver escapes value by value. */
export type SqlValue = string | number | boolean | Date | null;

/** For the device intake, where the time of a statement counts. */
export function poolRunner(client: PoolClient, isCopying = createCopyChance()): SqlRunner {
  return {
    tx: client,
    rows: async <Row extends object>(name: string, text: string, values: readonly SqlValue[]) =>
      (await client.query<Row>({ name, text, values: [...values] })).rows,
    copy: async (target, rows) => {
      if (!isCopying.next(target)) return false;
      await client.query('SAVEPOINT copying');
      try {
        await pipeline(Readable.from([copyText(rows)]), client.query(copyFrom(`COPY ${target} FROM STDIN`)));
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        await client.query('ROLLBACK TO SAVEPOINT copying');
        isCopying.failed(target);
        return false;
      }
      // The savepoint is left to the commit: to release it would cost another way there and back.
      return true;
    },
  };
}

/** For mutations, whose audit entry must commit with them. */
export function transactionRunner(tx: DatabaseTransaction): SqlRunner {
  return {
    tx,
    copy: async () => false,
    rows: <Row extends object>(_name: string, text: string, values: readonly SqlValue[]) =>
      tx.$queryRawUnsafe<Row[]>(text, ...values),
  };
}

/** Of each target by itself. */
export interface CopyChance {
  /** Whether to try it this time. */
  next(target: string): boolean;
  failed(target: string): void;
}

/** After a copy that failed, the next ones are not tried: where one row is repeated, more of them will be. */
export function createCopyChance(pause = 20): CopyChance {
  const waiting = new Map<string, number>();
  return {
    next: (target) => {
      const left = waiting.get(target) ?? 0;
      if (left > 0) waiting.set(target, left - 1);
      return left === 0;
    },
    failed: (target) => {
      waiting.set(target, pause);
    },
  };
}

/** Rows in the text format of `COPY`. */
function copyText(rows: readonly (readonly SqlValue[])[]): string {
  // The values of a reading share its date, and all rows of a batch that of their arrival.
  const dates = new Map<Date, string>();
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const value of row) {
      text += separator + (value instanceof Date ? dateText(value, dates) : copyItem(value));
      separator = '\t';
    }
    text += '\n';
  }
  return text;
}

function dateText(date: Date, known: Map<Date, string>): string {
  const text = known.get(date) ?? date.toISOString();
  known.set(date, text);
  return text;
}

function copyItem(value: Exclude<SqlValue, Date>): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, escaped) : value;
}

function escaped(char: string): string {
  return char === '\t' ? '\\t' : char === '\n' ? '\\n' : char === '\r' ? '\\r' : '\\\\';
}

/** A list as Postgres' array literal; dates in UTC. */
export function arrayLiteral(values: readonly (SqlValue | undefined)[]): string {
  return `{${values.map(arrayItem).join(',')}}`;
}

function arrayItem(value: SqlValue | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return `"${value.toISOString()}"`;
  return `"${/[\\"]/.test(value) ? value.replace(/[\\"]/g, '\\$&') : value}"`;
}
