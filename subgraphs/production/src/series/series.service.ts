import { type KpiDefinition, kpiDefinitions, type ProductionMetric } from '../kpis/kpi-definitions.ts';
import { emptySums } from '../kpis/kpi-sums.ts';
import { kpiValue } from '../kpis/kpi-values.ts';
import { checkRange, type PeriodFilter } from '../kpis/period-filter.ts';
import type { createSeriesStore, SeriesRow } from './series.store.ts';
import { bucketsOf, type SeriesGrain } from './series-buckets.ts';
import type { SeriesGrouping } from './series-grouping.ts';

/** Lines of one chart at most; those with the most produced tons are shown. */
export const maxGroups = 50;

export interface SeriesPoint {
  /** First day of the bucket. */
  readonly date: string;
  readonly value: number | null;
  readonly orderCount: number;
}

export interface SeriesGroup {
  readonly grouping: SeriesGrouping;
  /** Site or company id, sku, `WITH` or `WITHOUT`; null for orders that do not say. */
  readonly key: string | null;
  readonly points: readonly SeriesPoint[];
}

export interface ProductionSeries {
  readonly metric: ProductionMetric;
  readonly definition: KpiDefinition;
  readonly unit: string | null;
  readonly grain: SeriesGrain;
  readonly groups: readonly SeriesGroup[];
  readonly omittedGroups: number;
  readonly changedAt: Date | null;
  readonly lastProducedOn: string | null;
}

export interface SeriesRequest {
  readonly metric: ProductionMetric;
  readonly grain: SeriesGrain;
  readonly grouping: SeriesGrouping;
  readonly filter: PeriodFilter;
}

export interface Series {
  of(request: SeriesRequest): Promise<ProductionSeries>;
}

/** A metric over time, one line for each group, a point for every bucket whether it has orders or not. */
export function createSeries(store: ReturnType<typeof createSeriesStore>): Series {
  return {
    async of({ metric, grain, grouping, filter }) {
      const buckets = bucketsOf(checkRange(filter.range), grain);
      const rows = await store.rows(filter, grain, grouping);
      const byGroup = [...Map.groupBy(rows, ({ groupKey }) => groupKey)].sort(
        ([, left], [, right]) => producedBy(right) - producedBy(left),
      );
      const groups = byGroup.slice(0, maxGroups).map(([key, own]) => ({
        grouping,
        key: grouping === 'NONE' ? null : key,
        points: pointsOf(own, buckets, metric),
      }));
      const isEmptyTotal = grouping === 'NONE' && groups.length === 0;
      return {
        metric,
        definition: kpiDefinitions[metric],
        unit: unitOf(rows, metric),
        grain,
        groups: isEmptyTotal ? [{ grouping, key: null, points: pointsOf([], buckets, metric) }] : groups,
        omittedGroups: Math.max(0, byGroup.length - maxGroups),
        changedAt: latest(rows.map(({ changedAt }) => changedAt)),
        lastProducedOn: latest(rows.map(({ lastProducedOn }) => lastProducedOn)),
      };
    },
  };
}

function pointsOf(rows: readonly SeriesRow[], buckets: readonly string[], metric: ProductionMetric): SeriesPoint[] {
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  return buckets.map((date) => {
    const { value, orderCount } = kpiValue(byBucket.get(date) ?? emptySums, metric);
    return { date, value, orderCount };
  });
}

function producedBy(rows: readonly SeriesRow[]): number {
  return rows.reduce((total, { producedTons }) => total + producedTons, 0);
}

/** One unit for the whole chart; null when its points do not share one. */
function unitOf(rows: readonly SeriesRow[], metric: ProductionMetric): string | null {
  const units = new Set(
    rows.filter((row) => kpiValue(row, metric).orderCount > 0).map((row) => kpiValue(row, metric).unit),
  );
  const [unit] = units;
  return units.size === 1 ? (unit ?? null) : units.size === 0 ? kpiDefinitions[metric].unit : null;
}

function latest<Value extends Date | string>(values: readonly (Value | null)[]): Value | null {
  return values.reduce((last, value) => (value !== null && (last === null || value > last) ? value : last), null);
}
