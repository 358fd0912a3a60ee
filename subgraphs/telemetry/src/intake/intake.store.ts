import type { AddedMeasurement } from '../events.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import type { DerivedMeasurement } from './derive-measurement.ts';
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

export interface MeasurementRow extends DerivedMeasurement {
  readonly point: PointEntry;
  readonly sourceId: string;
  /** Of a counter: m3 since the reading before. */
  readonly delta: number | null;
}

export interface DeadLetterRow {
  readonly origin: string;
  readonly topic: string | null;
  readonly point: PointEntry | null;
  readonly payload: string;
  readonly reason: string;
}

/** A stored reading of a counter near new ones. */
export interface Neighbour {
  readonly measuredAt: Date;
  readonly value: number;
  readonly delta: number | null;
  readonly flags: readonly string[];
  readonly isHeld: boolean;
}

export const rawKey = (row: Pick<RawRow, 'point' | 'channel' | 'measuredAt' | 'sourceId'>): string =>
  `${row.point.id}|${row.measuredAt.getTime()}|${row.sourceId}|${row.channel}`;

/** Keeps what is not kept yet and answers the keys of those rows; everything else was there already. */
export async function insertRaw(sql: SqlRunner, rows: readonly RawRow[], receivedAt: Date): Promise<ReadonlySet<string>> {
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
  return new Set(
    added.map((row) => `${row.point_id}|${row.measured_at.getTime()}|${row.source_id}|${row.variable}`),
  );
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
  return new Set(
    found.map((row) => `${row.point_id}|${row.measured_at.getTime()}|${row.source_id}|${row.variable}`),
  );
}

/**
 * Moves the latest values forward, never back. It locks the row of each quantity it is given, moved or not, in one
 * order: whoever adds measurements of that quantity does it after this, one transaction at a time.
 */
export async function moveLatest(
  sql: SqlRunner,
  newest: readonly Omit<MeasurementRow, 'delta'>[],
  receivedAt: Date,
): Promise<void> {
  await sql.rows(
    'telemetry-latest',
    `INSERT INTO telemetry.latest_measurements AS l
       (point_id, variable, site_id, company_id, value, unit, measured_at, received_at, quality, flags, cadence_seconds, expected_by)
     SELECT point_id, variable, site_id, company_id, value, unit, measured_at, $11::timestamptz, quality,
            string_to_array(flags, ','), cadence, measured_at + make_interval(secs => 3 * cadence)
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::uuid[], $4::uuid[], $5::float8[], $6::text[], $7::timestamptz[],
                 $8::telemetry.measurement_quality[], $9::text[], $10::int[])
       AS given (point_id, variable, site_id, company_id, value, unit, measured_at, quality, flags, cadence)
     ORDER BY 1, 2
     ON CONFLICT (point_id, variable) DO UPDATE SET
       value = excluded.value, unit = excluded.unit, measured_at = excluded.measured_at, received_at = excluded.received_at,
       quality = excluded.quality, flags = excluded.flags, cadence_seconds = excluded.cadence_seconds,
       expected_by = excluded.expected_by, site_id = excluded.site_id, company_id = excluded.company_id, updated_at = excluded.received_at
     WHERE excluded.measured_at > l.measured_at`,
    [
      arrayLiteral(newest.map((row) => row.point.id)),
      arrayLiteral(newest.map((row) => row.variable)),
      arrayLiteral(newest.map((row) => row.point.siteId)),
      arrayLiteral(newest.map((row) => row.point.companyId)),
      arrayLiteral(newest.map((row) => row.value)),
      arrayLiteral(newest.map((row) => row.unit)),
      arrayLiteral(newest.map((row) => row.measuredAt)),
      arrayLiteral(newest.map((row) => row.quality)),
      arrayLiteral(newest.map((row) => row.flags.join(','))),
      arrayLiteral(newest.map((row) => row.point.samplingMinutes * 60)),
      receivedAt,
    ],
  );
}

/** A stretch of one counter's time that new readings fall into. */
export interface Span {
  readonly pointId: string;
  readonly variable: VariableKind;
  readonly from: Date;
  readonly to: Date;
}

/**
 * What is measured in each span, both ends included, and right before and right after it; oldest first. Held readings
 * are no part of a counter's history, and are told only where they stand in the way of a new one.
 */
