import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import type { DateRange } from '@cauce/shared/schema/date-range';

/** `ALL` is the whole range as one bucket, dated by its first day. */
export const grains = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', 'ALL'] as const;
export type Grain = (typeof grains)[number];

/** One metric over one bucket of time. */
export interface MetricValue {
  /** First day of the bucket. */
  readonly date: Date;
  readonly metric: string;
  readonly unit: string;
  /** Null for a ratio whose denominator is zero. */
  readonly value: Prisma.Decimal | null;
}

export interface OwnedMetricValue extends MetricValue {
  /** The site or company it was asked for. */
  readonly ownerId: string;
}

export interface MetricQuery {
  readonly metrics: readonly string[];
  readonly range: DateRange;
  readonly grain: Grain;
}

export type DailyMetricStore = ReturnType<typeof createDailyMetricStore>;

/**
 * Daily metrics within one viewer's reach. A metric is stored at one level only, site or company, so adding its rows
 * counts nothing twice. Ratios are added up from their parts; snapshots take the last value of each place and add those.
 */
export function createDailyMetricStore(client: ScopedClient, raw: PrismaClient, viewer: Viewer) {
  const values = (query: MetricQuery, owner: Prisma.Sql, filter: Prisma.Sql) => raw.$queryRaw<OwnedMetricValue[]>`
    WITH parts AS (
      SELECT ${owner} AS owner_id, ${bucketOf(query)} AS bucket,
             m.metric, m.unit, d.additivity,
             sum(m.value) AS total, sum(m.numerator) AS numerator, sum(m.denominator) AS denominator,
             (array_agg(m.value ORDER BY m.date DESC))[1] AS last
      FROM finance.daily_metrics m
      JOIN finance.metric_definitions d ON d.name = m.metric AND d.is_active
      WHERE m.metric = ANY(${[...query.metrics]}::text[])
        AND m.date BETWEEN ${query.range.from}::date AND ${query.range.to}::date
        AND ${reachSql(viewer, { site: 'm.site_id', company: 'm.company_id' })}
        AND ${filter}
      GROUP BY 1, 2, 3, 4, 5, m.company_id, m.site_id
    )
    SELECT owner_id AS "ownerId", bucket AS date, metric, unit,
           CASE additivity
             WHEN 'ADDITIVE' THEN sum(total)
             WHEN 'SNAPSHOT' THEN sum(last)
             WHEN 'RATIO' THEN sum(numerator) / nullif(sum(denominator), 0) * CASE WHEN unit = '%' THEN 100 ELSE 1 END
           END AS value
    FROM parts
    GROUP BY owner_id, bucket, metric, unit, additivity
    ORDER BY bucket, metric`;
  const inList = (column: Prisma.Sql, ids: readonly string[] | null) =>
    ids === null ? Prisma.sql`TRUE` : Prisma.sql`${column} = ANY(${[...ids]}::uuid[])`;

  return {
    all: (query: MetricQuery, companyIds: readonly string[] | null, siteIds: readonly string[] | null) =>
      values(
        query,
        Prisma.sql`NULL::uuid`,
        Prisma.sql`${inList(Prisma.sql`m.company_id`, companyIds)} AND ${inList(Prisma.sql`m.site_id`, siteIds)}`,
      ),
    ofSites: (siteIds: readonly string[], query: MetricQuery) =>
      values(query, Prisma.sql`m.site_id`, inList(Prisma.sql`m.site_id`, siteIds)),
    ofCompanies: (companyIds: readonly string[], query: MetricQuery) =>
      values(query, Prisma.sql`m.company_id`, inList(Prisma.sql`m.company_id`, companyIds)),
    /** When any row that the viewer reaches was last written; null when there is none. */
    async updatedAt(): Promise<Date | null> {
      const { _max } = await client.dailyMetric.aggregate({ _max: { updatedAt: true } });
      return _max.updatedAt;
    },
  };
}

function bucketOf({ grain, range }: MetricQuery): Prisma.Sql {
  return grain === 'ALL'
    ? Prisma.sql`${range.from}::date`
    : Prisma.sql`date_trunc(${grain.toLowerCase()}, m.date::timestamp)::date`;
}
