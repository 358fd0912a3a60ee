import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { clockAt, startOfDay } from '../zone-time.ts';
import type { DailyTelling, SummaryScope } from './daily-summary.ts';
import type { MessageText } from './message-text.ts';
import type { Language } from './notification.ts';
import { hasVoucherSql, isInNeedSql, isWaitingSql } from './owed-slots.ts';

/** What a point owed on a day, by what became of it. */
interface ReportedPoint {
  readonly code: string;
  readonly name: string;
  readonly owed: number;
  readonly vouchers: number;
  readonly waiting: number;
  readonly inNeed: number;
}

/** Points that a message names; the rest is counted. */
const namedAtMost = 30;
const halfDayMs = 12 * 3_600_000;

/** Yesterday's compliance, point by point, at seven: before the day's work begins. */
export const complianceReport: DailyTelling = {
  ...({ event: 'COMPLIANCE_REPORT', cause: 'compliance-report', minute: 7 * 60 } as const),
  textOf: async (tx, scope, today) => {
    const { day } = clockAt(new Date(startOfDay(today, scope.timeZone).getTime() - halfDayMs), scope.timeZone);
    const points = await readDay(tx, scope, day);
    return points.length === 0 ? null : (language) => reportText(day, points, language);
  },
};

/** The day is the regulator's. What a person has dismissed, or was kept in the shadow, needs nobody. */
function readDay(tx: DatabaseTransaction, scope: SummaryScope, day: string): Promise<ReportedPoint[]> {
  const { companyId, siteId, pointId, timeZone } = scope;
  return tx.$queryRaw<ReportedPoint[]>`
    SELECT p.code, p.name, count(*)::int AS owed,
      count(*) FILTER (WHERE ${hasVoucherSql})::int AS vouchers, count(*) FILTER (WHERE ${isWaitingSql})::int AS waiting,
      count(*) FILTER (WHERE ${isInNeedSql})::int AS "inNeed"
    FROM telemetry.compliance_sources r
    JOIN telemetry.compliance_submissions s ON s.source_id = r.id AND s.status <> 'SHADOWED'
      AND s.slot_at >= ${day}::timestamp AT TIME ZONE r.time_zone
      AND s.slot_at < (${day}::timestamp + interval '1 day') AT TIME ZONE r.time_zone
    JOIN telemetry.catchment_points p ON p.id = s.point_id AND p.deleted_at IS NULL
    WHERE p.company_id = ${companyId}::uuid AND p.time_zone = ${timeZone}
      AND (${siteId}::uuid IS NULL OR p.site_id = ${siteId}::uuid)
      AND (${pointId}::uuid IS NULL OR p.id = ${pointId}::uuid)
    GROUP BY p.id ORDER BY "inNeed" DESC, waiting DESC, p.code`;
}

function reportText(day: string, points: readonly ReportedPoint[], language: Language): MessageText {
  const words = texts[language];
  const date = new Intl.DateTimeFormat(language === 'es' ? 'es-CL' : 'en-GB', {
    ...{ timeZone: 'UTC', day: 'numeric', month: 'long' },
  }).format(new Date(`${day}T00:00:00Z`));
  const sum = (of: 'inNeed' | 'waiting') => points.reduce((total, point) => total + point[of], 0);
  const rest = points.length - namedAtMost;
  return {
    subject: words.subject(date, sum('inNeed'), sum('waiting')),
    body: [
      ...points.slice(0, namedAtMost).map((point) => words.point(point)),
      ...(rest > 0 ? [words.rest(rest)] : []),
    ].join('\n'),
  };
}

const texts = {
  es: {
    subject: (date: string, inNeed: number, waiting: number) => {
      if (inNeed > 0) return `Cumplimiento del ${date}: ${inNeed} por atender`;
      return `Cumplimiento del ${date}: ${waiting > 0 ? `${waiting} en curso` : 'todo con comprobante'}`;
    },
    point: ({ code, name, owed, vouchers, waiting, inNeed }: ReportedPoint) =>
      `${name} (${code}): ${vouchers} de ${owed} con comprobante${waiting > 0 ? `, ${waiting} en curso` : ''}${inNeed > 0 ? `, ${inNeed} por atender` : ''}`,
    rest: (count: number) => `y ${count} puntos más`,
  },
  en: {
    subject: (date: string, inNeed: number, waiting: number) => {
      if (inNeed > 0) return `Compliance of ${date}: ${inNeed} to attend to`;
      return `Compliance of ${date}: ${waiting > 0 ? `${waiting} under way` : 'all with a voucher'}`;
    },
    point: ({ code, name, owed, vouchers, waiting, inNeed }: ReportedPoint) =>
      `${name} (${code}): ${vouchers} of ${owed} with a voucher${waiting > 0 ? `, ${waiting} under way` : ''}${inNeed > 0 ? `, ${inNeed} to attend to` : ''}`,
    rest: (count: number) => `and ${count} more points`,
  },
} as const;
