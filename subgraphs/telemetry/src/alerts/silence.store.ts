import { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';

/** An alert and where it belongs. */
export interface PlacedAlert {
  readonly id: string;
  readonly pointId: string;
  readonly siteId: string;
  readonly companyId: string;
}

/** A point whose state has changed. */
export interface ChangedPoint {
  readonly id: string;
  readonly code: string;
  readonly siteId: string;
  readonly companyId: string;
}

/** Intervals without a reading after which a point counts as silent, unless the rule says otherwise. */
const defaultIntervals = 3;

/** Gives every company with points the rule to watch for silence, once; one that was switched off stays so. */
export async function ensureSilenceRules(tx: DatabaseTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('telemetry.watch-silence', 0))`;
  await tx.$executeRaw`
    INSERT INTO telemetry.rules (company_id, kind, name, severity, parameters)
    SELECT DISTINCT p.company_id, 'SILENCE'::telemetry.rule_kind, 'Silence', 'WARNING'::telemetry.alert_severity,
           jsonb_build_object('intervals', ${defaultIntervals}::int)
    FROM telemetry.catchment_points p
    WHERE p.deleted_at IS NULL
      AND NOT EXISTS (SELECT FROM telemetry.rules r WHERE r.company_id = p.company_id AND r.kind = 'SILENCE' AND r.point_id IS NULL)`;
}

/** Opens an alert for each point of which nothing comes any more and that has none open. */
export function openSilenceAlerts(tx: DatabaseTransaction, now: Date): Promise<PlacedAlert[]> {
  return tx.$queryRaw<PlacedAlert[]>`
    INSERT INTO telemetry.alerts
      (point_id, rule_id, site_id, company_id, severity, status, opened_at, last_seen_at, evidence)
    SELECT p.id, r.id, p.site_id, p.company_id, r.severity, 'OPEN', ${now}, ${now},
           jsonb_build_object('lastMeasuredAt', newest.measured_at, 'intervals', r.intervals,
             'samplingMinutes', coalesce(round(newest.cadence_seconds / 60.0, 1), p.sampling_frequency_minutes),
             'allowedMinutes', round(newest.allowed_seconds::numeric / 60, 1))
    FROM telemetry.catchment_points p
    JOIN LATERAL (${ruleOfPoint}) AS r ON r.is_active
    JOIN LATERAL (
      SELECT max(l.measured_at) AS measured_at, min(l.cadence_seconds) AS cadence_seconds,
        max(${allowedSeconds(Prisma.sql`r.intervals`)}) AS allowed_seconds, bool_and(${isLate(now, Prisma.sql`r.intervals`)}) AS is_late
      FROM telemetry.latest_measurements l WHERE l.point_id = p.id) AS newest ON newest.is_late
    WHERE p.deleted_at IS NULL AND p.status IN ('ACTIVE', 'OFFLINE', 'ERROR')
    ORDER BY p.id
    ON CONFLICT (point_id, rule_id, variable, subject) WHERE status <> 'RESOLVED' DO NOTHING
    RETURNING id, point_id AS "pointId", site_id AS "siteId", company_id AS "companyId"`;
}

/**
 * Opens an alert for each quantity that stays away although its point goes on speaking: a sensor or a wire. Only where
 * its own cadence is known; before that it may be one that a person sends in now and then.
 */
export function openQuantitySilenceAlerts(tx: DatabaseTransaction, now: Date): Promise<PlacedAlert[]> {
  return tx.$queryRaw<PlacedAlert[]>`
    INSERT INTO telemetry.alerts
      (point_id, rule_id, variable, site_id, company_id, severity, status, opened_at, last_seen_at, evidence)
    SELECT p.id, r.id, l.variable, p.site_id, p.company_id, r.severity, 'OPEN', ${now}, ${now},
           jsonb_build_object('variable', l.variable, 'lastMeasuredAt', l.measured_at, 'intervals', r.intervals,
             'samplingMinutes', round(l.cadence_seconds / 60.0, 1),
             'allowedMinutes', round(${allowedSeconds(Prisma.sql`r.intervals`)}::numeric / 60, 1))
    FROM telemetry.latest_measurements l
    JOIN telemetry.catchment_points p ON p.id = l.point_id
    JOIN LATERAL (${ruleOfPoint}) AS r ON r.is_active
    WHERE l.cadence_seconds IS NOT NULL AND ${isLate(now, Prisma.sql`r.intervals`)}
      AND p.deleted_at IS NULL AND p.status IN ('ACTIVE', 'OFFLINE', 'ERROR')
      AND EXISTS (SELECT FROM telemetry.point_variables v
                  WHERE v.point_id = p.id AND v.variable = l.variable AND v.is_active)
      AND NOT EXISTS (SELECT FROM telemetry.alerts a
                      WHERE a.point_id = p.id AND a.rule_id = r.id AND a.variable IS NULL AND a.status <> 'RESOLVED')
    ORDER BY p.id, l.variable
    ON CONFLICT (point_id, rule_id, variable, subject) WHERE status <> 'RESOLVED' DO NOTHING
    RETURNING id, point_id AS "pointId", site_id AS "siteId", company_id AS "companyId"`;
}

/** Closes the alerts of points, or of single quantities, that speak again or are no longer watched by the alert's rule. */
export function closeSilenceAlerts(
  tx: DatabaseTransaction,
  now: Date,
  of: 'points' | 'quantities',
): Promise<PlacedAlert[]> {
  const isOfPoint = of === 'points';
  return tx.$queryRaw<PlacedAlert[]>`
    UPDATE telemetry.alerts a SET status = 'RESOLVED', resolved_at = ${now}, last_seen_at = ${now}
    FROM telemetry.rules r, telemetry.catchment_points p
    WHERE a.status IN ('OPEN', 'ACKNOWLEDGED') AND r.id = a.rule_id AND r.kind = 'SILENCE' AND p.id = a.point_id
      AND (a.variable IS NULL) = ${isOfPoint}
      AND (EXISTS (SELECT FROM telemetry.latest_measurements l
                   WHERE l.point_id = p.id AND (a.variable IS NULL OR l.variable = a.variable)
                     AND NOT ${isLate(now, intervalsOf(Prisma.sql`r`))})
        OR NOT EXISTS (SELECT FROM (${ruleOfPoint}) AS holding WHERE holding.id = a.rule_id AND holding.is_active)
        OR (a.variable IS NOT NULL AND NOT EXISTS (SELECT FROM telemetry.point_variables v
            WHERE v.point_id = p.id AND v.variable = a.variable AND v.is_active)))
    RETURNING a.id, a.point_id AS "pointId", a.site_id AS "siteId", a.company_id AS "companyId"`;
}

/** Moves the points that are still in the one state into the other; none back of which silence is told under another rule. */
export function changeStatus(
  tx: DatabaseTransaction,
  pointIds: readonly string[],
  [from, to]: readonly ['ACTIVE', 'OFFLINE'] | readonly ['OFFLINE', 'ACTIVE'],
  now: Date,
): Promise<ChangedPoint[]> {
  return tx.$queryRaw<ChangedPoint[]>`
    UPDATE telemetry.catchment_points SET status = ${to}::telemetry.catchment_point_status, updated_at = ${now}
    WHERE id = ANY(${[...pointIds]}::uuid[]) AND status = ${from}::telemetry.catchment_point_status
      AND (${to === 'OFFLINE'} OR NOT EXISTS (
        SELECT FROM telemetry.alerts a JOIN telemetry.rules r ON r.id = a.rule_id AND r.kind = 'SILENCE'
        WHERE a.point_id = catchment_points.id AND a.variable IS NULL AND a.status <> 'RESOLVED'))
    RETURNING id, code, site_id AS "siteId", company_id AS "companyId"`;
}

function intervalsOf(rule: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((${rule}.parameters ->> 'intervals')::float8, ${defaultIntervals}::float8)`;
}

/** The rule that holds for a point (`p`): its own before the company's. */
const ruleOfPoint = Prisma.sql`
  SELECT id, severity, is_active, ${intervalsOf(Prisma.sql`rules`)} AS intervals FROM telemetry.rules
  WHERE company_id = p.company_id AND kind = 'SILENCE' AND (point_id = p.id OR point_id IS NULL)
  ORDER BY point_id NULLS LAST, created_at LIMIT 1`;

/**
 * Seconds that a quantity (`l`) of a point (`p`) may stay away: so many of its own intervals, and half as long again as
 * it is used to; by the point's sampling interval until its own is known. A week at most.
 */
function allowedSeconds(intervals: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`least(7 * 86400, CASE WHEN l.cadence_seconds IS NULL THEN 60 * ${intervals} * p.sampling_frequency_minutes
    ELSE greatest(${intervals} * l.cadence_seconds, 1.5 * l.usual_gap_seconds) END)`;
}

function isLate(now: Date, intervals: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(l.measured_at < ${now}::timestamptz - make_interval(secs => ${allowedSeconds(intervals)}))`;
}
