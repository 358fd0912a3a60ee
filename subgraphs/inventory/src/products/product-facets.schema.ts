import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import type { ProductFilter } from './product.ts';
import type { CategoryChoice, ProductChoices, SiteChoice } from './product-facets.ts';
import type { addProductFilter } from './product-filter.schema.ts';

/** Adds `productFacets`. */
export function addProductFacets(
  builder: InventoryBuilder,
  { site }: Pick<InventoryRefs, 'site'>,
  filter: ReturnType<typeof addProductFilter>,
): void {
  const category = builder.objectRef<CategoryChoice>('ProductCategoryCount').implement({
    description: 'A line of goods in a list of products.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name, as in `productCategories`.' }),
      count: t.exposeInt('count', { description: 'Products of the list that belong to it.' }),
    }),
  });
  const place = builder.objectRef<SiteChoice>('ProductSiteCount').implement({
    description: 'A place where products of a list are stocked.',
    fields: (t) => ({
      site: t.field({ type: site, description: 'The place.', resolve: ({ siteId }) => ({ id: siteId }) }),
      count: t.exposeInt('count', { description: 'Products of the list that are stocked there.' }),
    }),
  });
  const facets = builder.objectRef<ProductChoices & { readonly filter: ProductFilter }>('ProductFacets').implement({
    description: 'How many products each further choice would leave, counted without what is chosen of its own kind.',
    fields: (t) => ({
      categories: t.field({
        type: [category],
        description: 'Lines of goods, the largest first, at most 200.',
        resolve: ({ categories }) => [...categories],
      }),
      sites: t.field({
        type: [place],
        description: 'Places within reach, the largest first.',
        resolve: ({ filter: wanted }, _args, { services }) => services.products.siteFacets(wanted),
      }),
      belowMinimum: t.exposeInt('belowMinimum', { description: 'Products with less on hand than the minimum.' }),
      negative: t.exposeInt('negative', { description: 'Products with less than nothing on hand.' }),
      onSale: t.exposeInt('onSale', { description: 'Products on sale.' }),
      offSale: t.exposeInt('offSale', { description: 'Products that are not on sale.' }),
    }),
  });
  builder.queryField('productFacets', (t) =>
    t.field({
      type: facets,
      description: 'The choices that narrow a list of products further, with how many each would leave.',
      authScopes: { permission: 'inventory:read' },
      args: { filter: t.arg({ type: filter, required: false, description: 'The list, as `products` takes it.' }) },
      resolve: async (_root, { filter: wanted }, { services }) => ({
        ...(await services.products.facets(wanted ?? {})),
        filter: wanted ?? {},
      }),
    }),
  );
}
