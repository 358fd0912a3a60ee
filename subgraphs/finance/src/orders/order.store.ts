import type { Prisma, PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { OrderFilter } from './order-filter.ts';

/** An order's line as the product asks for it. */
export interface ProductQuantity {
  readonly productId: string;
  readonly quantity: Prisma.Decimal;
}

const newestFirst = [
  { column: 'orderedAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

export type OrderStore = ReturnType<typeof createOrderStore>;

/** Warehouse orders within one viewer's reach. */
export function createOrderStore(client: ScopedClient, raw: PrismaClient, viewer: Viewer) {
  const live = { deletedAt: null };
  const whereOf = ({ companyIds, siteIds, statuses, orderTypes, customerId, range, search }: OrderFilter) => ({
    ...live,
    ...(companyIds && { companyId: { in: [...companyIds] } }),
    ...(siteIds && { siteId: { in: [...siteIds] } }),
    ...(statuses && { status: { in: [...statuses] } }),
    ...(orderTypes && { orderType: { in: [...orderTypes] } }),
    ...(customerId && { customerId }),
    ...(range && { orderedAt: { gte: range.from, lt: range.until } }),
    ...(search && { orderId: { startsWith: search } }),
  });
  return {
    page: (filter: OrderFilter, keyset: Keyset) =>
      client.order.findMany({
        where: { AND: [whereOf(filter), afterKeyset(newestFirst, keyset.after)] },
        orderBy: [{ orderedAt: 'desc' }, { id: 'desc' }],
        take: keyset.limit + 1,
      }),
    count: (filter: OrderFilter) => client.order.count({ where: whereOf(filter) }),
    byIds: (ids: readonly string[]) => client.order.findMany({ where: { ...live, id: { in: [...ids] } } }),
    linesOf: (orderIds: readonly string[]) =>
      client.orderLine.findMany({
        where: { orderId: { in: [...orderIds] } },
        orderBy: [{ orderId: 'asc' }, { lineNumber: 'asc' }],
      }),
    /** Ordered quantity of products over days, in one statement for all of them. */
    async orderedQuantities(
      productIds: readonly string[],
      { from, to }: DateRange,
    ): Promise<readonly ProductQuantity[]> {
      return raw.$queryRaw<ProductQuantity[]>`
        SELECT l.product_id AS "productId", sum(l.quantity) AS quantity
        FROM finance.order_lines l
        JOIN finance.orders o ON o.id = l.order_id AND o.deleted_at IS NULL
        WHERE l.product_id = ANY(${[...productIds]}::uuid[])
          AND l.ordered_at >= (${from}::date)::timestamp AT TIME ZONE ${businessZone}
          AND l.ordered_at < (${to}::date + 1)::timestamp AT TIME ZONE ${businessZone}
          AND ${reachSql(viewer, { site: 'l.site_id', company: 'l.company_id' })}
        GROUP BY l.product_id`;
    },
  };
}

/** Days of finance are those of the companies' books. */
export const businessZone = 'America/Santiago';
