import { onlyUuids } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { dateRangeSchema } from '@cauce/shared/schema/date-range';
import DataLoader from 'dataloader';
import type { DailyMetricStore, Grain, MetricQuery, MetricValue, OwnedMetricValue } from './daily-metric.store.ts';

/** Metrics by day or coarser, as far as one viewer may see them. */
export interface DailyMetrics {
  all(
    query: MetricQuery,
    companyIds: readonly string[] | null,
    siteIds: readonly string[] | null,
  ): Promise<readonly MetricValue[]>;
  ofSite(siteId: string, query: MetricQuery): Promise<readonly MetricValue[]>;
  ofCompany(companyId: string, query: MetricQuery): Promise<readonly MetricValue[]>;
}

const maxMetrics = 20;
const maxBuckets = 2_000;
const daysIn: Readonly<Record<Grain, number>> = { DAY: 1, WEEK: 7, MONTH: 28, QUARTER: 90, YEAR: 365, ALL: 10_000 };

export function createDailyMetrics(store: DailyMetricStore): DailyMetrics {
  const ofSite = createOwnerLoader((ids, query) => store.ofSites(ids, query));
  const ofCompany = createOwnerLoader((ids, query) => store.ofCompanies(ids, query));
  return {
    all: async (query, companyIds, siteIds) =>
      store.all(check(query), companyIds && onlyUuids(companyIds), siteIds && onlyUuids(siteIds)),
    ofSite: async (ownerId, query) => ofSite.load({ ownerId, query: check(query) }),
    ofCompany: async (ownerId, query) => ofCompany.load({ ownerId, query: check(query) }),
  };
}

/** Refuses what would answer without bound. */
function check(query: MetricQuery): MetricQuery {
  checkRange(query.range);
  const days = (Date.parse(query.range.to) - Date.parse(query.range.from)) / 86_400_000 + 1;
  const buckets = (days / daysIn[query.grain]) * query.metrics.length;
  if (query.metrics.length > maxMetrics || buckets > maxBuckets) {
    throw new AppError('BAD_USER_INPUT', 'Ask for fewer metrics, fewer days or a coarser grain');
  }
  return query;
}

export function checkRange(range: DateRange): DateRange {
  const parsed = dateRangeSchema.safeParse(range);
  if (parsed.success) return parsed.data;
  throw new AppError('BAD_USER_INPUT', parsed.error.issues[0]?.message ?? 'The range is not acceptable', {
    detail: { argument: 'range' },
  });
}

interface OwnerKey {
  readonly ownerId: string;
  readonly query: MetricQuery;
}

/** Many places that ask the same are one statement. */
function createOwnerLoader(
  load: (ids: readonly string[], query: MetricQuery) => Promise<readonly OwnedMetricValue[]>,
): DataLoader<OwnerKey, readonly MetricValue[], string> {
  return new DataLoader<OwnerKey, readonly MetricValue[], string>(
    async (keys) => {
      const answers = new Map<string, readonly OwnedMetricValue[]>();
      for (const [asked, group] of Map.groupBy(keys, ({ query }) => JSON.stringify(query))) {
        const [first] = group;
        if (first === undefined) continue;
        const rows = await load(onlyUuids(group.map(({ ownerId }) => ownerId)), first.query);
        for (const [ownerId, values] of Map.groupBy(rows, (row) => row.ownerId))
          answers.set(`${asked}${ownerId}`, values);
      }
      return keys.map(({ ownerId, query }) => answers.get(`${JSON.stringify(query)}${ownerId.toLowerCase()}`) ?? []);
    },
    { cacheKeyFn: (key) => JSON.stringify(key) },
  );
}
