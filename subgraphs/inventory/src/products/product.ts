/** A product of the catalogue, as the rest of the subgraph knows it. Money is exact text. */
export interface Product {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string | null;
  readonly category: string | null;
  readonly unit: string | null;
  /** The code printed on it. */
  readonly barcode: string | null;
  readonly price: string | null;
  readonly cost: string | null;
  readonly isActive: boolean;
  readonly erpId: string | null;
  readonly companyId: string | null;
  /** The ERP whose product it is; null when it was made here. */
  readonly installationId: string | null;
  /** The price is of the ERP's price list. */
  readonly isErpPriced: boolean;
  readonly flags: readonly string[];
  readonly lastSyncedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A product on its page of a list, with the value the list is sorted by. */
export interface ListedProduct extends Product {
  readonly sortValue: string;
}

/** Which products a list shows. What is left out does not narrow it. */
export interface ProductFilter {
  readonly search?: string | null | undefined;
  readonly category?: string | null | undefined;
  /** Stocked at one of these. */
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  /** Somewhere within reach (and within `siteIds`) less is on hand than the minimum; false: nowhere. */
  readonly belowMinimum?: boolean | null | undefined;
  readonly active?: boolean | null | undefined;
  /** Somewhere within reach (and within `siteIds`) less than nothing is on hand; false: nowhere. */
  readonly negative?: boolean | null | undefined;
  /** Something is on hand within reach (and within `siteIds`) and nothing came or went there for a long time. */
  readonly withoutMovement?: boolean | null | undefined;
}

/** How a list of products is sorted; equal ones by id. */
export const productSorts = ['RELEVANCE', 'NAME_ASC', 'NAME_DESC', 'SKU_ASC', 'SKU_DESC', 'UPDATED_AT_DESC'] as const;
export type ProductSort = (typeof productSorts)[number];

export interface ProductOrder {
  readonly field: 'RELEVANCE' | 'NAME' | 'SKU' | 'UPDATED_AT';
  readonly direction: 'ASC' | 'DESC';
}
