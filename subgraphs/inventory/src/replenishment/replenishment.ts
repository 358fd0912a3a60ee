export const replenishmentReasons = ['NEGATIVE_STOCK', 'BELOW_MINIMUM', 'BELOW_REORDER_POINT'] as const;
export type ReplenishmentReason = (typeof replenishmentReasons)[number];

/** What to buy of one product for one site, and the numbers that say so. Quantities and money are exact text. */
export interface ReplenishmentProposal {
  readonly productId: string;
  readonly siteId: string;
  readonly reason: ReplenishmentReason;
  readonly quantity: string;
  readonly orderCost: string | null;
  readonly valueAtRisk: string;
  readonly onHand: string;
  readonly minimum: string;
  readonly maximum: string | null;
  readonly dailyDemand: string;
  readonly demandDeviation: string;
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
  readonly serviceLevel: string;
  readonly packSize: string;
  readonly safetyStock: string;
  readonly reorderPoint: string;
  readonly targetLevel: string;
  readonly unit: string | null;
  readonly supplierName: string | null;
}
