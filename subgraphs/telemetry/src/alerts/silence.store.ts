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

/** Opens an alert for each point that is silent and has none open. A rule of the point goes before the company's. */
export function openSilenceAlerts(tx: DatabaseTransaction, now: Date): Promise<PlacedAlert[]> {
  return tx.$queryRaw<PlacedAlert[]>`
    INSERT INTO telemetry.alerts
      (point_id, rule_id, site_id, company_id, severity, status, opened_at, last_seen_at, evidence)
    SELECT p.id, r.id, p.site_id, p.company_id, r.severity, 'OPEN', ${now}, ${now},
           jsonb_build_object('lastMeasuredAt', newest.measured_at, 'samplingMinutes', p.sampling_frequency_minutes,
                              'intervals', r.intervals)
    FROM telemetry.catchment_points p
    JOIN LATERAL (
      SELECT id, severity, is_active, ${intervalsOf(Prisma.sql`rules`)} AS intervals FROM telemetry.rules
      WHERE company_id = p.company_id AND kind = 'SILENCE' AND (point_id = p.id OR point_id IS NULL)
      ORDER BY point_id NULLS LAST, created_at LIMIT 1) AS r ON r.is_active
    JOIN LATERAL (
      SELECT max(measured_at) AS measured_at FROM telemetry.latest_measurements WHERE point_id = p.id) AS newest ON true
    WHERE p.deleted_at IS NULL AND p.status IN ('ACTIVE', 'OFFLINE', 'ERROR')
      AND newest.measured_at < ${silentSince(now, Prisma.sql`r.intervals`)}
    ORDER BY p.id
    ON CONFLICT (point_id, rule_id, variable) WHERE status <> 'RESOLVED' DO NOTHING
    RETURNING id, point_id AS "pointId", site_id AS "siteId", company_id AS "companyId"`;
}

/** Closes the alerts of points that speak again. */
export function closeSilenceAlerts(tx: DatabaseTransaction, now: Date): Promise<PlacedAlert[]> {
  return tx.$queryRaw<PlacedAlert[]>`
    UPDATE telemetry.alerts a SET status = 'RESOLVED', resolved_at = ${now}, last_seen_at = ${now}
    FROM telemetry.rules r, telemetry.catchment_points p
    WHERE a.status IN ('OPEN', 'ACKNOWLEDGED') AND r.id = a.rule_id AND r.kind = 'SILENCE' AND p.id = a.point_id
      AND EXISTS (SELECT FROM telemetry.latest_measurements l
                  WHERE l.point_id = p.id AND l.measured_at >= ${silentSince(now, intervalsOf(Prisma.sql`r`))})
    RETURNING a.id, a.point_id AS "pointId", a.site_id AS "siteId", a.company_id AS "companyId"`;
}

/** Moves the points that are still in the one state into the other. */
export function changeStatus(
  tx: DatabaseTransaction,
  pointIds: readonly string[],
  [from, to]: readonly ['ACTIVE', 'OFFLINE'] | readonly ['OFFLINE', 'ACTIVE'],
  now: Date,
): Promise<ChangedPoint[]> {
  return tx.$queryRaw<ChangedPoint[]>`
    UPDATE telemetry.catchment_points SET status = ${to}::telemetry.catchment_point_status, updated_at = ${now}
    WHERE id = ANY(${[...pointIds]}::uuid[]) AND status = ${from}::telemetry.catchment_point_status
    RETURNING id, code, site_id AS "siteId", company_id AS "companyId"`;
}

function intervalsOf(rule: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((${rule}.parameters ->> 'intervals')::float8, ${defaultIntervals}::float8)`;
}

function silentSince(now: Date, intervals: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${now}::timestamptz - make_interval(secs => 60 * ${intervals} * p.sampling_frequency_minutes)`;
}
