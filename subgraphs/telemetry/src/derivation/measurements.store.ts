import type { PointEntry } from '../intake/point-directory.ts';
import { arrayLiteral, type SqlRunner } from '../intake/sql-runner.ts';
import { type VariableKind, variableKinds } from '../variables/variable-kinds.ts';
import type { DerivedMeasurement } from './derive-measurement.ts';
import { lastInstant } from './device-clock.ts';

/**
 * Version of the rules that make measurements of raw readings. It grows when they would make something else of the same
 * readings; what an older version made stays until it is made again.
 */
export const derivationVersion = 3;

export interface QuantityKey {
  readonly pointId: string;
  readonly variable: VariableKind;
}

export interface MeasurementRow extends Omit<DerivedMeasurement, 'counter' | 'constantsId' | 'rawValue' | 'flags'> {
  readonly point: PointEntry;
  readonly sourceId: string;
  readonly rawValue: number | null;
  readonly flags: readonly string[];
  /** Null for one that was not made from a raw reading. */
  readonly constantsId: string | null;
  /** Of a counter: m3 since the reading before, as an exact decimal. */
  readonly delta: string | null;
}

/**
 * Moves the latest values forward, and back only from an instant that has not come; never to one. It locks the row of each quantity it is given, moved or not, in one
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
       (point_id, variable, site_id, company_id, value, unit, measured_at, received_at, quality, flags)
     SELECT point_id, variable, site_id, company_id, value, unit, measured_at, $10::timestamptz, quality,
            string_to_array(flags, ',')
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::uuid[], $4::uuid[], $5::float8[], $6::text[], $7::timestamptz[],
                 $8::telemetry.measurement_quality[], $9::text[])
       AS given (point_id, variable, site_id, company_id, value, unit, measured_at, quality, flags)
     ORDER BY 1, 2
     ON CONFLICT (point_id, variable) DO UPDATE SET
       value = excluded.value, unit = excluded.unit, measured_at = excluded.measured_at, received_at = excluded.received_at,
       quality = excluded.quality, flags = excluded.flags,
       site_id = excluded.site_id, company_id = excluded.company_id, updated_at = excluded.received_at
     WHERE excluded.measured_at <= $11::timestamptz AND (excluded.measured_at > l.measured_at OR l.measured_at > $11::timestamptz)`,
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
      receivedAt,
      lastInstant(receivedAt),
    ],
  );
}

export interface WrittenMeasurement {
  readonly key: string;
  /** It was not there before, or was held, and counts now. */
  readonly isNewlyBelieved: boolean;
  /** It was there before and is another now. */
  readonly isChanged: boolean;
}

/**
 * Writes measurements, and answers those that were not there or were others. A counter's is written as it is given: it
 * was worked out from all that is known of its instant. Of another quantity, that of the older source stays where two
 * told the same instant, whichever came first; unless all are given again.
 */
export async function saveMeasurements(
  sql: SqlRunner,
  rows: readonly MeasurementRow[],
  { isAll = false }: { readonly isAll?: boolean } = {},
): Promise<readonly WrittenMeasurement[]> {
  const written = await sql.rows<WrittenRow>('telemetry-measurements', saveSql, [
    ...keysOf(rows),
    arrayLiteral(rows.map((row) => row.value)),
    arrayLiteral(rows.map((row) => row.rawValue)),
    arrayLiteral(rows.map((row) => row.delta)),
    arrayLiteral(rows.map((row) => row.quality)),
    arrayLiteral(rows.map((row) => row.flags.join(','))),
    arrayLiteral(rows.map((row) => row.sourceId)),
    arrayLiteral(rows.map((row) => row.constantsId)),
    derivationVersion,
    isAll,
  ]);
  return written.map(({ point_id, variable, measured_at, was, is }) => ({
    key: `${point_id}|${variable}|${measured_at.getTime()}`,
    isNewlyBelieved: is !== 'HELD' && (was === null || was === 'HELD'),
    isChanged: was !== null,
  }));
}

/**
 * Writes measurements at instants where none is stored yet: all of them or none. False when there is one, and when
 * copying is not to be tried; `saveMeasurements` then decides which of two counts.
 */
