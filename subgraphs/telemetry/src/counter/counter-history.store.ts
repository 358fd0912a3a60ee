import { arrayLiteral, type SqlRunner } from '../intake/sql-runner.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';

/** A stored reading of a counter near new ones. */
export interface Neighbour {
  readonly measuredAt: Date;
  readonly value: number;
  readonly delta: number | null;
  readonly flags: readonly string[];
  readonly isHeld: boolean;
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

interface NeighbourJson extends Omit<Neighbour, 'measuredAt'> {
  readonly at: number;
}
