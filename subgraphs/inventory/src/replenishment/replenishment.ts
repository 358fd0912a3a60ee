export const replenishmentReasons = ['NEGATIVE_STOCK', 'BELOW_MINIMUM', 'BELOW_REORDER_POINT'] as const;
export type ReplenishmentReason = (typeof replenishmentReasons)[number];

export const replenishmentLimits = ['NONE', 'MAXIMUM', 'NO_ROOM'] as const;
export type ReplenishmentLimit = (typeof replenishmentLimits)[number];

export const demandSources = ['FORECAST', 'SALES'] as const;
export type DemandSource = (typeof demandSources)[number];

export const forecastGaps = ['MISSING', 'STALE', 'SHORT'] as const;
export type ForecastGap = (typeof forecastGaps)[number];

export const replenishmentSorts = ['VALUE_AT_RISK', 'ORDER_COST', 'DAYS_LEFT', 'NAME', 'SUPPLIER'] as const;
export type ReplenishmentSort = (typeof replenishmentSorts)[number];

/** Which proposals; what is left out does not narrow. */
export interface ReplenishmentFilter {
  readonly search?: string | null | undefined;
  readonly supplier?: string | null | undefined;
  readonly withoutSupplier?: boolean | null | undefined;
  readonly reason?: ReplenishmentReason | null | undefined;
  readonly demandSource?: DemandSource | null | undefined;
}

/** What to buy of one product for one site, and the numbers that say so. Quantities and money are exact text. */
export interface ReplenishmentProposal {
  readonly productId: string;
  readonly siteId: string;
  readonly reason: ReplenishmentReason;
  readonly quantity: string;
  readonly limitedBy: ReplenishmentLimit;
  readonly orderCost: string | null;
  readonly valueAtRisk: string;
  readonly onHand: string;
  readonly minimum: string;
  readonly maximum: string | null;
  readonly demandSource: DemandSource;
  /** First day of the forecast that was used, `YYYY-MM-DD`. */
  readonly forecastFrom: string | null;
  /** Why no forecast was used. */
  readonly forecastGap: ForecastGap | null;
  readonly dailyDemand: string;
  readonly demandDeviation: string;
  readonly leadTimeDemand: string;
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
  readonly serviceLevel: string;
  readonly packSize: string;
  readonly minimumOrder: string;
  readonly safetyStock: string;
  readonly reorderPoint: string;
  readonly targetLevel: string;
  /** What the target would be without a maximum. */
  readonly neededLevel: string;
  readonly unit: string | null;
  readonly supplierName: string | null;
  /** The setting it was worked out with; null where the defaults hold. */
  readonly settingId: string | null;
}

/** Sums over proposals; money is exact text. */
export interface ReplenishmentSums {
  readonly proposalCount: number;
  readonly orderCost: string;
  readonly valueAtRisk: string;
  readonly withoutCostCount: number;
  readonly noRoomCount: number;
  readonly forecastCount: number;
}

export interface SupplierSums extends ReplenishmentSums {
  readonly supplierName: string | null;
}
