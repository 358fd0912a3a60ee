import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import { productChanged } from '../../products/product-changes.ts';

/** More products than this are told of by the import alone, as with stock. */
const mostProductEvents = 1_000;

export interface ToldProduct {
  readonly id: string;
  readonly sku: string;
}

/** Tells of products that an import made or took back, as when people do. */
export async function tellProducts(
  tx: DatabaseTransaction,
  kind: 'CREATED' | 'DELETED',
  products: readonly ToldProduct[],
  { companyId, now }: { readonly companyId: string; readonly now: Date },
): Promise<void> {
  if (products.length > mostProductEvents) return;
  await appendEvents(
    tx,
    products.map(({ id, sku }) => ({
      ...{ topic: productChanged, companyId, siteId: null, key: id, occurredAt: now },
      payload: { kind, productId: id, sku },
    })),
  );
}
