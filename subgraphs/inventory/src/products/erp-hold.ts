import type { Product } from './product.ts';

/** A field that a person may change of a product, by its name in `UpdateProductInput`. */
export type ProductField =
  | 'sku'
  | 'name'
  | 'description'
  | 'category'
  | 'unit'
  | 'barcode'
  | 'price'
  | 'cost'
  | 'isActive';

/** What of a product is the ERP's. */
export interface ErpHold {
  /** Never changed here: the next copy that finds the article changed would undo it. */
  readonly held: readonly ProductField[];
  /** Changed here where the ERP says nothing; what it says later replaces it. */
  readonly overwritten: readonly ProductField[];
}

/** Which fields of a product belong to the ERP that it is copied from; none of one that was made here. */
export function erpHoldOf({ installationId, isErpPriced }: Pick<Product, 'installationId' | 'isErpPriced'>): ErpHold {
  if (installationId === null) return { held: [], overwritten: [] };
  const always = ['sku', 'name', 'category', 'unit', 'isActive'] as const;
  return isErpPriced
    ? { held: [...always, 'price'], overwritten: ['description', 'cost'] }
    : { held: always, overwritten: ['description', 'price', 'cost'] };
}