export function copyMeasurements(sql: SqlRunner, rows: readonly MeasurementRow[]): Promise<boolean> {
  const sorted = rows.toSorted(
    (a, b) =>
      compare(a.point.id, b.point.id) ||
      variableKinds.indexOf(a.variable) - variableKinds.indexOf(b.variable) ||
      a.measuredAt.getTime() - b.measuredAt.getTime(),
  );
  return sql.copy(
    `telemetry.measurements (point_id, variable, measured_at, ${derived})`,
    sorted.map((row) => [
      ...[row.point.id, row.variable, row.measuredAt, row.value, row.rawValue, row.delta, row.quality],
      ...[arrayLiteral(row.flags), row.sourceId, row.constantsId, derivationVersion],
    ]),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface WrittenRow {
  readonly point_id: string;
  readonly variable: string;
  readonly measured_at: Date;
  readonly was: string | null;
  readonly is: string;
}

const derived = 'value, raw_value, delta, quality, flags, source_id, constants_id, rule_version';
const columnsOf = (row: string) => derived.split(', ').map((column) => `${row}.${column}`);

const saveSql = `
  INSERT INTO telemetry.measurements AS m (point_id, variable, measured_at, ${derived})
  SELECT point_id, variable, measured_at, value, raw_value, delta, quality, string_to_array(flags, ','), source_id, constants_id, $11::int
  FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::float8[], $5::float8[], $6::numeric[],
              $7::telemetry.measurement_quality[], $8::text[], $9::uuid[], $10::uuid[])
    AS given (point_id, variable, measured_at, value, raw_value, delta, quality, flags, source_id, constants_id)
  ORDER BY 1, 2, 3
  ON CONFLICT (point_id, variable, measured_at) DO UPDATE SET
    ${derived
      .split(', ')
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}, processed_at = now()
  WHERE ($12::boolean OR excluded.variable = 'TOTAL'
      OR (excluded.quality = 'HELD', excluded.source_id) < (m.quality = 'HELD', m.source_id))
    AND (${columnsOf('m').join(', ')}) IS DISTINCT FROM (${columnsOf('excluded').join(', ')})
  RETURNING m.point_id, m.variable::text AS variable, m.measured_at, old.quality::text AS was, new.quality::text AS is`;

export const measurementKey = (row: Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>): string =>
  `${row.point.id}|${row.variable}|${row.measuredAt.getTime()}`;

/**
 * Puts latest values back to what is believed now: the newest may have become a spike, been told by an older source, or
 * be of an instant that has not come. Only where there is nothing else does such a one stand.
 */
export async function resetLatest(sql: SqlRunner, quantities: readonly QuantityKey[], now: Date): Promise<void> {
  await sql.rows(
    'telemetry-latest-again',
    `WITH wanted AS MATERIALIZED (
       SELECT l.point_id, l.variable, m.* FROM unnest($1::uuid[], $2::telemetry.variable_kind[]) AS given (point_id, variable)
       JOIN telemetry.latest_measurements l USING (point_id, variable)
       LEFT JOIN LATERAL (
         (SELECT value, measured_at, quality, flags, false AS is_ahead FROM telemetry.measurements m
          WHERE m.point_id = given.point_id AND m.variable = given.variable AND m.quality <> 'HELD'
            AND m.measured_at <= $3::timestamptz
          ORDER BY measured_at DESC LIMIT 1)
         UNION ALL
         (SELECT value, measured_at, quality, flags, true FROM telemetry.measurements m
          WHERE m.point_id = given.point_id AND m.variable = given.variable AND m.quality <> 'HELD'
            AND m.measured_at > $3::timestamptz
          ORDER BY measured_at DESC LIMIT 1)
         ORDER BY is_ahead LIMIT 1) AS m ON true
     ), gone AS (
       DELETE FROM telemetry.latest_measurements l USING wanted w
       WHERE l.point_id = w.point_id AND l.variable = w.variable AND w.measured_at IS NULL)
     UPDATE telemetry.latest_measurements l SET value = w.value, measured_at = w.measured_at, quality = w.quality, flags = w.flags,
       updated_at = now()
     FROM wanted w
     WHERE l.point_id = w.point_id AND l.variable = w.variable AND w.measured_at IS NOT NULL
       AND (l.value, l.measured_at, l.quality, l.flags) IS DISTINCT FROM (w.value, w.measured_at, w.quality, w.flags)`,
    [
      arrayLiteral(quantities.map(({ pointId }) => pointId)),
      arrayLiteral(quantities.map(({ variable }) => variable)),
      lastInstant(now),
    ],
  );
}

/**
 * Marks the hours that the rows fall into as not added up any more. A counter's reading belongs to the hour that it
 * closes. A mark that is there already is locked, so that whoever adds up the hour meanwhile leaves it to the next turn.
 */
export async function markDirty(
  sql: SqlRunner,
  rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>[],
): Promise<void> {
  await sql.rows(
    'telemetry-dirty',
    `INSERT INTO telemetry.dirty_buckets (point_id, variable, grain, bucket_start)
     SELECT DISTINCT point_id, variable, 'HOUR'::telemetry.rollup_grain,
       date_trunc('hour', CASE WHEN variable = 'TOTAL' THEN measured_at - interval '1 millisecond' ELSE measured_at END)
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[]) AS given (point_id, variable, measured_at)
     ORDER BY 1, 2, 4
     ON CONFLICT (point_id, variable, grain, bucket_start) DO UPDATE SET marked_at = excluded.marked_at WHERE false`,
    keysOf(oneAnHour(rows)),
  );
}

const quarterMs = 900_000;

/** Few of many rows, and of every hour that they fall into at least one; a quarter is whole in every zone's hours. */
function oneAnHour<Row extends Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>>(rows: readonly Row[]): Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const ms = row.measuredAt.getTime() - (row.variable === 'TOTAL' ? 1 : 0);
    found.set(`${row.point.id}|${row.variable}|${Math.floor(ms / quarterMs)}`, row);
  }
  return [...found.values()];
}

function keysOf(rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>[]): [string, string, string] {
  return [
    arrayLiteral(rows.map((row) => row.point.id)),
    arrayLiteral(rows.map((row) => row.variable)),
    arrayLiteral(rows.map((row) => row.measuredAt)),
  ];
}
