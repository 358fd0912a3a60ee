import { Prisma } from '@cauce/prisma/client';

/**
 * The evidence against each watched quantity (`w`), one statement a kind: a row with `evidence` where the rule is
 * broken now, none where it holds. They read by key, so that they cost the same however long the history is.
 */

const parameter = (name: string, usual: number) =>
  Prisma.sql`coalesce((w.parameters ->> ${name})::float8, ${usual}::float8)`;

const readings = Prisma.sql`telemetry.measurements m WHERE m.point_id = w.id AND m.variable = w.variable AND m.quality <> 'HELD'`;

/** The newest reading of the window that is outside its bounds. */
export function outOfRange(now: Date): Prisma.Sql {
  const bound = (name: string) => Prisma.sql`(w.parameters ->> ${name})::float8`;
  return Prisma.sql`
    SELECT jsonb_strip_nulls(jsonb_build_object('value', m.value, 'unit', w.unit, 'measuredAt', m.measured_at,
      'min', coalesce(${bound('min')}, CASE WHEN ${bound('max')} IS NULL THEN w.min_value END),
      'max', coalesce(${bound('max')}, CASE WHEN ${bound('min')} IS NULL THEN w.max_value END))) AS evidence
    FROM ${readings}
      AND m.measured_at > ${now}::timestamptz - make_interval(secs => 60 * ${parameter('windowMinutes', 15)}) AND m.measured_at <= ${now}
      AND CASE WHEN ${bound('min')} IS NULL AND ${bound('max')} IS NULL THEN 'OUT_OF_RANGE' = ANY(m.flags)
          ELSE m.value < ${bound('min')} OR m.value > ${bound('max')} END
    ORDER BY m.measured_at DESC LIMIT 1`;
}

/** The steepest step between two readings of the window. */
export function tooSteep(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT jsonb_build_object('value', step.value, 'previous', step.previous, 'unit', w.unit, 'measuredAt', step.measured_at,
      'previousAt', step.previous_at, 'perHour', step.per_hour, 'limitPerHour', ${parameter('perHour', 0)}) AS evidence
    FROM (
      SELECT value, measured_at, lag(value) OVER newest AS previous, lag(measured_at) OVER newest AS previous_at,
        abs(value - lag(value) OVER newest) * 3600 / extract(epoch FROM measured_at - lag(measured_at) OVER newest) AS per_hour
      FROM ${readings}
        AND m.measured_at > ${now}::timestamptz - make_interval(secs => 60 * ${parameter('windowMinutes', 60)}) AND m.measured_at <= ${now}
      WINDOW newest AS (ORDER BY m.measured_at)) AS step
    WHERE ${parameter('perHour', 0)} > 0 AND step.per_hour > ${parameter('perHour', 0)}
    ORDER BY step.per_hour DESC LIMIT 1`;
}

/** The newest reading of the window at which the counter did not simply go on. */
export function counterReset(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT jsonb_build_object('value', m.value, 'unit', w.unit, 'measuredAt', m.measured_at, 'flag', odd.flag) AS evidence
    FROM telemetry.measurements m
    CROSS JOIN LATERAL unnest(m.flags) AS odd (flag)
    WHERE m.point_id = w.id AND m.variable = w.variable
      AND m.measured_at > ${now}::timestamptz - make_interval(secs => 3600 * ${parameter('windowHours', 24)}) AND m.measured_at <= ${now}
      AND odd.flag IN ('COUNTER_RESET', 'COUNTER_DECREASE', 'COUNTER_JUMP', 'COUNTER_SPIKE')
    ORDER BY m.measured_at DESC LIMIT 1`;
}
