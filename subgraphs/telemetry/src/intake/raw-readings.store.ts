import type { PointEntry } from './point-directory.ts';
import type { ChannelValue } from './reading-message.ts';
import { arrayLiteral, type SqlRunner } from './sql-runner.ts';

/** One channel's value, as it will be kept for ever. */
export interface RawRow extends ChannelValue {
  readonly point: PointEntry;
  readonly sourceId: string;
  readonly measuredAt: Date;
  readonly messageId: string | null;
}

export const rawKey = (row: Pick<RawRow, 'point' | 'channel' | 'measuredAt' | 'sourceId'>): string =>
  `${row.point.id}|${row.measuredAt.getTime()}|${row.sourceId}|${row.channel}`;

/** Keeps what is not kept yet and answers the keys of those rows, or that it was all of them; the others were there already. */
export async function insertRaw(
  sql: SqlRunner,
  rows: readonly RawRow[],
  receivedAt: Date,
): Promise<ReadonlySet<string> | 'ALL'> {
  const sorted = rows.toSorted(byKey);
  const isCopied = await sql.copy(
    'telemetry.raw_readings (point_id, variable, measured_at, source_id, value, value_text, message_id, received_at)',
    sorted.map((row) => [
      ...[row.point.id, row.channel, row.measuredAt, row.sourceId],
      ...[row.value, row.text, row.messageId, receivedAt],
    ]),
  );
  if (isCopied) return 'ALL';
  const added = await sql.rows<{ point_id: string; variable: string; measured_at: Date; source_id: string }>(
    'telemetry-raw',
    `INSERT INTO telemetry.raw_readings (point_id, variable, measured_at, source_id, value, value_text, message_id, received_at)
     SELECT point_id, channel, measured_at, source_id, value, value_text, message_id, $8::timestamptz
     FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::float8[], $6::text[], $7::text[])
       AS given (point_id, channel, measured_at, source_id, value, value_text, message_id)
     ORDER BY 1, 2, 3, 4 ON CONFLICT DO NOTHING
     RETURNING point_id, variable, measured_at, source_id`,
    [
      arrayLiteral(rows.map((row) => row.point.id)),
      arrayLiteral(rows.map((row) => row.channel)),
      arrayLiteral(rows.map((row) => row.measuredAt)),
      arrayLiteral(rows.map((row) => row.sourceId)),
      arrayLiteral(rows.map((row) => row.value)),
      arrayLiteral(rows.map((row) => row.text)),
      arrayLiteral(rows.map((row) => row.messageId)),
      receivedAt,
    ],
  );
  return new Set(added.map((row) => `${row.point_id}|${row.measured_at.getTime()}|${row.source_id}|${row.variable}`));
}

/** Of rows that were there already, the keys of those that stand with another value: the first one is the truth. */
export async function findConflicts(sql: SqlRunner, rows: readonly RawRow[]): Promise<ReadonlySet<string>> {
  const found = await sql.rows<{ point_id: string; variable: string; measured_at: Date; source_id: string }>(
    'telemetry-conflicts',
    `SELECT r.point_id, r.variable, r.measured_at, r.source_id
     FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::uuid[], $5::float8[], $6::text[])
       AS given (point_id, channel, measured_at, source_id, value, value_text)
     JOIN telemetry.raw_readings r ON r.point_id = given.point_id AND r.variable = given.channel
       AND r.measured_at = given.measured_at AND r.source_id = given.source_id
     WHERE r.value IS DISTINCT FROM given.value OR r.value_text IS DISTINCT FROM given.value_text`,
    [
      arrayLiteral(rows.map((row) => row.point.id)),
      arrayLiteral(rows.map((row) => row.channel)),
      arrayLiteral(rows.map((row) => row.measuredAt)),
      arrayLiteral(rows.map((row) => row.sourceId)),
      arrayLiteral(rows.map((row) => row.value)),
      arrayLiteral(rows.map((row) => row.text)),
    ],
  );
  return new Set(found.map((row) => `${row.point_id}|${row.measured_at.getTime()}|${row.source_id}|${row.variable}`));
}

/** The order in which every transaction brings its rows, so that two with the same ones wait and never lock each other. */
function byKey(a: RawRow, b: RawRow): number {
  return (
    compare(a.point.id, b.point.id) ||
    compare(a.channel, b.channel) ||
    a.measuredAt.getTime() - b.measuredAt.getTime() ||
    compare(a.sourceId, b.sourceId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
