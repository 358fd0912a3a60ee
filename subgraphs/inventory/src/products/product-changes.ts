import { defineTopic } from '@cauce/shared/events/domain-event';

/** A product was made, changed or removed here. */
export const productChanged = defineTopic<{
  readonly kind: 'CREATED' | 'UPDATED' | 'DELETED';
  readonly productId: string;
  readonly sku: string;
}>('inventory.productChanged', { isPublic: true });
