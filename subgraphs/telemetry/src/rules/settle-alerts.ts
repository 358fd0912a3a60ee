import { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import { raisedEvent, resolvedEvent } from '../alerts/alert-events.ts';
import type { PlacedAlert } from '../alerts/silence.store.ts';
import type { RuleKind } from './rule-parameters.ts';

export interface RuleChanges {
  readonly raised: number;
  readonly resolved: number;
}

/** What an episode is of: one rule at one point, about one quantity or one subject. */
export interface EpisodeKey {
  readonly pointId: string;
  readonly ruleId: string;
  readonly variable: string | null;
  readonly subject: string;
}

export interface BrokenRule extends EpisodeKey {
  readonly siteId: string;
  readonly companyId: string;
  readonly severity: string;
  readonly evidence: unknown;
}

/** One look at a kind at a time, or at a kind in one company, until the end of the transaction. */
export async function lockKind(
  tx: DatabaseTransaction,
  kind: RuleKind,
  companyId: string | null = null,
): Promise<void> {
  const name = ['telemetry.watch-rules', kind, ...(companyId === null ? [] : [companyId])].join(':');
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/**
 * Opens one alert an episode for what is broken now, keeps the evidence of open ones fresh, resolves those that are
 * neither broken nor undecided, and tells of it. What somebody found at a later instant is not undone by a look that was
 * begun before it. The kind must be locked, in the one company if only that is settled.
 */
export async function settleAlerts(
  tx: DatabaseTransaction,
  kind: RuleKind,
  {
    broken,
    undecided = [],
    companyId = null,
    now,
  }: {
    readonly broken: readonly BrokenRule[];
    readonly undecided?: readonly EpisodeKey[];
    /** Rules of others are left alone. */
    readonly companyId?: string | null;
    readonly now: Date;
  },
): Promise<RuleChanges> {
  const rows = JSON.stringify(broken);
  const raised = await tx.$queryRaw<(PlacedAlert & { isNew: boolean })[]>`
    INSERT INTO telemetry.alerts AS a
      (point_id, rule_id, variable, subject, site_id, company_id, severity, status, opened_at, last_seen_at, evidence)
    SELECT "pointId", "ruleId", variable, subject, "siteId", "companyId", severity, 'OPEN', ${now}, ${now}, evidence
    FROM ${given(rows)}
    WHERE NOT EXISTS (SELECT FROM telemetry.alerts later
      WHERE later.point_id = "pointId" AND later.rule_id = "ruleId" AND later.subject = given.subject
        AND later.variable IS NOT DISTINCT FROM given.variable AND later.last_seen_at > ${now})
    ON CONFLICT (point_id, rule_id, variable, subject) WHERE status <> 'RESOLVED'
    DO UPDATE SET last_seen_at = excluded.last_seen_at, occurrences = a.occurrences + 1, evidence = excluded.evidence
    WHERE a.evidence IS DISTINCT FROM excluded.evidence
    RETURNING id, point_id AS "pointId", site_id AS "siteId", company_id AS "companyId", xmax = 0 AS "isNew"`;
  const kept = JSON.stringify([...broken, ...undecided].map(keyOf));
  const resolved = await tx.$queryRaw<PlacedAlert[]>`
    UPDATE telemetry.alerts a SET status = 'RESOLVED', resolved_at = ${now}, last_seen_at = ${now}
    FROM telemetry.rules r, telemetry.catchment_points p
    WHERE a.status <> 'RESOLVED' AND r.id = a.rule_id AND r.kind = ${kind}::telemetry.rule_kind AND p.id = a.point_id
      AND (${companyId}::uuid IS NULL OR r.company_id = ${companyId}::uuid)
      AND p.status IN ('ACTIVE', 'OFFLINE', 'ERROR') AND a.last_seen_at <= ${now}
      AND NOT EXISTS (SELECT FROM ${given(kept)}
        WHERE "pointId" = a.point_id AND "ruleId" = a.rule_id AND given.subject = a.subject
          AND given.variable IS NOT DISTINCT FROM a.variable)
    RETURNING a.id, a.point_id AS "pointId", a.site_id AS "siteId", a.company_id AS "companyId"`;
  const opened = raised.filter(({ isNew }) => isNew);
  await appendEvents(tx, [
    ...opened.map((alert) => raisedEvent(alert, now)),
    ...resolved.map((alert) => resolvedEvent(alert, now)),
  ]);
  return { raised: opened.length, resolved: resolved.length };
}

function keyOf({ pointId, ruleId, variable, subject }: EpisodeKey): EpisodeKey {
  return { pointId, ruleId, variable, subject };
}

function given(rows: string): Prisma.Sql {
  return Prisma.sql`jsonb_to_recordset(${rows}::jsonb) AS given ("pointId" uuid, "siteId" uuid, "companyId" uuid, "ruleId" uuid,
    variable telemetry.variable_kind, subject text, severity telemetry.alert_severity, evidence jsonb)`;
}
