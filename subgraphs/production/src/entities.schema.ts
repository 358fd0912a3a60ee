import type { addOrderType } from './orders/order-type.schema.ts';
import type { ProductionRefs } from './refs.ts';

/**
 * What production adds to places and products that other subgraphs own. The fields are nullable: without the
 * permission they answer an error of their own, and the place they hang on stays.
 */
export function addEntityFields(
  { site, company, product, order, kpis, dateRange }: ProductionRefs,
  { connection }: ReturnType<typeof addOrderType>,
): void {
  const authScopes = { permission: 'production:read' } as const;
  const base = { type: kpis, nullable: true, authScopes } as const;

  site.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      production: t.field({
        ...base,
        description: 'Headline numbers of the plant; zeros for a site that makes nothing.',
        args: { range: t.arg({ type: dateRange }) },
        resolve: ({ id }, { range }, { services }) => services.kpis.ofSite(id, range),
      }),
    }),
  });
  company.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      production: t.field({
        ...base,
        description: 'Headline numbers of the company’s plants, as far as the viewer reaches them.',
        args: { range: t.arg({ type: dateRange }) },
        resolve: ({ id }, { range }, { services }) => services.kpis.ofCompany(id, range),
      }),
    }),
  });
  product.implement({
    fields: (t) => ({
      sku: t.exposeString('sku', { description: 'Natural key: the product’s code.' }),
      production: t.field({
        ...base,
        description: 'Headline numbers of the orders that made the product, within the viewer’s reach.',
        args: { range: t.arg({ type: dateRange }) },
        resolve: ({ sku }, { range }, { services }) => services.kpis.ofProduct(sku, range),
      }),
      productionOrders: t.connection(
        {
          type: order,
          nullable: true,
          authScopes,
          description: 'Orders that made the product, newest first.',
          args: { range: t.arg({ type: dateRange, required: false }) },
          resolve: ({ sku }, { range, ...page }, { services }) =>
            services.orders.pageOfProduct(sku, range ?? null, page),
        },
        connection,
      ),
    }),
  });
}
