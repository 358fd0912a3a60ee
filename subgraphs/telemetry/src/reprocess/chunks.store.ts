import type { SqlRunner } from '../intake/sql-runner.ts';
import type { Period } from './tally.store.ts';

/** Measurements that one transaction makes again. */
const chunkRows = 500;

/** Where the next stretch of a period ends, not included: after so many measurements, or a quarter where there are none. */
export async function nextChunk(sql: SqlRunner, { pointId, variable, from, to }: Period): Promise<Date> {
  const [row] = await sql.rows<{ ends: Date }>('telemetry-next-chunk', chunkSql, [pointId, variable, from, to]);
  if (row === undefined) throw new Error('An aggregate answered no row');
  return row.ends;
}

const chunkSql = `
  SELECT least(
    coalesce((SELECT measured_at FROM telemetry.measurements
      WHERE point_id = $1::uuid AND variable = $2::text::telemetry.variable_kind AND measured_at >= $3::timestamptz
      ORDER BY measured_at OFFSET ${chunkRows} LIMIT 1), 'infinity'),
    $3::timestamptz + interval '90 days', $4::timestamptz) AS ends`;
