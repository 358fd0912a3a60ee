import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';

/**
 * What the inventory adds to places, which the access subgraph owns. The fields are nullable: without the permission
 * they answer an error of their own, and the place they hang on stays. A site out of reach has nothing.
 */
export function addSiteFields(builder: InventoryBuilder, { site, stockLevel }: InventoryRefs): void {
  const authScopes = { permission: 'inventory:read' } as const;
  const filter = builder.inputType('SiteStockFilterInput', {
    description: 'Which stock of a site to list; what is left out does not narrow.',
    fields: (t) => ({
      belowMinimum: t.boolean({ required: false, description: 'Less on hand than the minimum, or not.' }),
      negative: t.boolean({ required: false, description: 'Less than nothing on hand, or not.' }),
    }),
  });
  site.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      stock: t.connection(
        {
          type: stockLevel,
          nullable: true,
          authScopes,
          description: 'What lies in the warehouses of the site, by the name of the product.',
          args: { filter: t.arg({ type: filter, required: false }) },
          resolve: ({ id }, { filter: wanted, ...page }, { services }) => services.stock.atSite(id, wanted ?? {}, page),
        },
        { name: 'StockLevelConnection', description: 'Stock, page by page.' },
        { name: 'StockLevelEdge' },
      ),
      lowStockCount: t.int({
        nullable: true,
        authScopes,
        description: 'Products on sale with less on hand than the minimum in some warehouse of the site.',
        resolve: ({ id }, _args, { services }) => services.stock.lowCount(id),
      }),
      stockValue: t.field({
        type: 'Decimal',
        nullable: true,
        authScopes,
        description:
          "Money: units on hand times cost, in the company's currency; what is negative or has no cost counts as nothing.",
        resolve: ({ id }, _args, { services }) => services.stock.value(id),
      }),
    }),
  });
}
