/** How many products of a list each further choice would leave. A choice is counted without what is chosen of its own kind. */
export interface ProductFacets {
  readonly categories: readonly { readonly name: string; readonly count: number }[];
  readonly sites: readonly { readonly siteId: string; readonly count: number }[];
  readonly belowMinimum: number;
  readonly negative: number;
  readonly onSale: number;
  readonly offSale: number;
}
