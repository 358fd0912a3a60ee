import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { flowAgainstTotal, levelAgainstTotal, stuckValue } from './broken/hourly-rules.ts';
import { counterReset, outOfRange, tooSteep } from './broken/reading-rules.ts';
import { seasonalAnomaly } from './broken/seasonal-rules.ts';
import { aboveGrantedFlow, aboveGrantedVolume } from './broken/water-right-rules.ts';
import { type RuleKind, usualRules, watchedVariables } from './rule-parameters.ts';
import { type BrokenRule, lockKind, type RuleChanges, settleAlerts } from './settle-alerts.ts';

/**
 * Kinds that are judged here, by the database; silence has a look of its own, because it moves the point's state too,
 * and what schemas ask for is worked out (`watch-schemas.ts`).
 */
const evidenceOf: Readonly<Partial<Record<RuleKind, (now: Date) => Prisma.Sql>>> = {
  RANGE: outOfRange,
  RATE_OF_CHANGE: tooSteep,
  COUNTER_RESET: counterReset,
  STUCK_VALUE: stuckValue,
  FLOW_TOTAL_CONSISTENCY: flowAgainstTotal,
  LEVEL_TOTAL_CONSISTENCY: levelAgainstTotal,
  WATER_RIGHT_FLOW: aboveGrantedFlow,
  WATER_RIGHT_VOLUME: aboveGrantedVolume,
  SEASONAL_ANOMALY: seasonalAnomaly,
};

/**
 * Holds every watched point against its rules: opens one alert an episode with its evidence, keeps the evidence of open
 * ones fresh, and resolves those whose rule holds again or is switched off. Twice at once changes nothing more. Rejects
 * once all kinds were looked at: one that fails keeps no other from being watched.
 */
export async function watchRules(client: PrismaClient, now: Date): Promise<RuleChanges> {
  let changes = { raised: 0, resolved: 0 };
  const failures: unknown[] = [];
  await client.$transaction((tx) => ensureUsualRules(tx));
  for (const [kind, evidence] of Object.entries(evidenceOf)) {
    try {
      // A kind at a time: a slow one holds up no lock of the others.
      const found = await client.$transaction((tx) => watchKind(tx, kind as RuleKind, evidence(now), now));
      changes = { raised: changes.raised + found.raised, resolved: changes.resolved + found.resolved };
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some kinds of rules could not be watched');
  return changes;
}

async function watchKind(
  tx: DatabaseTransaction,
  kind: RuleKind,
  evidence: Prisma.Sql,
  now: Date,
): Promise<RuleChanges> {
  await lockKind(tx, kind);
  const broken = await tx.$queryRaw<BrokenRule[]>`
    WITH watched AS (${watched(kind)})
    SELECT w.id AS "pointId", w.site_id AS "siteId", w.company_id AS "companyId", w.rule_id AS "ruleId",
      w.variable::text AS variable, '' AS subject, w.severity::text AS severity, found.evidence
    FROM watched w CROSS JOIN LATERAL (${evidence}) AS found
    WHERE w.is_active`;
  return settleAlerts(tx, kind, { broken, now });
}

/** Each quantity with the one rule of the kind that holds for it: the point's before the company's, one for the quantity before one for all. */
function watched(kind: RuleKind): Prisma.Sql {
  const only = watchedVariables[kind];
  return Prisma.sql`
    SELECT DISTINCT ON (p.id, v.variable)
      p.id, p.site_id, p.company_id, p.time_zone, p.water_right_flow_lps::float8 AS granted_flow,
      p.water_right_yearly_m3::float8 AS granted_volume, v.variable, v.unit, v.min_value, v.max_value,
      r.id AS rule_id, r.severity, r.parameters, r.is_active
    FROM telemetry.rules r
    JOIN telemetry.catchment_points p ON p.company_id = r.company_id AND (r.point_id IS NULL OR r.point_id = p.id)
      AND p.deleted_at IS NULL AND p.status IN ('ACTIVE', 'OFFLINE', 'ERROR')
    JOIN LATERAL (
      SELECT DISTINCT ON (variable) variable, unit, min_value, max_value FROM telemetry.point_variables
      WHERE point_id = p.id AND is_active AND (r.variable IS NULL OR variable = r.variable)
        AND (${only}::telemetry.variable_kind IS NULL OR variable = ${only}::telemetry.variable_kind)
      ORDER BY variable, valid_from DESC) AS v ON true
    WHERE r.kind = ${kind}::telemetry.rule_kind
    ORDER BY p.id, v.variable, r.point_id NULLS LAST, r.variable NULLS LAST, r.created_at`;
}

/** Gives every company with points the usual rules, once; one that was switched off stays so. */
async function ensureUsualRules(tx: DatabaseTransaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('telemetry.usual-rules', 0))`;
  const rows = JSON.stringify(usualRules);
  await tx.$executeRaw`
    INSERT INTO telemetry.rules (company_id, kind, name, severity, variable)
    SELECT c.company_id, usual.kind, usual.kind::text, usual.severity, usual.variable
    FROM (SELECT DISTINCT company_id FROM telemetry.catchment_points WHERE deleted_at IS NULL) AS c
    CROSS JOIN jsonb_to_recordset(${rows}::jsonb)
      AS usual (kind telemetry.rule_kind, severity telemetry.alert_severity, variable telemetry.variable_kind)
    WHERE NOT EXISTS (SELECT FROM telemetry.rules r WHERE r.company_id = c.company_id AND r.kind = usual.kind AND r.point_id IS NULL)`;
}
