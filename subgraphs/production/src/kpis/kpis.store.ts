import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { orderReach } from '../order-reach.ts';
import { emptySums, type KpiSums, kpiSumsSql } from './kpi-sums.ts';
import { orderFacts } from './order-facts.ts';
import { type PeriodFilter, periodSql } from './period-filter.ts';

/** A site, company or product, and the days asked about it. */
export interface KpiKey {
  /** The id, or the sku of a product. */
  readonly of: string;
  readonly range: DateRange;
}

export type KpiOwner = 'site' | 'company' | 'product';

/** Sums over orders, in one statement each, kept to the rows that the viewer reaches. */
export function createKpiStore(client: PrismaClient, viewer: Viewer) {
  return {
    async total(filter: PeriodFilter): Promise<KpiSums> {
      const [sums] = await client.$queryRaw<KpiSums[]>`
        SELECT ${kpiSumsSql} FROM (${orderFacts(periodSql(filter, viewer))}) f`;
      return sums ?? emptySums;
    },

    /** The sums of many owners and periods at once, in the order of the keys. */
    async byKeys(owner: KpiOwner, keys: readonly KpiKey[]): Promise<readonly KpiSums[]> {
      const where = Prisma.sql`${ownerColumn[owner]} = k.owner
        AND o.fecha_produccion >= k.first_day AND o.fecha_produccion < k.last_day + 1 AND ${orderReach(viewer)}`;
      const rows = await client.$queryRaw<(KpiSums & { readonly position: number })[]>`
        SELECT k.position::int AS position, s.*
        FROM unnest(
          ${keys.map(({ of }) => of)}::${ownerType[owner]}[],
          ${keys.map(({ range }) => range.from)}::date[],
          ${keys.map(({ range }) => range.to)}::date[]
        ) WITH ORDINALITY AS k (owner, first_day, last_day, position)
        CROSS JOIN LATERAL (SELECT ${kpiSumsSql} FROM (${orderFacts(where)}) f) s`;
      const byPosition = new Map(rows.map((row) => [row.position, row]));
      return keys.map((_key, index) => byPosition.get(index + 1) ?? emptySums);
    },
  };
}

const ownerColumn = {
  site: Prisma.sql`o.site_id`,
  company: Prisma.sql`o.company_id`,
  product: Prisma.sql`o.referencia_producto`,
} as const;

const ownerType = { site: Prisma.sql`uuid`, company: Prisma.sql`uuid`, product: Prisma.sql`text` } as const;
