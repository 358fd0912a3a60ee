import { parseAsString, parseAsStringLiteral } from 'nuqs';
import type { ProductFilterInput, ProductSort } from '../../../graphql/generated/graphql.ts';

/** What of the list is shown; products on sale unless asked otherwise, as in the headline numbers. */
export const shownProducts = ['belowMinimum', 'negative', 'withoutMovement', 'offSale'] as const;
const sorts = ['NAME_ASC', 'NAME_DESC', 'SKU_ASC', 'SKU_DESC', 'UPDATED_AT_DESC'] as const;

/** The part of the address that the list is made of. */
export const productFilterParsers = {
  search: parseAsString.withDefault(''),
  category: parseAsString,
  show: parseAsStringLiteral(shownProducts),
  /** The whole catalogue of the company, not only what lies at the site. */
  where: parseAsStringLiteral(['all'] as const),
  sort: parseAsStringLiteral(sorts),
  product: parseAsString,
  /** A product that is being changed, or `new`. */
  edit: parseAsString,
};

export interface ShownProducts {
  readonly search: string;
  readonly category: string | null;
  readonly show: (typeof shownProducts)[number] | null;
  readonly where: 'all' | null;
}

/** What the graph is asked for. */
export function productFilter(
  { search, category, show, where }: ShownProducts,
  { id, companyId }: { readonly id: string; readonly companyId: string | null },
): ProductFilterInput {
  return {
    ...(where === null ? { siteIds: [id] } : {}),
    ...(where === null || companyId === null ? {} : { companyIds: [companyId] }),
    ...(search === '' ? {} : { search }),
    ...(category === null ? {} : { category }),
    ...(show === null || show === 'offSale' ? {} : { [show]: true }),
    active: show !== 'offSale',
  };
}

/** The sort of the server that a press on a head means; null for the list's own. */
export function sortOf(
  by: { readonly id: string; readonly isDescending: boolean } | null,
): (typeof sorts)[number] | null {
  if (by === null) return null;
  const wanted = `${by.id === 'sku' ? 'SKU' : 'NAME'}_${by.isDescending ? 'DESC' : 'ASC'}`;
  return sorts.find((sort) => sort === wanted) ?? null;
}

/** Where the head shows the sort. */
export function headOf(sort: ProductSort | null): { readonly id: string; readonly isDescending: boolean } | null {
  if (sort === null) return null;
  return { id: sort.startsWith('SKU') ? 'sku' : 'name', isDescending: sort.endsWith('DESC') };
}
