import { AppError } from '@cauce/shared/errors/app-error';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import { productSorts } from './product.ts';

/** Adds the list and the detail of products. */
export function addProductQueries(builder: InventoryBuilder, { product }: InventoryRefs): void {
  const filter = builder.inputType('ProductFilterInput', {
    description: 'Which products to list; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({
        required: false,
        description:
          'Words of code, name, category or description, in any order; accents, case and slips are forgiven.',
      }),
      category: t.string({ required: false, description: 'Line of goods, as in `productCategories`.' }),
      siteIds: t.idList({ required: false, description: 'Stocked at one of these sites.' }),
      companyIds: t.idList({ required: false, description: 'Of one of these companies.' }),
      belowMinimum: t.boolean({
        required: false,
        description: 'Below its minimum in some warehouse within reach (and within `siteIds`), or in none.',
      }),
      active: t.boolean({ required: false, description: 'On sale, or not.' }),
    }),
  });
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
