import type { PoolClient } from 'pg';
import { type DemoPoint, type DemoVariable, demoPoints } from './points.ts';

/**
 * Fills `pg_temp.seed_readings` with everything that a point's device saw in the days before `now`: one row per instant,
 * computed from hashes of time and point, so that the same `now` gives the same rows.
 */
export async function createReadings(client: PoolClient, point: DemoPoint, days: number, now: Date): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE IF NOT EXISTS seed_readings (t timestamptz, s bigint, flow float8, level float8, pulses float8, total float8,
       delta float8, is_reset boolean, is_spike boolean, summer float8, slow float8) ON COMMIT DROP`,
  );
  await client.query(createNoise);
  await client.query('TRUNCATE seed_readings');
  const cadence = point.cadenceMinutes * 60;
  const ends = Math.floor(now.getTime() / 1000 / cadence) * cadence;
  const resets = point.resetDaysAgo.map((ago) => new Date((Math.floor(ends / 3600) - 24 * ago) * 3_600_000));
  await client.query(insertReadings(point.pattern), [
    ends - days * 86_400,
    ends - point.silentHours * 3600,
    cadence,
    point.site.timeZone,
    1_000 * (1 + demoPoints.indexOf(point)),
    point.nominalLps,
    point.restLevelM,
    point.nominalLps > 0 ? point.drawdownM / point.nominalLps : 0,
    point.startM3,
    point.litersPerPulse,
    point.pulsesPerLiter,
    point.calibrationFactor,
    resets,
  ]);
}

/** In [-1, 1), the same for the same arguments; and the same blended from step to step. */
const createNoise = `
  CREATE OR REPLACE FUNCTION pg_temp.noise(step bigint, seed int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$ SELECT (hashint8extended(step, seed) & 65535)::float8 / 32768::float8 - 1 $$;
  CREATE OR REPLACE FUNCTION pg_temp.drift(s bigint, period bigint, seed int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$ SELECT pg_temp.noise(s / period, seed) * (1 - (s % period)::float8 / period)
            + pg_temp.noise(s / period + 1, seed) * ((s % period)::float8 / period) $$`;

/** The share of the nominal flow, from the wall clock, the season (1 in January, -1 in July) and slow weather. */
const flowShares: Readonly<Record<DemoPoint['pattern'], string>> = {
  industrial: `CASE WHEN (1 + pg_temp.noise(s / 2700, $5 + 2)) / 2
      < CASE WHEN weekday = 7 THEN 0.12 WHEN hour BETWEEN 6 AND 21 THEN 0.8 ELSE 0.28 END
    THEN 0.95 + 0.04 * slow + 0.012 * pg_temp.noise(s, $5 + 3) ELSE 0 END`,
  irrigation: `CASE WHEN (1 + pg_temp.noise(s / 2700, $5 + 2)) / 2
      < (0.06 + 0.9 * greatest(0, (summer + 0.25) / 1.25)) * CASE WHEN hour BETWEEN 9 AND 18 THEN 0.4 ELSE 1 END
    THEN 0.96 + 0.04 * slow + 0.01 * pg_temp.noise(s, $5 + 3) ELSE 0 END`,
  river: '(0.6 + 0.3 * summer + 0.12 * slow) * (1 + 0.05 * sin(2 * pi() * (s % 86400) / 86400))',
  spring: '0.75 - 0.2 * summer + 0.06 * slow + 0.01 * pg_temp.noise(s, $5 + 3)',
  drain: 'greatest(0.04, 0.4 - 0.3 * summer + 0.3 * slow)',
  still: '0',
};

/**
 * Pumps run in blocks of 45 minutes. The counter keeps counting through outages, so the first reading after one shows
 * all that was pumped meanwhile, and begins again from zero where it was reset.
 */
const insertReadings = (pattern: DemoPoint['pattern']) => `
  INSERT INTO seed_readings
  WITH given AS (
    SELECT CASE WHEN $10::numeric IS NULL AND $11::numeric IS NULL THEN NULL
                ELSE $12::numeric * coalesce($10::numeric, 1 / $11::numeric) / 1000 END AS m3_per_pulse
  ), grid AS MATERIALIZED (
    SELECT s, extract(hour FROM wall)::int AS hour, extract(isodow FROM wall)::int AS weekday,
           cos(2 * pi() * (extract(doy FROM wall)::float8 - 15) / 365) AS summer, pg_temp.drift(s, 259200, $5::int + 1) AS slow
    FROM (SELECT s, to_timestamp(s) AT TIME ZONE $4::text AS wall
          FROM generate_series($1::bigint, $2::bigint, $3::bigint) AS s OFFSET 0) AS walls
  ), flowing AS MATERIALIZED (
    SELECT *, round($6::float8 * 100 * (${flowShares[pattern]})) / 100 AS flow,
           coalesce((SELECT max(extract(epoch FROM r)::bigint) FROM unnest($13::timestamptz[]) AS r
                     WHERE r <= to_timestamp(s)), 0) AS counting_from
    FROM grid
  ), counted AS MATERIALIZED (
    SELECT s, hour, summer, slow, flow, counting_from,
           sum(flow) OVER (PARTITION BY counting_from ORDER BY s) * $3 / 1000 AS pumped,
           avg(flow) OVER (ORDER BY s ROWS BETWEEN 7200 / $3 PRECEDING AND CURRENT ROW) AS recent
    FROM flowing
  ), kept AS (
    SELECT *, floor(((pumped + CASE WHEN counting_from = 0 THEN $9::float8 ELSE 0 END)::numeric / m3_per_pulse)) AS pulses
    FROM counted, given
    WHERE NOT (hour BETWEEN 2 AND 8 AND pg_temp.noise(s / 86400, $5 + 4) > 0.975) OR s > $2 - 86400
  )
  SELECT to_timestamp(s), s, flow,
         round(1000 * ($7::float8 + $8::float8 * recent + (0.02 * $7 + 0.08) * (summer + 0.6 * slow)
               + 0.01 * pg_temp.noise(s, $5 + 5))) / 1000,
         pulses::float8, (pulses * m3_per_pulse)::float8,
         CASE WHEN counting_from > lag(counting_from) OVER w THEN (pulses * m3_per_pulse)::float8
              ELSE ((pulses - lag(pulses) OVER w) * m3_per_pulse)::float8 END,
         coalesce(counting_from > lag(counting_from) OVER w, false), hashint8extended(s / 60, $5 + 6) % 9973 = 0, summer, slow
  FROM kept WINDOW w AS (ORDER BY s) ORDER BY s`;

interface Reading {
  /** The quantity in its unit. */
  readonly value: string;
  /** The number on the wire, when it is another. */
  readonly raw?: string;
  /** Volume since the reading before. */
  readonly delta?: string;
  /** Code of the rule that spoke, or null. */
  readonly flag?: string;
}

const day = 'sin(2 * pi() * (s % 86400) / 86400)';

/** How each quantity is read out of `seed_readings`. */
export const readingSql: Readonly<Record<DemoVariable, Reading>> = {
  LEVEL: {
    value: 'level * CASE WHEN is_spike THEN 3.2 ELSE 1 END',
    flag: `CASE WHEN is_spike THEN 'OUT_OF_RANGE' END`,
  },
  FLOW: { value: 'flow' },
  TOTAL: { value: 'total', raw: 'pulses', delta: 'delta', flag: `CASE WHEN is_reset THEN 'COUNTER_RESET' END` },
  TEMPERATURE: { value: `round(100 * (14.5 + 5.2 * summer + 1.1 * slow + 1.4 * ${day})) / 100` },
  PRESSURE: { value: 'round(100 * (2.6 + 0.4 * slow + 0.3 * sign(flow))) / 100' },
  PH: { value: 'round(100 * (7.4 + 0.25 * slow)) / 100' },
  CONDUCTIVITY: { value: 'round(10 * (430 + 40 * summer + 25 * slow)) / 10' },
  TURBIDITY: { value: 'round(100 * (4 + 3 * abs(slow) + 2.5 * greatest(0, summer))) / 100' },
};
