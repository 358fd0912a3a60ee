import type { Dashboard } from '@cauce/shared/auth/permissions';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { AppError } from '@cauce/shared/errors/app-error';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { dayOf, daysBefore } from '../business-day.ts';
import type { DailyMetricStore, MetricValue } from '../metrics/daily-metric.store.ts';
import type { DailyMetrics } from '../metrics/daily-metrics.ts';
import type { Definition } from '../metrics/definition.store.ts';
import type { Definitions } from '../metrics/definitions.ts';

/** One metric of a dashboard: a period of 30 days beside the 30 before it. */
export interface DashboardMetric {
  readonly definition: Definition;
  readonly current: MetricValue | null;
  readonly previous: MetricValue | null;
  readonly days: readonly MetricValue[];
}

export interface DashboardView {
  readonly tab: Dashboard;
  readonly from: string;
  readonly to: string;
  readonly updatedAt: Date | null;
  readonly metrics: readonly DashboardMetric[];
}

export interface Dashboards {
  /** A tab that was granted to the viewer; FORBIDDEN otherwise. */
  view(tab: Dashboard): Promise<DashboardView>;
}

interface DashboardDeps {
  readonly definitions: Definitions;
  readonly metrics: DailyMetrics;
  readonly metricStore: DailyMetricStore;
  readonly viewer: Viewer;
  readonly clock: Clock;
}

const periodDays = 30;

export function createDashboards({ definitions, metrics, metricStore, viewer, clock }: DashboardDeps): Dashboards {
  return {
    async view(tab) {
      if (!viewer.dashboards.includes(tab))
        throw new AppError('FORBIDDEN', `The ${tab} dashboard was not granted to you`);
      const to = dayOf(clock.now());
      const from = daysBefore(to, periodDays - 1);
      const previous = { from: daysBefore(from, periodDays), to: daysBefore(from, 1) };
      const shown = (await definitions.all())
        .filter((definition) => definition.isActive)
        .flatMap((definition) =>
          definition.dashboards.filter((on) => on.dashboard === tab).map((on) => ({ definition, ...on })),
        )
        .sort((a, b) => a.position - b.position)
        .map(({ definition }) => definition);
      const names = shown.map(({ name }) => name);
      const ask = async (range: DateRange, grain: 'DAY' | 'ALL') =>
        names.length === 0 ? [] : metrics.all({ metrics: names, range, grain }, null, null);
      const [days, now, before, updatedAt] = await Promise.all([
        ask({ from, to }, 'DAY'),
        ask({ from, to }, 'ALL').then(byMetric),
        ask(previous, 'ALL').then(byMetric),
        metricStore.updatedAt(),
      ]);
      return {
        tab,
        from,
        to,
        updatedAt,
        metrics: shown.map((definition) => ({
          definition,
          current: now.get(definition.name) ?? null,
          previous: before.get(definition.name) ?? null,
          days: days.filter(({ metric }) => metric === definition.name),
        })),
      };
    },
  };
}

function byMetric(values: readonly MetricValue[]): ReadonlyMap<string, MetricValue> {
  return new Map(values.map((value) => [value.metric, value]));
}
