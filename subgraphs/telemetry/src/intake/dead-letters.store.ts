import { lettersPerDay } from './letter-quota.ts';
import { arrayLiteral, type SqlRunner } from './sql-runner.ts';

/** A message, or a part of one, that is kept because it could not be stored. */
export interface DeadLetterRow {
  readonly origin: string;
  readonly topic: string | null;
  /** Whose it is; without an id, of a point of the company that is not known. */
  readonly point: { readonly id: string | null; readonly companyId: string } | null;
  readonly payload: string;
  readonly reason: string;
}

/**
 * Keeps what could not be stored, for somebody to look at: of each company the first of the day. Answers how many were
 * dropped; they are counted by company and day.
 */
export async function insertDeadLetters(
  sql: SqlRunner,
  rows: readonly DeadLetterRow[],
  receivedAt: Date,
): Promise<number> {
  const [counted] = await sql.rows<{ dropped: number }>('telemetry-dead-letters', keepSql, [
    arrayLiteral(rows.map((row) => row.origin)),
    arrayLiteral(rows.map((row) => row.topic)),
    arrayLiteral(rows.map((row) => row.point?.companyId)),
    arrayLiteral(rows.map((row) => row.point?.id)),
    arrayLiteral(rows.map((row) => row.payload)),
    arrayLiteral(rows.map((row) => row.reason)),
    ...[receivedAt, lettersPerDay],
  ]);
  return counted?.dropped ?? 0;
}

/** The row of a company's day is held until the commit, in one order: two batches at once keep no more than the quota. */
const keepSql = `
  WITH given AS (
    SELECT *, row_number() OVER (PARTITION BY company_id)::int AS place
    FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
      AS given (origin, topic, company_id, point_id, payload, reason)
  ), counted AS (
    INSERT INTO telemetry.dead_letter_days AS d (company_id, day, kept, dropped)
    SELECT company_id, ($7::timestamptz AT TIME ZONE 'UTC')::date, least(count(*), $8::int), greatest(count(*) - $8::int, 0)
    FROM given GROUP BY company_id ORDER BY company_id
    ON CONFLICT (company_id, day) DO UPDATE SET
      kept = least(d.kept + excluded.kept + excluded.dropped, greatest(d.kept, $8::int)),
      dropped = d.dropped + greatest(d.kept + excluded.kept + excluded.dropped - greatest(d.kept, $8::int), 0)
    RETURNING d.company_id, new.kept - coalesce(old.kept, 0) AS room, new.dropped - coalesce(old.dropped, 0) AS dropped
  ), kept AS (
    INSERT INTO telemetry.dead_letters (origin, topic, company_id, point_id, payload, reason, received_at)
    SELECT origin, topic, given.company_id, point_id, payload, reason, $7::timestamptz
    FROM given JOIN counted ON counted.company_id IS NOT DISTINCT FROM given.company_id AND place <= room)
  SELECT coalesce(sum(dropped), 0)::int AS dropped FROM counted`;
