/** What lies of one product in one warehouse. Quantities are exact text and may be negative, as in the ERP. */
export interface StockLevel {
  readonly id: string;
  readonly productId: string;
  readonly siteId: string | null;
  readonly companyId: string | null;
  readonly warehouse: string;
  readonly onHand: string;
  readonly minimum: string;
  readonly maximum: string | null;
  readonly reorderPoint: string | null;
  readonly location: string | null;
  readonly isBelowMinimum: boolean;
  readonly flags: readonly string[];
  /** The ERP has it: what it says is on hand takes the place of what is said here. */
  readonly isHeldByErp: boolean;
  readonly lastSyncedAt: Date | null;
  readonly updatedAt: Date;
}

/** Which stock of a site a list shows. */
export interface SiteStockFilter {
  readonly belowMinimum?: boolean | null | undefined;
  readonly negative?: boolean | null | undefined;
}
