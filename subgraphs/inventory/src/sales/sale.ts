import type { DateRange } from '@cauce/shared/schema/date-range';

export const saleDocumentTypes = ['INVOICE', 'RETURN', 'POS_SALE', 'POS_RETURN', 'SPREADSHEET'] as const;
export type SaleDocumentType = (typeof saleDocumentTypes)[number];

/** A sale document. Money is exact text; a return's is negative. */
export interface Sale {
  readonly id: string;
  readonly folio: string;
  readonly documentType: SaleDocumentType;
  /** Calendar day at the place of sale. */
  readonly soldOn: string;
  readonly soldAt: Date | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly subtotal: string | null;
  readonly tax: string | null;
  readonly total: string | null;
  readonly currency: string | null;
  readonly isCancelled: boolean;
  /** Kind and number of the document that it came from. */
  readonly origin: string | null;
  readonly siteId: string | null;
  readonly companyId: string | null;
}

export interface SaleLine {
  readonly id: string;
  readonly saleId: string;
  readonly position: number;
  readonly productId: string | null;
  readonly sku: string | null;
  readonly description: string | null;
  readonly quantity: string;
  readonly unitPrice: string | null;
  readonly discountPct: string | null;
  readonly netTotal: string | null;
}

export interface SaleFilter {
  readonly range?: DateRange | null | undefined;
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly customerId?: string | null | undefined;
  readonly productId?: string | null | undefined;
  readonly documentTypes?: readonly SaleDocumentType[] | null | undefined;
  readonly cancelled?: boolean | null | undefined;
}

export const salesGrains = ['DAY', 'WEEK'] as const;
export type SalesGrain = (typeof salesGrains)[number];

/** What was sold of a product in a day or week: documents less returns, cancelled ones left out. */
export interface SalesPoint {
  /** The day, or the Monday of the week. */
  readonly date: string;
  readonly quantity: string;
  readonly netTotal: string;
}

/** Which sales of a product are summed, and into what. */
export interface SalesSeries {
  readonly range: DateRange;
  readonly grain: SalesGrain;
  readonly siteIds: readonly string[] | null;
}
