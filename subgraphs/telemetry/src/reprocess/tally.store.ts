import type { SqlRunner } from '../intake/sql-runner.ts';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import type { Tally } from './reprocess-run.ts';

/** A period of one quantity of a point. */
export interface Period {
  readonly pointId: string;
  readonly variable: VariableKind;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/**
 * The instants of a quantity's readings in a period, the end not included. A counter's reading belongs to the period
 * that it closes, so that one at the end is in it and one at the beginning is not.
 */
export function instantsOf({ variable, from, to }: Pick<Period, 'variable' | 'from' | 'to'>): { from: Date; to: Date } {
  const shift = variableDefinitions[variable].isCounter ? 1 : 0;
  return { from: new Date(from.getTime() + shift), to: new Date(to.getTime() + shift) };
}

/** Counts what is stored. */
export async function readTally(sql: SqlRunner, period: Period): Promise<Tally> {
  const { from, to } = instantsOf(period);
  const [row] = await sql.rows<Tally>('telemetry-tally', tallySql, [period.pointId, period.variable, from, to]);
  if (row === undefined) throw new Error('An aggregate answered no row');
  return row;
}

const tallySql = `
  SELECT count(*)::int AS readings, count(*) FILTER (WHERE quality = 'SUSPECT')::int AS suspect,
         count(*) FILTER (WHERE quality = 'HELD')::int AS held,
         CASE WHEN $2 = 'TOTAL' THEN trim_scale(coalesce(sum(delta), 0))::text END AS "volumeM3",
         avg(value) FILTER (WHERE quality <> 'HELD') AS mean
  FROM telemetry.measurements
  WHERE point_id = $1::uuid AND variable = $2::text::telemetry.variable_kind
    AND measured_at >= $3::timestamptz AND measured_at < $4::timestamptz`;
