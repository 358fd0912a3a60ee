import { Prisma } from '@cauce/prisma/client';
import type { ImportField } from '../reading/headings.ts';
import { summaryOf } from './import.store.ts';

/** A committed file that is to be undone. */
export interface UndoneFile {
  readonly id: string;
  readonly companyId: string;
  /** When it was committed, which its rows carry for as long as nothing else has changed them. */
  readonly stamp: Date;
  readonly now: Date;
  /** As its import keeps them. */
  readonly columns: Prisma.JsonValue;
}

/** Letter and heading of the column of a field, as a query of at most one row. */
export function columnOf(columns: Prisma.JsonValue, field: ImportField): Prisma.Sql {
  const known = JSON.stringify(summaryOf({ columns }).columns ?? []);
  return Prisma.sql`SELECT c.letter, c.heading FROM jsonb_to_recordset(${known}::jsonb)
    AS c(letter text, heading text, field text) WHERE c.field = ${field} LIMIT 1`;
}
