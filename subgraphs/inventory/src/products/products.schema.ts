import { AppError } from '@cauce/shared/errors/app-error';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import { productSorts } from './product.ts';
import { addProductFacets } from './product-facets.schema.ts';
import { addProductFilter } from './product-filter.schema.ts';

/** Adds the list and the detail of products. */
export function addProductQueries(builder: InventoryBuilder, { product, site }: InventoryRefs): void {
  const filter = addProductFilter(builder);
  const sort = builder.enumType('ProductSort', {
    description: 'The order of the list; equal rows are ordered by id. RELEVANCE needs a search and is its default.',
    values: productSorts,
  });

  builder.queryField('products', (t) =>
    t.connection(
      {
        type: product,
        description: 'Products of the companies that the viewer reaches; by name, or by relevance to a search.',
        authScopes: { permission: 'inventory:read' },
        args: {
          filter: t.arg({ type: filter, required: false }),
          orderBy: t.arg({ type: sort, required: false }),
        },
        resolve: (_root, { filter: wanted, orderBy, ...page }, { services }) =>
          services.products.page(wanted ?? {}, orderBy ?? null, page),
      },
      { name: 'ProductConnection', description: 'Products, page by page.' },
      { name: 'ProductEdge' },
    ),
  );

  addProductFacets(builder, { site }, filter);

  builder.queryField('product', (t) =>
    t.field({
      type: product,
      nullable: true,
      description: 'One product by its id or its sku (give exactly one); null when there is none within reach.',
      authScopes: { permission: 'inventory:read' },
      args: { id: t.arg.id({ required: false }), sku: t.arg.string({ required: false }) },
      resolve: (_root, { id, sku }, { services }) => {
        if (id && !sku) return services.products.byId(id);
        if (sku && !id) return services.products.bySku(sku);
        throw new AppError('BAD_USER_INPUT', 'Give either id or sku', { detail: { argument: 'id' } });
      },
    }),
  );

  builder.queryField('productCategories', (t) =>
    t.stringList({
      description: 'Lines of goods of the companies that the viewer reaches, by name.',
      authScopes: { permission: 'inventory:read' },
      resolve: (_root, _args, { services }) => services.products.categories(),
    }),
  );
}
