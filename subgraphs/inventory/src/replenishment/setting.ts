/** How a product is bought for a site, or for every site of the company. Quantities are exact text. */
export interface ReplenishmentSetting {
  readonly id: string;
  readonly productId: string;
  /** Null: it holds for every site without one of its own. */
  readonly siteId: string | null;
  readonly companyId: string;
  readonly supplierName: string | null;
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
  readonly packSize: string;
  readonly minimumOrder: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly serviceLevel: string;
  readonly updatedAt: Date;
}

/** What a setting says that nobody has made. */
export const usualSetting = {
  supplierName: null,
  leadTimeDays: 7,
  reviewPeriodDays: 7,
  packSize: '1',
  minimumOrder: null,
  minimum: null,
  maximum: null,
  serviceLevel: '0.95',
} as const satisfies Partial<ReplenishmentSetting>;
