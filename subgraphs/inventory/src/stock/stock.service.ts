import type { Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import type { EventBus } from '@cauce/shared/events/event-bus';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import { type Page, type PageArgs, toPage } from '@cauce/shared/schema/keyset';
import { readListCursor } from '../list-cursor.ts';
import { argumentLoader, listLoader, rowLoader } from '../loaders.ts';
import type { ListedStockLevel, StockStore } from './stock.store.ts';
import { stockChanged } from './stock-changes.ts';
import type { SiteStockFilter, StockLevel } from './stock-level.ts';

/** One change of the stock of one product in one warehouse, with the level as it is now. */
export interface StockChange {
  readonly level: StockLevel;
  readonly previousOnHand: string | null;
  readonly reason: string | null;
  readonly occurredAt: string;
}

/** Stock as one viewer sees it. Asked for many products or sites at once, it reads once. */
export interface Stock {
  ofProduct(productId: string): Promise<readonly StockLevel[]>;
  atSite(siteId: string, filter: SiteStockFilter, args: PageArgs): Promise<Page<StockLevel>>;
  lowCount(siteId: string): Promise<number>;
  value(siteId: string): Promise<string>;
  /**
   * Changes from now on within reach.
   * @param siteIds only these; all that the viewer reaches when null
   */
  changes(siteIds: readonly string[] | null): AsyncIterableIterator<StockChange>;
  forget(): void;
}

export interface StockDeps {
  readonly store: StockStore;
  readonly bus: EventBus;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
}

export function createStock({ store, bus, viewer, signal }: StockDeps): Stock {
  const byProduct = listLoader(store.byProducts, ({ productId }) => productId);
  const pages = argumentLoader<{ filter: SiteStockFilter; args: PageArgs }, readonly ListedStockLevel[]>(
    ({ filter, args }, ids) => store.pages(ids, filter, readListCursor(args, 'text')),
    [],
  );
  const counts = argumentLoader<SiteStockFilter, number>((filter, ids) => store.counts(ids, filter), 0);
  const lowCounts = argumentLoader<object, number>((_, ids) => store.lowCounts(ids), 0);
  const values = argumentLoader<object, string>((_, ids) => store.values(ids), '0');
  const levels = rowLoader(store.byIds, ({ id }) => id);
  const loaders = [byProduct, pages, counts, lowCounts, values, levels];
  const none = {};

  return {
    ofProduct: (productId) => byProduct.load(productId),
    async atSite(siteId, filter, args) {
      const cursor = readListCursor(args, 'text');
      const id = siteId.toLowerCase();
      const rows = await pages.load({ id, args: { filter, args } });
      const names = new Map(rows.map((row) => [row.id, row.sortValue]));
      const cursorOf = (row: StockLevel) => [names.get(row.id) ?? '', row.id];
      return toPage<StockLevel>(rows, cursor.keyset, cursorOf, () => counts.load({ id, args: filter }));
    },
    lowCount: (siteId) => lowCounts.load({ id: siteId.toLowerCase(), args: none }),
    value: (siteId) => values.load({ id: siteId.toLowerCase(), args: none }),
    changes(siteIds) {
      const wanted = siteIds === null ? null : new Set(onlyUuids(siteIds));
      return reachableEvents(bus, stockChanged, {
        viewer,
        signal,
        async read({ siteId, payload, occurredAt }) {
          if (wanted !== null && (siteId === null || !wanted.has(siteId))) return null;
          const [level] = await store.byIds([payload.stockLevelId]);
          if (level === undefined) return null;
          const { previousOnHand, reason } = payload;
          return { level, previousOnHand, reason, occurredAt };
        },
      });
    },
    forget: () => {
      for (const loader of loaders) loader.forget();
    },
  };
}
