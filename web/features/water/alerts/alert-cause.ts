import type { AlertSeverity, AlertStatus, VariableKind } from '../../../graphql/generated/graphql.ts';
import { writeWindow } from '../../../ui/charts/time-window.ts';
import { todayIn } from '../../../ui/format/day-range.ts';

interface Episode {
  readonly raisedAt: string;
  readonly resolvedAt: string | null;
  readonly variable: VariableKind | null;
}

const hourMs = 3_600_000;
/** So much before an episode tells what was usual. */
const beforeMs = 12 * hourMs;
const afterMs = 2 * hourMs;

/** What the page of a point is asked for to show what happened: the days, the stretch of them, and the quantity. */
export function causeOf(
  { raisedAt, resolvedAt, variable }: Episode,
  timeZone: string,
  nowMs: number,
): Readonly<Record<string, string>> {
  const fromMs = Date.parse(raisedAt) - beforeMs;
  const toMs = (resolvedAt === null ? nowMs : Date.parse(resolvedAt)) + afterMs;
  return {
    from: todayIn(timeZone, new Date(fromMs)),
    to: todayIn(timeZone, new Date(Math.min(toMs, nowMs))),
    zoom: writeWindow({ fromMs, toMs }),
    ...(variable === null ? {} : { show: variable }),
  };
}

interface Ranked {
  readonly status: AlertStatus;
  readonly severity: AlertSeverity;
  readonly raisedAt: string;
}

const severityRank: Readonly<Record<AlertSeverity, number>> = { CRITICAL: 0, WARNING: 1, INFO: 2 };
const statusRank: Readonly<Record<AlertStatus, number>> = { OPEN: 0, ACKNOWLEDGED: 1, RESOLVED: 2 };

/** What nobody has looked at first, of that the worst, of equals the newest. */
export function byUrgency<Alert extends Ranked>(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted(
    (one, other) =>
      statusRank[one.status] - statusRank[other.status] ||
      severityRank[one.severity] - severityRank[other.severity] ||
      Date.parse(other.raisedAt) - Date.parse(one.raisedAt),
  );
}
