import type { ClientBase } from 'pg';
import { demoId, uuidOf } from '../demo-id.ts';
import { demoCompanies } from '../demo-places.ts';
import { demoPoints } from './points.ts';
import { demoRuleId } from './registry.ts';
import { insertTelemetryRows } from './rows.ts';

/** Episodes that the seeded year really holds: gaps, resets, values out of range, more flow than granted. */
export async function seedAlerts(client: ClientBase, now: Date): Promise<void> {
  const points = demoPoints.map((point) => point.id);
  const rules = Object.values(demoCompanies).flatMap((company) =>
    ['SILENCE', 'RANGE', 'COUNTER_RESET', 'WATER_RIGHT_FLOW'].map((kind) => ({
      company_id: company.id,
      kind,
      id: demoRuleId(company.id, kind),
    })),
  );
  for (const episodes of [silences, oddValues, excesses]) {
    await client.query(insertAlerts(episodes), [points, now, JSON.stringify(rules)]);
  }
  await insertTelemetryRows(client, 'dead_letters', deadLetters(now));
}

const insertAlerts = (episodes: string) => `
  INSERT INTO telemetry.alerts
    (id, point_id, rule_id, variable, site_id, company_id, severity, status, opened_at, last_seen_at, occurrences, evidence,
     acknowledged_at, acknowledgement, resolved_at)
  SELECT ${uuidOf("'alert:' || e.kind || p.id || e.opened_at")}, p.id, r.id, e.variable, p.site_id, p.company_id, r.severity,
         CASE WHEN e.resolved_at IS NOT NULL THEN 'RESOLVED' WHEN e.is_seen THEN 'ACKNOWLEDGED' ELSE 'OPEN' END::telemetry.alert_status,
         e.opened_at, coalesce(e.resolved_at, $2), e.occurrences, e.evidence,
         CASE WHEN e.is_seen THEN e.opened_at + interval '20 minutes' END, CASE WHEN e.is_seen THEN 'En revisión en terreno' END,
         e.resolved_at
  FROM (${episodes}) AS e
  JOIN telemetry.catchment_points p ON p.id = e.point_id
  JOIN jsonb_to_recordset($3::jsonb) AS known (company_id uuid, kind text, id uuid)
    ON known.company_id = p.company_id AND known.kind = e.kind
  JOIN telemetry.rules r ON r.id = known.id
  ON CONFLICT DO NOTHING`;

/** A gap of more than three sampling intervals; the last one stays open where the device has not come back. */
const silences = `
  SELECT point_id, 'SILENCE' AS kind, NULL::telemetry.variable_kind AS variable, measured_at + 3 * cadence AS opened_at,
         next_at AS resolved_at, false AS is_seen, 1 AS occurrences,
         jsonb_build_object('lastMeasuredAt', measured_at, 'samplingMinutes', extract(epoch FROM cadence) / 60) AS evidence
  FROM (
    SELECT m.point_id, m.measured_at, make_interval(mins => p.sampling_frequency_minutes) AS cadence,
           lead(m.measured_at) OVER (PARTITION BY m.point_id ORDER BY m.measured_at) AS next_at
    FROM telemetry.catchment_points p
    JOIN telemetry.measurements m ON m.point_id = p.id AND m.variable = (
      SELECT min(variable) FROM telemetry.latest_measurements WHERE point_id = p.id)
    WHERE p.id = ANY($1::uuid[])) AS spaced
  WHERE coalesce(next_at, $2) > measured_at + 3 * cadence`;

const oddValues = `
  SELECT point_id, CASE WHEN 'COUNTER_RESET' = ANY(flags) THEN 'COUNTER_RESET' ELSE 'RANGE' END AS kind, variable,
         measured_at AS opened_at, measured_at + interval '1 hour' AS resolved_at, false AS is_seen, 1 AS occurrences,
         jsonb_build_object('measuredAt', measured_at, 'value', value, 'unit', CASE variable WHEN 'TOTAL' THEN 'm3' WHEN 'FLOW' THEN 'l/s' ELSE 'm' END) AS evidence
  FROM telemetry.measurements WHERE point_id = ANY($1::uuid[]) AND flags <> '{}' AND measured_at < $2`;

/** A day on which the flow went over the right. Yesterday's is being looked at, today's is new. */
const excesses = `
  SELECT p.id AS point_id, 'WATER_RIGHT_FLOW' AS kind, 'FLOW'::telemetry.variable_kind AS variable, day.opened_at,
         CASE WHEN place > 1 THEN day.opened_at + interval '11 hours' END AS resolved_at, p.code NOT LIKE 'NORTE-%' AS is_seen,
         day.hours AS occurrences, jsonb_build_object('value', day.most, 'granted', p.water_right_flow_lps, 'unit', 'l/s') AS evidence
  FROM telemetry.catchment_points p
  CROSS JOIN LATERAL (
    SELECT min(bucket_start) AS opened_at, max(max) AS most, count(*) AS hours,
           row_number() OVER (ORDER BY min(bucket_start) DESC) AS place
    FROM telemetry.measurement_rollups
    WHERE point_id = p.id AND variable = 'FLOW' AND grain = 'HOUR' AND bucket_start > $2::timestamptz - interval '45 days'
      AND max > 0.93 * p.water_right_flow_lps
    GROUP BY date_trunc('day', bucket_start, p.time_zone)) AS day
  WHERE p.id = ANY($1::uuid[]) AND p.status = 'ACTIVE' AND day.most > p.water_right_flow_lps`;

function deadLetters(now: Date) {
  const letters = [
    {
      topic: 'cauce/NORTE-POZO-9/up',
      payload: '{"ts":"2026-01-01T00:00:00Z","values":{"pulses":1}}',
      reason: 'UNKNOWN_POINT',
    },
    { topic: 'cauce/NORTE-POZO-1/up', payload: '{"ts":"ayer","values":{"level":31.2}}', reason: 'INVALID_MESSAGE' },
    { topic: 'cauce/MAULE-POZO-1/up', payload: '<html>502</html>', reason: 'INVALID_JSON' },
  ];
  return letters.map((letter, index) => ({
    id: demoId('dead-letter', String(index)),
    origin: 'mqtt',
    ...letter,
    received_at: new Date(now.getTime() - (index + 1) * 31 * 3_600_000),
  }));
}
