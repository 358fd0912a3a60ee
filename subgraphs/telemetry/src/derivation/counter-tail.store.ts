import { readingsBefore } from '../counter/explain-again.ts';
import { arrayLiteral, type SqlRunner } from '../intake/sql-runner.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';

/** A reading of a counter at the end of what is stored. */
export interface TailReading {
  readonly at: number;
  readonly rawValue: number | null;
  readonly sourceId: string;
  readonly constantsId: string | null;
  readonly isHeld: boolean;
  readonly flags: readonly string[];
}

export interface CounterTail {
  /** The last ones before the new readings, oldest first. */
  readonly readings: readonly TailReading[];
  /** Something is stored at or after the first new reading. */
  readonly hasLater: boolean;
}

/**
 * What is stored right before the new readings of each counter, in one statement. What a fast clock told has no part in
 * it. The last weeks are looked at first: without a lower end, every month that was ever measured is opened for it.
 */
export async function readTails(
  sql: SqlRunner,
  counters: readonly { readonly pointId: string; readonly variable: VariableKind; readonly from: Date }[],
): Promise<readonly CounterTail[]> {
  return sql.rows<CounterTail>('telemetry-counter-tails', tailsSql, [
    arrayLiteral(counters.map(({ pointId }) => pointId)),
    arrayLiteral(counters.map(({ variable }) => variable)),
    arrayLiteral(counters.map(({ from }) => from)),
  ]);
}

const ofCounter = `m.point_id = given.point_id AND m.variable = given.variable AND NOT ('CLOCK_AHEAD' = ANY(m.flags))`;

const before = (from: string) => `
    SELECT m.measured_at, m.raw_value, m.source_id, m.constants_id, m.quality, m.flags FROM telemetry.measurements m
    WHERE ${ofCounter} AND m.measured_at < given.starts AND m.measured_at >= ${from}
    ORDER BY m.measured_at DESC LIMIT ${readingsBefore}`;

const asList = `coalesce(jsonb_agg(jsonb_build_object('at', round(extract(epoch FROM m.measured_at) * 1000), 'rawValue', m.raw_value,
            'sourceId', m.source_id, 'constantsId', m.constants_id, 'isHeld', m.quality = 'HELD', 'flags', m.flags)
            ORDER BY m.measured_at), '[]')`;

const tailsSql = `
  SELECT CASE WHEN recent.count = ${readingsBefore} THEN recent.readings
              ELSE (SELECT ${asList} FROM (${before("'-infinity'")}) AS m) END AS readings,
         EXISTS (SELECT FROM telemetry.measurements m WHERE ${ofCounter} AND m.measured_at >= given.starts) AS "hasLater"
  FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[]) WITH ORDINALITY AS given (point_id, variable, starts, place)
  CROSS JOIN LATERAL (
    SELECT count(*) AS count, ${asList} AS readings
    FROM (${before("given.starts - interval '20 days'")}) AS m) AS recent
  ORDER BY place`;
