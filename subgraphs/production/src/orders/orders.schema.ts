import { AppError } from '@cauce/shared/errors/app-error';
import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';
import { orderSorts } from './order-filter.ts';
import type { addOrderType } from './order-type.schema.ts';

/** Adds the list and the detail of orders. */
export function addOrderQueries(
  builder: ProductionBuilder,
  { order, dateRange }: ProductionRefs,
  { status, connection }: ReturnType<typeof addOrderType>,
): void {
  const filter = builder.inputType('ProductionOrderFilterInput', {
    description: 'Which orders to list; what is left out does not narrow.',
    fields: (t) => ({
      range: t.field({ type: dateRange, required: false, description: 'Days of production, at the plant.' }),
      siteIds: t.idList({ required: false, description: 'Plants, as sites.' }),
      companyIds: t.idList({ required: false, description: 'Companies.' }),
      productSkus: t.stringList({ required: false, description: 'Products, by sku.' }),
      statuses: t.field({ type: [status], required: false, description: 'How far the order is.' }),
      hasAdiflow: t.boolean({ required: false, description: 'With Adiflow, or without.' }),
      search: t.string({
        required: false,
        description: 'Part of the order number, or of the product’s name or sku; case does not count.',
      }),
    }),
  });
  const sort = builder.enumType('ProductionOrderSort', {
    description: 'The order of the list; equal rows are ordered by id.',
    values: orderSorts,
  });

  builder.queryField('productionOrders', (t) =>
    t.connection(
      {
        type: order,
        description: 'Production orders within the viewer’s reach, newest first unless said.',
        authScopes: { permission: 'production:read' },
        args: {
          filter: t.arg({ type: filter, required: false }),
          orderBy: t.arg({ type: sort, required: false, defaultValue: 'PRODUCED_AT_DESC' }),
        },
        resolve: (_root, { filter: wanted, orderBy, ...page }, { services }) =>
          services.orders.page(wanted ?? {}, orderBy ?? 'PRODUCED_AT_DESC', page),
      },
      connection,
    ),
  );

  builder.queryField('productionOrder', (t) =>
    t.field({
      type: order,
      nullable: true,
      description: 'One order by its id or its number (give exactly one); null when there is none within reach.',
      authScopes: { permission: 'production:read' },
      args: { id: t.arg.id({ required: false }), orderNumber: t.arg.string({ required: false }) },
      resolve: (_root, { id, orderNumber }, { services }) => {
        if (id && !orderNumber) return services.orders.byId(id);
        if (orderNumber && !id) return services.orders.byNumber(orderNumber);
        throw new AppError('BAD_USER_INPUT', 'Give either id or orderNumber', { detail: { argument: 'id' } });
      },
    }),
  );
}
