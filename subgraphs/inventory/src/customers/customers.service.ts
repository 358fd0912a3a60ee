import { type Page, type PageArgs, toPage } from '@cauce/shared/schema/keyset';
import { readListCursor } from '../list-cursor.ts';
import { rowLoader } from '../loaders.ts';
import type { CustomerStore } from './customer.store.ts';
import type { Customer, CustomerFilter } from './customer.ts';

/** Customers as one viewer sees them. */
export interface Customers {
  byId(id: string): Promise<Customer | null>;
  byErpId(erpId: string): Promise<Customer | null>;
  page(filter: CustomerFilter, args: PageArgs): Promise<Page<Customer>>;
  forget(): void;
}

export function createCustomers(store: CustomerStore): Customers {
  const byId = rowLoader(
    store.byIds,
    ({ id }) => id,
    (id) => id.toLowerCase(),
  );
  const byErpId = rowLoader(store.byErpIds, ({ erpId }) => erpId ?? '');
  return {
    byId: (id) => byId.load(id),
    byErpId: (erpId) => byErpId.load(erpId),
    async page(filter, args) {
      const cursor = readListCursor(args, 'text');
      const rows = await store.page(filter, cursor);
      return toPage(
        rows,
        cursor.keyset,
        ({ name, id }) => [name, id],
        () => store.count(filter),
      );
    },
    forget: () => {
      byId.forget();
      byErpId.forget();
    },
  };
}
