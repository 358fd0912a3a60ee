import { createIdLoader, createLoader } from '@cauce/shared/db/create-loader';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { type Keyset, type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import DataLoader from 'dataloader';
import { checkRange } from '../kpis/period-filter.ts';
import type { ProductionOrder } from './order.ts';
import type { OrderFilter, OrderSort } from './order-filter.ts';
import type { createOrderStore } from './orders.store.ts';
import { type PlantConvention, plantKey } from './plant-convention.ts';
import type { createProductOrderStore, ProductOrdersQuery } from './product-orders.store.ts';

/** Production orders as far as one viewer may see them, each loaded once. */
export interface Orders {
  byId(id: string): Promise<ProductionOrder | null>;
  /** The newest one, should a number have been used twice. */
  byNumber(orderNumber: string): Promise<ProductionOrder | null>;
  page(filter: OrderFilter, sort: OrderSort, page: PageArgs): Promise<Page<ProductionOrder>>;
  /** Orders of a product, newest first; asked for many products at once they are still read in one go. */
  pageOfProduct(sku: string, range: DateRange | null, page: PageArgs): Promise<Page<ProductionOrder>>;
  /** How the plant of an order writes; null for a plant that is not known. */
  conventionOf(order: ProductionOrder): Promise<PlantConvention | null>;
}

export interface OrdersDeps {
  readonly store: ReturnType<typeof createOrderStore>;
  readonly productStore: ReturnType<typeof createProductOrderStore>;
}

export function createOrders({ store, productStore }: OrdersDeps): Orders {
  const byId = createIdLoader((ids) => store.byIds(ids));
  const byNumber = createLoader(
    (numbers) => store.byNumbers(numbers),
    ({ orderNumber }) => orderNumber,
  );
  const idsOfProduct = createProductLoader<ProductOrdersQuery, readonly string[]>(async (skus, query) => {
    const rows = Map.groupBy(await productStore.ids(skus, query), ({ sku }) => sku);
    return skus.map((sku) => (rows.get(sku) ?? []).map(({ id }) => id));
  });
  const countOfProduct = createProductLoader<DateRange | null, number>(async (skus, range) => {
    const rows = new Map((await productStore.counts(skus, range)).map(({ sku, orders }) => [sku, orders]));
    return skus.map((sku) => rows.get(sku) ?? 0);
  });
  let conventions: Promise<ReadonlyMap<string, PlantConvention>> | null = null;

  return {
    byId: (id) => byId.load(id),
    byNumber: (orderNumber) => byNumber.load(orderNumber),

    async page(filter, sort, args) {
      if (filter.range) checkRange(filter.range);
      const isByTime = sort.startsWith('PRODUCED_AT');
      const keyset = readKeyset(args, [isByTime ? 'instant' : 'text', 'id']);
      const rows = await store.page(filter, sort, keyset);
      return toPage(
        rows,
        keyset,
        (order) => [isByTime ? order.producedAt.toISOString() : order.orderNumber, order.id],
        () => countOf(rows, keyset, () => store.count(filter)),
      );
    },

    async pageOfProduct(sku, range, args) {
      if (range) checkRange(range);
      const keyset = readKeyset(args, ['instant', 'id']);
      const query = { range, limit: keyset.limit + 1, after: keyset.after };
      const ids = await idsOfProduct.load({ sku, query });
      const rows = (await Promise.all(ids.map((id) => byId.load(id)))).filter((order) => order !== null);
      return toPage(
        rows,
        keyset,
        (order) => [order.producedAt.toISOString(), order.id],
        () => countOf(rows, keyset, () => countOfProduct.load({ sku, query: range })),
      );
    },

    async conventionOf({ plant }) {
      conventions ??= store.conventions().then((rows) => new Map(rows.map((row) => [plantKey(row.plant), row])));
      return plant === null ? null : ((await conventions).get(plantKey(plant)) ?? null);
    },
  };
}

/** A first page that holds the whole list has counted it. */
async function countOf(
  rows: readonly unknown[],
  { limit, after }: Keyset,
  count: () => Promise<number>,
): Promise<number> {
  return after === null && rows.length <= limit ? rows.length : count();
}

interface ProductKey<Query> {
  readonly sku: string;
  readonly query: Query;
}

/** Batches by the whole query: products of one list ask the same of each, which is one call of `load`. */
function createProductLoader<Query, Value>(
  load: (skus: readonly string[], query: Query) => Promise<readonly Value[]>,
): DataLoader<ProductKey<Query>, Value, string> {
  return new DataLoader<ProductKey<Query>, Value, string>(
    async (keys) => {
      const values = new Map<string, Value>();
      const groups = Map.groupBy(keys, ({ query }) => JSON.stringify(query));
      for (const group of groups.values()) {
        const [first] = group;
        if (first === undefined) continue;
        const loaded = await load(
          group.map(({ sku }) => sku),
          first.query,
        );
        for (const [index, value] of loaded.entries()) values.set(cacheKey(group[index]), value);
      }
      return keys.map((key) => values.get(cacheKey(key)) ?? new Error('A product was left out of its batch'));
    },
    { cacheKeyFn: cacheKey },
  );
}

function cacheKey(key: unknown): string {
  return JSON.stringify(key);
}
