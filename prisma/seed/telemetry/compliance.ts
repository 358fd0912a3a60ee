import type { ClientBase } from 'pg';
import { demoId, uuidOf } from '../demo-id.ts';
import { type DemoPoint, demoPoints } from './points.ts';
import { insertTelemetryRows } from './rows.ts';
import { seededDays } from './series.ts';

const dayMs = 86_400_000;
const dga = demoId('compliance-source', 'DGA');
const sma = demoId('compliance-source', 'SMA');

/** The regulators, what each point owes them, and the ledger of the last weeks with every state it knows. */
export async function seedCompliance(client: ClientBase, now: Date): Promise<void> {
  await insertTelemetryRows(client, 'compliance_sources', sources(now));
  await insertTelemetryRows(client, 'compliance_schedules', schedules);
  await insertTelemetryRows(
    client,
    'compliance_configs',
    demoPoints.flatMap((point) => configsOf(point, now)),
  );
  const points = demoPoints.map((point) => point.id);
  await client.query(insertSubmissions, [points, now, JSON.stringify(placedStates)]);
  await client.query(insertAttempts, [points, now]);
}

function sources(now: Date) {
  const made = { is_active: true, created_at: now, updated_at: now, country: 'CL', config: {} };
  return [
    {
      id: dga,
      code: 'DGA',
      name: 'Dirección General de Aguas',
      description: 'Monitoreo de Extracciones Efectivas',
      time_zone: 'Etc/GMT+4',
      supported_variables: ['FLOW', 'TOTAL', 'LEVEL'],
      ...made,
    },
    {
      id: sma,
      code: 'SMA',
      name: 'Superintendencia del Medio Ambiente',
      description: 'Conexión en línea de unidades fiscalizables',
      time_zone: 'America/Santiago',
      supported_variables: ['FLOW', 'TOTAL'],
      ...made,
    },
  ];
}

const schedules = [
  { source_id: dga, standard: 'MAYOR', cron: '0 * * * *', aggregation: 'INSTANT' },
  { source_id: dga, standard: 'MEDIO', cron: '0 0 * * *', aggregation: 'DAILY_MEAN' },
  { source_id: dga, standard: 'MENOR', cron: '0 0 1 * *', aggregation: 'INSTANT' },
  { source_id: dga, standard: 'VERY_SMALL', cron: '0 0 1 1,7 *', aggregation: 'INSTANT' },
  { source_id: sma, standard: 'MAYOR', cron: '0 * * * *', aggregation: 'INSTANT' },
];

function configsOf(point: DemoPoint, now: Date) {
  const isDischarge = point.type === 'DRAIN';
  if (point.workCode === null && !isDischarge) return [];
  const isStopped = point.code === 'MAULE-RIO-1';
  return [
    {
      id: demoId('compliance-config', point.code),
      point_id: point.id,
      source_id: isDischarge ? sma : dga,
      mode: point.code === 'QUILLAY-POZO-1' ? 'SHADOW' : 'LIVE',
      identifiers: isDischarge
        ? { ufId: '00001', procesoId: '10', dispositivoId: 'DISP-0001' }
        : { codigoObra: point.workCode },
      config: isDischarge ? { parametros: smaParameters } : {},
      starts_at: new Date(now.getTime() - seededDays * dayMs),
      live_requested_by: demoId('user', 'gerente'),
      live_requested_at: new Date(now.getTime() - seededDays * dayMs),
      live_approved_by: demoId('user', 'admin'),
      live_approved_at: new Date(now.getTime() - seededDays * dayMs),
      maximum_attempts: 5,
      stopped_at: isStopped ? new Date(now.getTime() - 40 * dayMs) : null,
      stopped_reason: isStopped ? 'Usuario no es el informante registrado en la Obra' : null,
      is_active: true,
      created_at: new Date(now.getTime() - seededDays * dayMs),
      updated_at: now,
    },
  ];
}

const smaParameters = [
  { nombre: 'Q', unidad: 'l/s', variable: 'FLOW' },
  { nombre: 'VA', unidad: 'm3', variable: 'TOTAL' },
];

