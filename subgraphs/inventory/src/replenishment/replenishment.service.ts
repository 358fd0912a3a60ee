import type { Clock } from '@cauce/shared/clock';
import { type Page, type PageArgs, toPage } from '@cauce/shared/schema/keyset';
import { readListCursor } from '../list-cursor.ts';
import type { ReplenishmentStore } from './replenishment.store.ts';
import type { ReplenishmentProposal } from './replenishment.ts';

/** What to buy, as one viewer may know it. */
export interface Replenishment {
  /** Most money at risk first. */
  proposals(siteId: string, args: PageArgs): Promise<Page<ReplenishmentProposal>>;
}

export function createReplenishment(store: ReplenishmentStore, clock: Clock): Replenishment {
  return {
    async proposals(siteId, args) {
      const cursor = readListCursor(args, 'number');
      const now = clock.now();
      const rows = await store.page(siteId, now, cursor);
      const cursorOf = ({ valueAtRisk, productId }: ReplenishmentProposal) => [valueAtRisk, productId];
      return toPage(rows, cursor.keyset, cursorOf, () => store.count(siteId, now));
    },
  };
}
