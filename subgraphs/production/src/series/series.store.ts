import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { type KpiSums, kpiSumsSql } from '../kpis/kpi-sums.ts';
import { orderFacts } from '../kpis/order-facts.ts';
import { type PeriodFilter, periodSql } from '../kpis/period-filter.ts';
import type { SeriesGrain } from './series-buckets.ts';
import type { SeriesGrouping } from './series-grouping.ts';

/** The sums of one bucket of one group; the group is null where orders do not say. */
export interface SeriesRow extends KpiSums {
  readonly bucket: string;
  readonly groupKey: string | null;
}

export function createSeriesStore(client: PrismaClient, viewer: Viewer) {
  return {
    rows: (filter: PeriodFilter, grain: SeriesGrain, grouping: SeriesGrouping) => client.$queryRaw<SeriesRow[]>`
      SELECT date_trunc(${grain.toLowerCase()}, f.day::timestamp)::date::text AS "bucket",
        ${groupColumn[grouping]} AS "groupKey", ${kpiSumsSql}
      FROM (${orderFacts(periodSql(filter, viewer))}) f
      GROUP BY 1, 2`,
  };
}

const groupColumn: Readonly<Record<SeriesGrouping, Prisma.Sql>> = {
  NONE: Prisma.sql`''`,
  SITE: Prisma.sql`f.site_id::text`,
  COMPANY: Prisma.sql`f.company_id::text`,
  PRODUCT: Prisma.sql`f.sku`,
  ADIFLOW: Prisma.sql`CASE f.has_adiflow WHEN TRUE THEN 'WITH' WHEN FALSE THEN 'WITHOUT' END`,
};
