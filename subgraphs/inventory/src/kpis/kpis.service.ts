import type { Clock } from '@cauce/shared/clock';
import type { KpiStore } from './kpis.store.ts';
import type { InventoryKpis, KpiFilter, StockCover } from './kpis.ts';

/** The headline numbers of a filter; those that cost a read of the sales are read when they are asked for. */
export interface KpiReport extends InventoryKpis {
  cover(): Promise<StockCover>;
}

export interface Kpis {
  report(filter: KpiFilter): Promise<KpiReport>;
}

export function createKpis(store: KpiStore, clock: Clock): Kpis {
  return {
    async report(filter) {
      let cover: Promise<StockCover> | null = null;
      return {
        ...(await store.stock(filter)),
        cover: () => {
          cover ??= store.cover(filter, clock.now());
          return cover;
        },
      };
    },
  };
}