/** States that are rare on a good day, put on slots counted back from the newest. */
const placedStates = [
  { code: 'NORTE-POZO-1', place: 1, status: 'SENDING' },
  { code: 'NORTE-POZO-1', place: 9, status: 'UNKNOWN' },
  { code: 'NORTE-POZO-1', place: 14, status: 'RETRY_NEXT_DAY' },
  { code: 'NORTE-POZO-1', place: 31, status: 'NEEDS_REVIEW' },
  { code: 'NORTE-POZO-1', place: 75, status: 'REJECTED' },
  { code: 'ACONCAGUA-POZO-1', place: 1, status: 'DUE' },
  { code: 'ACONCAGUA-POZO-1', place: 20, status: 'NEEDS_REVIEW' },
  { code: 'MAULE-POZO-1', place: 6, status: 'UNKNOWN' },
  { code: 'MAULE-POZO-1', place: 40, status: 'SKIPPED' },
];

/**
 * Slots on the hour, the day, the month or the half-year by the standard, in the regulator's zone, and a few to come.
 * The values are the first ones of the slot's hour, and where the counter stood when it began; a slot without any has
 * nothing to send.
 */
const insertSubmissions = `
  WITH owed AS (
    SELECT c.id AS config_id, c.mode, c.stopped_at, c.stopped_reason, s.id AS source_id, s.code AS source, p.id AS point_id, p.code, p.site_id,
           p.company_id, slot_at,
           row_number() OVER (PARTITION BY c.id, slot_at > $2 ORDER BY slot_at DESC) AS place, slot_at > $2 AS is_ahead
    FROM telemetry.compliance_configs c
    JOIN telemetry.catchment_points p ON p.id = c.point_id
    JOIN telemetry.compliance_sources s ON s.id = c.source_id
    CROSS JOIN LATERAL (SELECT CASE p.standard WHEN 'MEDIO' THEN 'day' WHEN 'MENOR' THEN 'month' WHEN 'VERY_SMALL' THEN 'month'
                               ELSE 'hour' END AS unit) AS u
    CROSS JOIN LATERAL generate_series(
      date_trunc(u.unit, $2::timestamptz - CASE u.unit WHEN 'hour' THEN interval '40 days' ELSE interval '360 days' END, s.time_zone),
      $2::timestamptz + CASE u.unit WHEN 'hour' THEN interval '3 hours' WHEN 'day' THEN interval '1 day' ELSE interval '31 days' END,
      ('1 ' || u.unit)::interval, s.time_zone) AS slot_at
    WHERE p.id = ANY($1::uuid[])
      AND (p.standard IS DISTINCT FROM 'VERY_SMALL' OR extract(month FROM slot_at AT TIME ZONE s.time_zone) IN (1, 7))
  ), measured AS (
    SELECT owed.*, flow.first AS flow, total.last AS total, level.first AS level,
           hashint8extended(extract(epoch FROM slot_at)::bigint, hashtextextended(code, 0)) & 1023 AS dice
    FROM owed
    ${['FLOW', 'TOTAL', 'LEVEL']
      .map(
        (variable) => `LEFT JOIN telemetry.measurement_rollups ${variable} ON ${variable}.point_id = owed.point_id
        AND ${variable}.variable = '${variable}' AND ${variable}.grain = 'HOUR' AND ${variable}.bucket_start = slot_at${variable === 'TOTAL' ? " - interval '1 hour'" : ''}`,
      )
      .join(' ')}
  ), judged AS (
    SELECT measured.*, CASE
        WHEN is_ahead THEN 'SCHEDULED'
        WHEN stopped_at <= slot_at THEN 'STOPPED'
        WHEN placed.status IS NOT NULL THEN placed.status
        WHEN total IS NULL THEN 'SKIPPED'
        WHEN mode = 'SHADOW' THEN 'SHADOWED'
        WHEN slot_at > $2::timestamptz - interval '6 hours' THEN 'SENT'
        WHEN dice < 2 THEN 'NEEDS_REVIEW' WHEN dice < 5 THEN 'REJECTED'
        ELSE 'VERIFIED' END AS status
    FROM measured
    LEFT JOIN jsonb_to_recordset($3::jsonb) AS placed (code text, place int, status text)
      ON placed.code = measured.code AND placed.place = measured.place AND NOT is_ahead
  )
  INSERT INTO telemetry.compliance_submissions
    (id, point_id, source_id, config_id, site_id, company_id, slot_at, status, values, voucher, attempts, not_before, last_error,
     sent_at, verified_at, created_at, updated_at)
  SELECT ${uuidOf("'submission:' || code || slot_at")}, point_id, source_id, config_id, site_id, company_id, slot_at,
         status::telemetry.submission_status,
         CASE WHEN total IS NULL THEN NULL
           WHEN source = 'SMA' THEN jsonb_build_object('Q', flow::numeric(12, 3)::text, 'VA', total::numeric(15, 3)::text)
           ELSE jsonb_strip_nulls(jsonb_build_object('caudal', flow::numeric(12, 2)::text,
           'totalizador', floor(total)::bigint::text, 'nivelFreaticoDelPozo', level::numeric(12, 2)::text)) END,
         CASE WHEN status IN ('SENT', 'VERIFIED') THEN upper(md5('voucher:' || code || slot_at)) END,
         CASE WHEN status IN ('SCHEDULED', 'DUE', 'SKIPPED', 'SHADOWED', 'STOPPED') THEN 0 ELSE 1 END,
         CASE WHEN status IN ('RETRY_NEXT_DAY', 'UNKNOWN') THEN slot_at + interval '1 day' ELSE slot_at + interval '2 minutes' END,
         CASE status WHEN 'REJECTED' THEN 'El valor de caudal excede el máximo registrado' WHEN 'RETRY_NEXT_DAY' THEN 'Servicio no disponible'
           WHEN 'UNKNOWN' THEN 'Sin respuesta en 15 s' WHEN 'NEEDS_REVIEW' THEN 'Aceptado sin comprobante'
           WHEN 'STOPPED' THEN stopped_reason WHEN 'SKIPPED' THEN 'Sin lectura en el horario' END,
         CASE WHEN status IN ('SENT', 'VERIFIED') THEN slot_at + interval '3 minutes' END,
         CASE WHEN status = 'VERIFIED' THEN slot_at + interval '40 minutes' END,
         least(slot_at, $2), least(slot_at + interval '40 minutes', $2)
  FROM judged ON CONFLICT DO NOTHING`;

