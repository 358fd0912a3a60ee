/** Which stock the headline numbers are made from; a list that is left out means all that the viewer reaches. */
export interface KpiFilter {
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly category?: string | null | undefined;
}

/** The state of the stock in a few numbers. Money is exact text. */
export interface InventoryKpis {
  readonly productCount: number;
  readonly lowStockCount: number;
  readonly negativeStockCount: number;
  readonly stockValue: string;
  readonly withoutCostCount: number;
}

/** How long the stock lasts at the pace of the last 90 days; null where nothing was sold. */
export interface StockCover {
  readonly daysOfCover: number | null;
  readonly dailyCostOfSales: string;
}
