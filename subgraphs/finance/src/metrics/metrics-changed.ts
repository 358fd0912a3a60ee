import type { Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { defineTopic } from '@cauce/shared/events/domain-event';
import type { EventBus } from '@cauce/shared/events/event-bus';
import { reachableEvents } from '@cauce/shared/events/reachable-events';

/** Written by the trigger of `daily_metrics`, once for each place that a load touched. */
export const dailyMetricsChanged = defineTopic<{ metrics: string[]; from: string; to: string }>(
  'finance.dailyMetricsChanged',
  { isPublic: true },
);

/** Metrics of one place that were loaded or corrected. */
export interface MetricsChange {
  readonly companyId: string | null;
  readonly siteId: string | null;
  readonly metrics: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly occurredAt: string;
}

/** What changes within the viewer's reach from now on; only those companies when some are named. */
export function metricsChanges(
  bus: EventBus,
  viewer: Viewer,
  companyIds: readonly string[] | null,
  signal: AbortSignal,
): AsyncIterable<MetricsChange> {
  const wanted = companyIds === null ? null : new Set(onlyUuids(companyIds));
  return reachableEvents(bus, dailyMetricsChanged, {
    viewer,
    signal,
    read: async ({ companyId, siteId, occurredAt, payload }) =>
      wanted === null || (companyId !== null && wanted.has(companyId))
        ? { companyId, siteId, occurredAt, ...payload }
        : null,
  });
}
