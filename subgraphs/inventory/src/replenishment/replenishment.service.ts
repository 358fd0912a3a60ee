import type { Clock } from '@cauce/shared/clock';
import { type Page, type PageArgs, toPage } from '@cauce/shared/schema/keyset';
import { type CursorKind, readListCursor } from '../list-cursor.ts';
import { type ReplenishmentStore, sumsOf } from './replenishment.store.ts';
import type {
  ReplenishmentFilter,
  ReplenishmentProposal,
  ReplenishmentSort,
  ReplenishmentSums,
  SupplierSums,
} from './replenishment.ts';

/** What to buy, as one viewer may know it. */
export interface Replenishment {
  proposals(
    siteId: string,
    filter: ReplenishmentFilter,
    sort: ReplenishmentSort,
    args: PageArgs,
  ): Promise<Page<ReplenishmentProposal>>;
  totals(siteId: string, filter: ReplenishmentFilter): Promise<ReplenishmentTotals>;
  /** What to buy of one product for a site; null when its stock is enough. */
  ofProduct(productId: string, siteId: string): Promise<ReplenishmentProposal | null>;
}

export interface ReplenishmentTotals {
  readonly all: ReplenishmentSums;
  /** Most money at risk first. */
  readonly suppliers: readonly SupplierSums[];
}

export function createReplenishment(store: ReplenishmentStore, clock: Clock): Replenishment {
  return {
    async proposals(siteId, filter, sort, args) {
      const cursor = readListCursor(args, cursorKinds[sort]);
      const bought = { siteId, now: clock.now() };
      const rows = await store.page(bought, filter, sort, cursor);
      // Every row says how many there are; a page after the last one has none that could.
      const count = async () => rows[0]?.total ?? store.count(bought, filter);
      return toPage(rows, cursor.keyset, ({ sortValue, productId }) => [sortValue, productId], count);
    },
    async totals(siteId, filter) {
      const suppliers = await store.sums({ siteId, now: clock.now() }, filter);
      return { all: sumsOf(suppliers), suppliers };
    },
    async ofProduct(productId, siteId) {
      const bought = { siteId, now: clock.now(), productIds: [productId] };
      const first = readListCursor({ first: 1 }, 'number');
      const [row] = await store.page(bought, {}, 'VALUE_AT_RISK', first);
      return row ?? null;
    },
  };
}

const cursorKinds: Readonly<Record<ReplenishmentSort, CursorKind>> = {
  VALUE_AT_RISK: 'number',
  ORDER_COST: 'number',
  DAYS_LEFT: 'number',
  NAME: 'text',
  SUPPLIER: 'text',
};
