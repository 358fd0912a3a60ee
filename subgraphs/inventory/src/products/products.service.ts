import type { Page, PageArgs } from '@cauce/shared/schema/keyset';
import { toPage } from '@cauce/shared/schema/keyset';
import { type CursorKind, readListCursor } from '../list-cursor.ts';
import { type Loader, rowLoader } from '../loaders.ts';
import type { ProductStore } from './product.store.ts';
import type { Product, ProductFilter, ProductOrder, ProductSort } from './product.ts';
import type { ProductChoices, SiteChoice } from './product-facets.ts';
import { searchWords } from './search-words.ts';

/** The catalogue as one viewer sees it. */
export interface Products {
  byId(id: string): Promise<Product | null>;
  bySku(sku: string): Promise<Product | null>;
  /** A search is in the order of relevance unless said otherwise; anything else by name. */
  page(filter: ProductFilter, sort: ProductSort | null, args: PageArgs): Promise<Page<Product>>;
  categories(): Promise<string[]>;
  facets(filter: ProductFilter): Promise<ProductChoices>;
  siteFacets(filter: ProductFilter): Promise<SiteChoice[]>;
  forget(): void;
}

export function createProducts(store: ProductStore): Products {
  const byId: Loader<string, Product | null> = rowLoader(
    store.byIds,
    ({ id }) => id,
    (id) => id.toLowerCase(),
  );
  const bySku: Loader<string, Product | null> = rowLoader(store.bySkus, ({ sku }) => sku);
  return {
    byId: (id) => byId.load(id),
    bySku: (sku) => bySku.load(sku),
    async page(filter, sort, args) {
      const order = orderFor(filter, sort);
      const cursor = readListCursor(args, cursorKinds[order.field]);
      const rows = await store.page(filter, order, cursor);
      const keys = new Map(rows.map(({ id, sortValue }) => [id, sortValue]));
      return toPage<Product>(
        rows,
        cursor.keyset,
        ({ id }) => [keys.get(id) ?? '', id],
        () => store.count(filter),
      );
    },
    categories: () => store.categories(),
    facets: (filter) => store.facets(filter),
    siteFacets: (filter) => store.siteFacets(filter),
    forget: () => {
      byId.forget();
      bySku.forget();
    },
  };
}

const cursorKinds: Readonly<Record<ProductOrder['field'], CursorKind>> = {
  RELEVANCE: 'relevance',
  NAME: 'text',
  SKU: 'text',
  UPDATED_AT: 'instant',
};

function orderFor({ search }: ProductFilter, sort: ProductSort | null): ProductOrder {
  const isSearch = searchWords(search ?? '').length > 0;
  switch (sort) {
    case 'SKU_ASC':
      return { field: 'SKU', direction: 'ASC' };
    case 'SKU_DESC':
      return { field: 'SKU', direction: 'DESC' };
    case 'NAME_ASC':
      return { field: 'NAME', direction: 'ASC' };
    case 'NAME_DESC':
      return { field: 'NAME', direction: 'DESC' };
    case 'UPDATED_AT_DESC':
      return { field: 'UPDATED_AT', direction: 'DESC' };
    case 'RELEVANCE':
    case null:
      // Without a search there is nothing to be relevant to.
      return isSearch ? { field: 'RELEVANCE', direction: 'DESC' } : { field: 'NAME', direction: 'ASC' };
  }
}
