import type { Clock } from '@cauce/shared/clock';
import { createIdLoader } from '@cauce/shared/db/create-loader';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { Slot, SlotFilter } from './slot.ts';
import type { createSlotStore } from './slots.store.ts';

/** Slots as far as one viewer may see them. */
export interface Slots {
  byId(id: string): Promise<Slot | null>;
  /** Soonest first; the ones that can still be booked, unless the filter says otherwise. */
  page(filter: SlotFilter, page: PageArgs): Promise<Page<Slot>>;
}

export interface SlotsDeps {
  readonly store: ReturnType<typeof createSlotStore>;
  readonly clock: Clock;
}

export function createSlots({ store, clock }: SlotsDeps): Slots {
  const byId = createIdLoader((ids) => store.byIds(ids, clock.now()));
  return {
    byId: (id) => byId.load(id),

    async page(given, args) {
      const now = clock.now();
      // What begins this very moment has begun, for booking as well.
      const from = given.from ?? new Date(now.getTime() + 1);
      const filter: SlotFilter = { ...given, from, statuses: given.statuses ?? ['FREE'] };
      const keyset = readKeyset(args, ['instant', 'id']);
      return toPage(
        await store.page(filter, keyset, now),
        keyset,
        ({ startAt, id }) => [startAt.toISOString(), id],
        () => store.count(filter, now),
      );
    },
  };
}
