import { defineTopic } from '@cauce/shared/events/domain-event';

/** What is on hand, or its limits, changed for one product in one warehouse. Quantities are exact text. */
export interface StockChanged {
  readonly stockLevelId: string;
  readonly productId: string;
  readonly sku: string;
  readonly warehouse: string;
  readonly previousOnHand: string | null;
  readonly onHand: string;
  readonly minimum: string;
  readonly maximum: string | null;
  readonly isBelowMinimum: boolean;
  /** Why somebody corrected it; null when a copy from the ERP did. */
  readonly reason: string | null;
}

/** Written by whatever changes stock: corrections here, and the copy of the ERP. */
export const stockChanged = defineTopic<StockChanged>('inventory.stockChanged', { isPublic: true });
