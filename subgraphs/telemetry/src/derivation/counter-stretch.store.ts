import { z } from 'zod';
import { readingsBefore } from '../counter/explain-again.ts';
import { arrayLiteral, type SqlRunner } from '../intake/sql-runner.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';

/** A stretch of one quantity's time in which something changed, both ends included. */
export interface Span {
  readonly pointId: string;
  readonly variable: VariableKind;
  readonly from: Date;
  readonly to: Date;
}

/** A raw reading and what its channel carries. */
export interface StretchRaw {
  readonly at: number;
  readonly value: number;
  readonly sourceId: string;
  readonly channel: string;
  readonly multiplier: string;
  readonly isPulses: boolean;
  readonly receivedAt: number;
}

/** A measurement as it is stored now. */
export interface StretchStored {
  readonly at: number;
  readonly value: number;
  readonly rawValue: number | null;
  readonly delta: string | null;
  readonly quality: 'GOOD' | 'SUSPECT' | 'BAD' | 'HELD';
  readonly flags: readonly string[];
  readonly sourceId: string;
  readonly constantsId: string | null;
  readonly ruleVersion: number;
}

export interface StoredStretch {
  /** ms; null where the quantity begins within the stretch, or ends. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly raw: readonly StretchRaw[];
  readonly stored: readonly StretchStored[];
}

/**
 * All that is known of each span and around it: from enough believed readings before it to begin anew, to so many
 * readings after it. Text has no part in it.
 */
export async function readStretches(
  sql: SqlRunner,
  spans: readonly Span[],
  readingsAfter: number,
): Promise<readonly StoredStretch[]> {
  const rows = await sql.rows('telemetry-stretches', stretchesSql, [
    arrayLiteral(spans.map(({ pointId }) => pointId)),
    arrayLiteral(spans.map(({ variable }) => variable)),
    arrayLiteral(spans.map(({ from }) => from)),
    arrayLiteral(spans.map(({ to }) => to)),
    readingsAfter - 1,
  ]);
  return rows.map((row) => rowSchema.parse(row));
}

const ms = (column: string) => `round(extract(epoch FROM ${column}) * 1000)`;
const ofQuantity = (table: string) => `${table}.point_id = given.point_id AND ${table}.variable = given.variable`;

const stretchesSql = `
  WITH bounded AS (
    SELECT given.*,
      (SELECT m.measured_at FROM telemetry.measurements m WHERE ${ofQuantity('m')} AND m.measured_at < given.starts AND m.quality <> 'HELD'
       ORDER BY m.measured_at DESC OFFSET ${readingsBefore - 1} LIMIT 1) AS lower,
      (SELECT m.measured_at FROM telemetry.measurements m WHERE ${ofQuantity('m')} AND m.measured_at > given.ends
       ORDER BY m.measured_at OFFSET $5::int LIMIT 1) AS upper
    FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY
      AS given (point_id, variable, starts, ends, place))
  SELECT ${ms('lower')}::float8 AS lower, ${ms('upper')}::float8 AS upper,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('at', ${ms('r.measured_at')}, 'value', r.value, 'sourceId', s.id, 'channel', c.channel,
       'multiplier', c.multiplier::text, 'isPulses', c.is_pulses, 'receivedAt', ${ms('r.received_at')})), '[]')
     FROM telemetry.reading_sources s
     JOIN telemetry.source_channels c ON c.source_id = s.id AND c.variable = given.variable
     CROSS JOIN LATERAL (
       SELECT measured_at, value, received_at FROM telemetry.raw_readings r
       WHERE r.point_id = given.point_id AND r.variable = c.channel AND r.source_id = s.id AND r.value IS NOT NULL
         AND r.measured_at >= coalesce(lower, '-infinity') AND r.measured_at <= coalesce(upper, 'infinity')) AS r
     WHERE s.point_id = given.point_id) AS raw,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('at', ${ms('m.measured_at')}, 'value', m.value, 'rawValue', m.raw_value,
       'delta', m.delta::text, 'quality', m.quality, 'flags', m.flags, 'sourceId', m.source_id, 'constantsId', m.constants_id, 'ruleVersion', m.rule_version)), '[]')
     FROM telemetry.measurements m
     WHERE ${ofQuantity('m')} AND m.measured_at >= coalesce(lower, '-infinity') AND m.measured_at <= coalesce(upper, 'infinity')) AS stored
  FROM bounded AS given ORDER BY place`;

const rowSchema = z.object({
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  raw: z.array(
    z.object({
      at: z.number(),
      value: z.number(),
      sourceId: z.string(),
      channel: z.string(),
      multiplier: z.string(),
      isPulses: z.boolean(),
      receivedAt: z.number(),
    }),
  ),
  stored: z.array(
    z.object({
      at: z.number(),
      value: z.number(),
      rawValue: z.number().nullable(),
      delta: z.string().nullable(),
      quality: z.enum(['GOOD', 'SUSPECT', 'BAD', 'HELD']),
      flags: z.array(z.string()),
      sourceId: z.string(),
      constantsId: z.string().nullable(),
      ruleVersion: z.number(),
    }),
  ),
});
