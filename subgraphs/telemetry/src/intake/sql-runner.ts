import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { OutboxTransaction } from '@cauce/shared/events/outbox';
import type { PoolClient } from 'pg';

/** Runs hand-written SQL inside a transaction, whichever client opened it. */
export interface SqlRunner {
  /** The rows of a statement; `name` lets Postgres keep its plan. */
  rows<Row extends object>(name: string, text: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
  /** The transaction itself, for the outbox. */
  readonly tx: OutboxTransaction;
}

/** Lists travel as array literals: one text is cheaper than a parameter that the driver escapes value by value. */
export type SqlValue = string | number | boolean | Date | null;

/** For the device intake, where the time of a statement counts. */
export function poolRunner(client: PoolClient): SqlRunner {
  return {
    tx: client,
    rows: async <Row extends object>(name: string, text: string, values: readonly SqlValue[]) =>
      (await client.query<Row>({ name, text, values: [...values] })).rows,
  };
}

/** For mutations, whose audit entry must commit with them. */
export function transactionRunner(tx: DatabaseTransaction): SqlRunner {
  return {
    tx,
    rows: <Row extends object>(_name: string, text: string, values: readonly SqlValue[]) =>
      tx.$queryRawUnsafe<Row[]>(text, ...values),
  };
}

/** A list as Postgres' array literal; dates in UTC. */
export function arrayLiteral(values: readonly (SqlValue | undefined)[]): string {
  return `{${values.map(arrayItem).join(',')}}`;
}

function arrayItem(value: SqlValue | undefined): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return `"${value.toISOString()}"`;
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