export async function readHistory(sql: SqlRunner, spans: readonly Span[]): Promise<readonly (readonly Neighbour[])[]> {
  const found = await sql.rows<{ history: readonly NeighbourJson[] }>(
    'telemetry-history',
    `SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('at', round(extract(epoch FROM m.measured_at) * 1000), 'value', m.value,
               'delta', m.delta, 'flags', m.flags, 'isHeld', m.quality = 'HELD') ORDER BY m.measured_at), '[]')
             FROM (
               (SELECT * FROM telemetry.measurements WHERE point_id = span.point_id AND variable = span.variable
                  AND measured_at < span.starts AND quality <> 'HELD' ORDER BY measured_at DESC LIMIT 1)
               UNION ALL
               (SELECT * FROM telemetry.measurements WHERE point_id = span.point_id AND variable = span.variable
                  AND measured_at BETWEEN span.starts AND span.ends)
               UNION ALL
               (SELECT * FROM telemetry.measurements WHERE point_id = span.point_id AND variable = span.variable
                  AND measured_at > span.ends AND quality <> 'HELD' ORDER BY measured_at LIMIT 1)) AS m) AS history
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY
       AS span (point_id, variable, starts, ends, place) ORDER BY place`,
    [
      arrayLiteral(spans.map((span) => span.pointId)),
      arrayLiteral(spans.map((span) => span.variable)),
      arrayLiteral(spans.map((span) => span.from)),
      arrayLiteral(spans.map((span) => span.to)),
    ],
  );
  return found.map(({ history }) => history.map(({ at, ...rest }) => ({ ...rest, measuredAt: new Date(at) })));
}

/** Adds measurements; where another source told the same quantity at the same instant first, that one stays. */
export async function insertMeasurements(sql: SqlRunner, rows: readonly MeasurementRow[]): Promise<ReadonlySet<string>> {
  const added = await sql.rows<{ point_id: string; variable: string; measured_at: Date }>(
    'telemetry-measurements',
    `INSERT INTO telemetry.measurements
       (point_id, variable, measured_at, value, raw_value, delta, quality, flags, source_id, constants_id)
     SELECT point_id, variable, measured_at, value, raw_value, delta, quality, string_to_array(flags, ','), source_id, constants_id
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::float8[], $5::float8[], $6::float8[],
                 $7::telemetry.measurement_quality[], $8::text[], $9::uuid[], $10::uuid[])
       AS given (point_id, variable, measured_at, value, raw_value, delta, quality, flags, source_id, constants_id)
     ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
     RETURNING point_id, variable, measured_at`,
    [
      ...keysOf(rows),
      arrayLiteral(rows.map((row) => row.value)),
      arrayLiteral(rows.map((row) => row.rawValue)),
      arrayLiteral(rows.map((row) => row.delta)),
      arrayLiteral(rows.map((row) => row.quality)),
      arrayLiteral(rows.map((row) => row.flags.join(','))),
      arrayLiteral(rows.map((row) => row.sourceId)),
      arrayLiteral(rows.map((row) => row.constantsId)),
    ],
  );
  return new Set(added.map((row) => `${row.point_id}|${row.variable}|${row.measured_at.getTime()}`));
}

export const measurementKey = (row: Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>): string =>
  `${row.point.id}|${row.variable}|${row.measuredAt.getTime()}`;

/** Gives readings that now have another one before them their new share. */
export async function updateDeltas(
  sql: SqlRunner,
  rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt' | 'delta' | 'flags'>[],
): Promise<void> {
  await sql.rows(
    'telemetry-deltas',
    `UPDATE telemetry.measurements m SET delta = given.delta, flags = string_to_array(given.flags, ',')
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::float8[], $5::text[])
       AS given (point_id, variable, measured_at, delta, flags)
     WHERE m.point_id = given.point_id AND m.variable = given.variable AND m.measured_at = given.measured_at`,
    [
      ...keysOf(rows),
      arrayLiteral(rows.map((row) => row.delta)),
      arrayLiteral(rows.map((row) => row.flags.join(','))),
    ],
  );
}

/** Marks the hours that the rows fall into as not added up any more. */
export async function markDirty(
  sql: SqlRunner,
  rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>[],
): Promise<void> {
  await sql.rows(
    'telemetry-dirty',
    `INSERT INTO telemetry.dirty_buckets (point_id, variable, grain, bucket_start)
     SELECT DISTINCT point_id, variable, 'HOUR'::telemetry.rollup_grain, date_trunc('hour', measured_at)
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[]) AS given (point_id, variable, measured_at)
     ORDER BY 1, 2, 4 ON CONFLICT DO NOTHING`,
    keysOf(rows),
  );
}

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

/** What the bus is told of a measurement. */
export function toAdded(row: MeasurementRow): AddedMeasurement {
  const { variable, value, unit, measuredAt, quality, flags } = row;
  return { variable, value, unit, measuredAt: measuredAt.toISOString(), quality, flags };
}

interface NeighbourJson extends Omit<Neighbour, 'measuredAt'> {
  readonly at: number;
}

function keysOf(rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>[]): [string, string, string] {
  return [
    arrayLiteral(rows.map((row) => row.point.id)),
    arrayLiteral(rows.map((row) => row.variable)),
    arrayLiteral(rows.map((row) => row.measuredAt)),
  ];
}