/** One attempt for what was tried in the last week; the one of a call under way has no end yet. */
const insertAttempts = `
  INSERT INTO telemetry.submission_attempts
    (id, submission_id, number, request, outcome, http_status, response, error, started_at, finished_at)
  SELECT ${uuidOf("'attempt:' || s.id")}, s.id, 1,
         jsonb_build_object('codigoObra', c.identifiers ->> 'codigoObra', 'medicion', s.values),
         CASE s.status WHEN 'SENDING' THEN NULL WHEN 'UNKNOWN' THEN 'LOST_ANSWER' WHEN 'NEEDS_REVIEW' THEN 'ACCEPTED_WITHOUT_VOUCHER'
           WHEN 'REJECTED' THEN 'REJECTED' WHEN 'RETRY_NEXT_DAY' THEN 'REJECTED' ELSE 'ACCEPTED' END::telemetry.submission_outcome,
         CASE WHEN s.status IN ('SENDING', 'UNKNOWN') THEN NULL WHEN s.status = 'RETRY_NEXT_DAY' THEN 503 WHEN s.status = 'REJECTED' THEN 400 ELSE 200 END,
         CASE WHEN s.voucher IS NOT NULL THEN jsonb_build_object('status', '00', 'data', jsonb_build_object('numeroComprobante', s.voucher)) END,
         CASE WHEN s.status NOT IN ('SENT', 'VERIFIED') THEN s.last_error END,
         least(s.slot_at + interval '3 minutes', $2),
         CASE WHEN s.status <> 'SENDING' THEN least(s.slot_at + interval '3 minutes 2 seconds', $2) END
  FROM telemetry.compliance_submissions s JOIN telemetry.compliance_configs c ON c.id = s.config_id
  WHERE s.point_id = ANY($1::uuid[]) AND s.attempts > 0
    AND (s.slot_at > $2::timestamptz - interval '7 days' OR s.status NOT IN ('SENT', 'VERIFIED'))
  ON CONFLICT DO NOTHING`;
