import type { PointEntry } from './point-directory.ts';
import { arrayLiteral, type SqlRunner } from './sql-runner.ts';

/** A message, or a part of one, that is kept because it could not be stored. */
export interface DeadLetterRow {
  readonly origin: string;
  readonly topic: string | null;
  readonly point: PointEntry | null;
  readonly payload: string;
  readonly reason: string;
}

/** Keeps what could not be stored, for somebody to look at. */
export async function insertDeadLetters(
  sql: SqlRunner,
  rows: readonly DeadLetterRow[],
  receivedAt: Date,
): Promise<void> {
  await sql.rows(
    'telemetry-dead-letters',
    `INSERT INTO telemetry.dead_letters (origin, topic, company_id, point_id, payload, reason, received_at)
     SELECT origin, topic, company_id, point_id, payload, reason, $7::timestamptz
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
       AS given (origin, topic, company_id, point_id, payload, reason)`,
    [
      arrayLiteral(rows.map((row) => row.origin)),
      arrayLiteral(rows.map((row) => row.topic)),
      arrayLiteral(rows.map((row) => row.point?.companyId)),
      arrayLiteral(rows.map((row) => row.point?.id)),
      arrayLiteral(rows.map((row) => row.payload)),
      arrayLiteral(rows.map((row) => row.reason)),
      receivedAt,
    ],
  );
}
