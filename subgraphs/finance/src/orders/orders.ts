import type { Order, OrderLine } from '@cauce/prisma/client';
import { createIdLoader, createListLoader } from '@cauce/shared/db/create-loader';
import { isUuid, onlyUuids } from '@cauce/shared/db/uuid';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import DataLoader from 'dataloader';
import type { OrderStore } from './order.store.ts';
import type { OrderFilter } from './order-filter.ts';

/** Warehouse orders as far as one viewer may see them, each loaded once for the request. */
export interface Orders {
  page(filter: OrderFilter, page: PageArgs): Promise<Page<Order>>;
  byId(id: string): Promise<Order | null>;
  lines(orderId: string): Promise<readonly OrderLine[]>;
  /** Quantity of a product that was ordered on those days, in the product's unit; "0" for none. */
  orderedQuantity(productId: string, range: DateRange): Promise<string>;
}

export function createOrders(store: OrderStore): Orders {
  const byId = createIdLoader((ids) => store.byIds(ids));
  const lines = createListLoader(
    (ids) => store.linesOf(ids),
    (line) => line.orderId,
  );
  const quantities = new DataLoader<{ productId: string; range: DateRange }, string, string>(
    async (keys) => {
      const found = new Map<string, string>();
      for (const [range, group] of Map.groupBy(keys, ({ range }) => JSON.stringify(range))) {
        const [first] = group;
        if (first === undefined) continue;
        const rows = await store.orderedQuantities(onlyUuids(group.map(({ productId }) => productId)), first.range);
        for (const { productId, quantity } of rows) found.set(`${range}:${productId}`, quantity.toFixed());
      }
      return keys.map(
        ({ productId, range }) => found.get(`${JSON.stringify(range)}:${productId.toLowerCase()}`) ?? '0',
      );
    },
    { cacheKeyFn: (key) => JSON.stringify(key) },
  );
  return {
    async page(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const usable = onlyUsableIds(filter);
      return toPage(
        await store.page(usable, keyset),
        keyset,
        (order) => [order.orderedAt.toISOString(), order.id],
        () => store.count(usable),
      );
    },
    byId: (id) => byId.load(id),
    lines: (orderId) => lines.load(orderId),
    orderedQuantity: (productId, range) => quantities.load({ productId, range }),
  };
}

function onlyUsableIds(filter: OrderFilter): OrderFilter {
  return {
    ...filter,
    companyIds: filter.companyIds && onlyUuids(filter.companyIds),
    siteIds: filter.siteIds && onlyUuids(filter.siteIds),
    customerId: filter.customerId === undefined || isUuid(filter.customerId) ? filter.customerId : nobody,
  };
}

/** An id that no row has: what is no UUID narrows to nothing instead of to everything. */
const nobody = '00000000-0000-0000-0000-000000000000';
