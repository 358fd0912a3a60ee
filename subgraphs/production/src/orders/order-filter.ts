import type { Prisma } from '@cauce/prisma/client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { addDays, startOfDay } from '../plant-time.ts';
import type { OrderStatus } from './order.ts';

export const orderSorts = ['PRODUCED_AT_DESC', 'PRODUCED_AT_ASC', 'ORDER_NUMBER_ASC', 'ORDER_NUMBER_DESC'] as const;
export type OrderSort = (typeof orderSorts)[number];

export interface OrderFilter {
  readonly range?: DateRange | null | undefined;
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly productSkus?: readonly string[] | null | undefined;
  readonly statuses?: readonly OrderStatus[] | null | undefined;
  readonly hasAdiflow?: boolean | null | undefined;
  /** Part of the order number, or of the product's name or sku. */
  readonly search?: string | null | undefined;
}

/**
 * The filter as Prisma's; the viewer's rows are the scoped client's business.
 * @param fields the model's column references, for a column held against another
 */
export function orderWhere(filter: OrderFilter, fields: Columns): Prisma.ProductionOrderWhereInput {
  const { range, siteIds, companyIds, productSkus, statuses, hasAdiflow } = filter;
  // Prisma hands `%` and `_` on as wildcards.
  const search = filter.search?.trim().replace(/[\\%_]/g, '\\$&');
  return {
    AND: [
      range ? { producedAt: { gte: startOfDay(range.from), lt: startOfDay(addDays(range.to, 1)) } } : {},
      siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {},
      companyIds ? { companyId: { in: onlyUuids(companyIds) } } : {},
      productSkus ? { productReference: { in: [...productSkus] } } : {},
      typeof hasAdiflow === 'boolean' ? { hasAdiflow } : {},
      statuses ? { OR: statuses.map((status) => statusWhere(status, fields)) } : {},
      search ? { OR: searched.map((column) => ({ [column]: { contains: search, mode: 'insensitive' } })) } : {},
    ],
  };
}

type Columns = Pick<Prisma.ProductionOrderFieldRefs, 'plannedTons'>;

const searched = ['orderNumber', 'productName', 'productReference'] as const;

/** `statusOf` as a filter. Every branch names its nulls, because a comparison with null is neither true nor false. */
function statusWhere(status: OrderStatus, { plannedTons }: Columns): Prisma.ProductionOrderWhereInput {
  if (status === 'DISPATCHED') return { isDispatched: true };
  const isNotDispatched = { OR: [{ isDispatched: false }, { isDispatched: null }] };
  if (status === 'CANCELLED') {
    return {
      AND: [
        isNotDispatched,
        { plannedTons: { gt: 0 }, cancelledTons: { gte: plannedTons } },
        { OR: [{ producedTons: 0 }, { producedTons: null }] },
      ],
    };
  }
  return {
    AND: [
      isNotDispatched,
      {
        OR: [
          { plannedTons: null },
          { plannedTons: { lte: 0 } },
          { cancelledTons: null },
          { cancelledTons: { lt: plannedTons } },
          { producedTons: { not: 0 } },
        ],
      },
    ],
  };
}
