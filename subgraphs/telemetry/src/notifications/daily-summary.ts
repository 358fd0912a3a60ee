import type { PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { clockAt, startOfDay } from '../zone-time.ts';
import { complianceReport } from './compliance-report.ts';
import { dailyDigestMinute } from './due-time.ts';
import type { Addressee, Language } from './notification.ts';
import { hasVoucherSql, isInNeedSql, isWaitingSql } from './owed-slots.ts';
import { findAddressees, planDeliveries, type Telling } from './plan-deliveries.ts';
import type { SendNotifications } from './send-notifications.ts';
import { summaryText } from './summary-text.ts';

/** Later than this a summary of yesterday is old: a rule made in the afternoon begins tomorrow. */
const windowMinutes = 4 * 60;
const dayMs = 24 * 60 * 60 * 1000;

/** What is told of each day at an hour of the points' own zone. */
export interface DailyTelling {
  readonly event: 'DAILY_SUMMARY' | 'COMPLIANCE_REPORT';
  /** Names the cause together with rule, zone and day. */
  readonly cause: string;
  /** Minutes from midnight. */
  readonly minute: number;
  /** What there is to say of the day before; null for nothing. */
  textOf(tx: DatabaseTransaction, scope: SummaryScope, today: string): Promise<Telling['textIn'] | null>;
}

const summary: DailyTelling = {
  ...({ event: 'DAILY_SUMMARY', cause: 'summary', minute: dailyDigestMinute } as const),
  textOf: async (tx, scope, today) => {
    const facts = await readFacts(tx, scope, today);
    return (language: Language) => summaryText(facts, language);
  },
};
const dailyTellings: readonly DailyTelling[] = [complianceReport, summary];

/**
 * Every ten minutes, finds the zones in which it has become seven or eight in the morning, and plans yesterday's
 * compliance reports and summaries.
 */
export function dailySummaryJob({ db, clock, jobs }: Deps, send: SendNotifications): JobDefinition {
  return defineJob({
    name: 'telemetry.daily-summary',
    data: z.object({}).loose(),
    retryLimit: 0,
    cron: { expression: '*/10 * * * *', timeZone: 'UTC' },
    handle: async (_data, { log }) => {
      const planned = await planSummaries(db.client, clock.now());
      if (planned === 0) return;
      log.info({ planned }, 'Daily summaries are planned');
      await jobs.enqueue(send, {});
    },
  });
}

/** Plans what is due to be told now, each once however often it runs; answers how many messages. */
export async function planSummaries(client: PrismaClient, now: Date): Promise<number> {
  let planned = 0;
  for (const daily of dailyTellings) planned += await planDaily(client, daily, now);
  return planned;
}

async function planDaily(client: PrismaClient, daily: DailyTelling, now: Date): Promise<number> {
  const scopes = await client.$queryRaw<SummaryScope[]>`
    SELECT DISTINCT r.id AS "ruleId", r.company_id AS "companyId", r.site_id AS "siteId", r.point_id AS "pointId",
      p.time_zone AS "timeZone"
    FROM telemetry.notification_rules r
    JOIN telemetry.catchment_points p ON p.company_id = r.company_id AND p.deleted_at IS NULL
      AND (r.site_id IS NULL OR p.site_id = r.site_id) AND (r.point_id IS NULL OR p.id = r.point_id)
    WHERE r.is_active AND ${daily.event}::telemetry.notification_event = ANY(r.events)
    ORDER BY 1, 5`;
  let planned = 0;
  for (const scope of scopes) {
    const { day, minute } = clockAt(now, scope.timeZone);
    if (minute < daily.minute || minute >= daily.minute + windowMinutes) continue;
    planned += await client.$transaction((tx) => planSummary(tx, daily, scope, day, now));
  }
  return planned;
}

export interface SummaryScope {
  readonly ruleId: string;
  readonly companyId: string;
  readonly siteId: string | null;
  readonly pointId: string | null;
  readonly timeZone: string;
}

async function planSummary(
  tx: DatabaseTransaction,
  daily: DailyTelling,
  scope: SummaryScope,
  day: string,
  now: Date,
): Promise<number> {
  const { event } = daily;
  const { ruleId, companyId, siteId, pointId, timeZone } = scope;
  const cause = `${daily.cause}:${ruleId}:${timeZone}:${day}`;
  const isPlanned = await tx.notificationDelivery.findFirst({
    where: { idempotencyKey: { startsWith: `${cause}:` } },
    select: { id: true },
  });
  if (isPlanned !== null) return 0;
  const found = await findAddressees(tx, { event, companyId, siteId, pointId, severity: null });
  const addressees: Addressee[] = found.filter((one) => one.ruleId === ruleId);
  if (addressees.length === 0) return 0;
  const textIn = await daily.textOf(tx, scope, day);
  if (textIn === null) return 0;
  // It is a digest by itself, at an hour of its own.
  const telling = { event, companyId, alertId: null, cause, isUrgent: true, textIn };
  return planDeliveries(tx, telling, addressees, now);
}

/** A day of the points that a summary is about. */
export interface SummaryFacts {
  /** The day before, `2026-11-20`. */
  readonly day: string;
  readonly points: number;
  readonly silentPoints: number;
  readonly openAlerts: number;
  readonly criticalAlerts: number;
  readonly volumeM3: number;
  /** Slots of the day, by what became of them. */
  readonly submissions: { readonly vouchers: number; readonly waiting: number; readonly inNeed: number };
}

async function readFacts(tx: DatabaseTransaction, scope: SummaryScope, today: string): Promise<SummaryFacts> {
  const { companyId, siteId, pointId, timeZone } = scope;
  const until = startOfDay(today, timeZone);
  const day = clockAt(new Date(until.getTime() - dayMs / 2), timeZone).day;
  const from = startOfDay(day, timeZone);
  const [row] = await tx.$queryRaw<Omit<SummaryFacts & SummaryFacts['submissions'], 'day' | 'submissions'>[]>`
    WITH mine AS (
      SELECT id, status FROM telemetry.catchment_points
      WHERE company_id = ${companyId}::uuid AND deleted_at IS NULL AND time_zone = ${timeZone}
        AND (${siteId}::uuid IS NULL OR site_id = ${siteId}::uuid)
        AND (${pointId}::uuid IS NULL OR id = ${pointId}::uuid)),
    alerts AS (
      SELECT count(*)::int AS open, count(*) FILTER (WHERE severity = 'CRITICAL')::int AS critical
      FROM telemetry.alerts WHERE point_id IN (SELECT id FROM mine) AND status <> 'RESOLVED'),
    water AS (
      SELECT coalesce(sum(delta), 0)::float8 AS volume FROM telemetry.measurement_rollups
      WHERE point_id IN (SELECT id FROM mine) AND variable = 'TOTAL' AND grain = 'DAY' AND bucket_start = ${from}),
    slots AS (
      SELECT count(*) FILTER (WHERE ${hasVoucherSql})::int AS vouchers,
        count(*) FILTER (WHERE ${isInNeedSql})::int AS in_need, count(*) FILTER (WHERE ${isWaitingSql})::int AS waiting
      FROM telemetry.compliance_submissions s
      WHERE s.point_id IN (SELECT id FROM mine) AND s.slot_at >= ${from} AND s.slot_at < ${until})
    SELECT (SELECT count(*)::int FROM mine) AS points,
      (SELECT count(*)::int FROM mine WHERE status IN ('OFFLINE', 'ERROR')) AS "silentPoints",
      alerts.open AS "openAlerts", alerts.critical AS "criticalAlerts", water.volume AS "volumeM3",
      slots.vouchers, slots.waiting, slots.in_need AS "inNeed"
    FROM alerts, water, slots`;
  if (row === undefined) throw new Error('Postgres answered no row');
  const { vouchers, waiting, inNeed, ...facts } = row;
  return { day, ...facts, submissions: { vouchers, waiting, inNeed } };
}
