import { instantsOf } from '../business-day.ts';
import { checkRange } from '../metrics/daily-metrics.ts';
import type { FinanceRefs } from '../refs.ts';
import type { FinanceBuilder } from '../services.ts';

const authScopes = { permission: 'finance:read' } as const;

/** Adds warehouse orders: the type, the list, and what customers and products know of them. */
export function addOrders(builder: FinanceBuilder, refs: FinanceRefs): void {
  const { order, line, site, company, customer, product, dateRange } = refs;
  line.implement({
    description: 'One line of a warehouse order.',
    fields: (t) => ({
      lineNumber: t.exposeInt('lineNumber', { description: 'Position in the order, from 1.' }),
      sku: t.exposeString('sku', { nullable: true, description: 'Code of the product in the warehouse system.' }),
      quantity: t.expose('quantity', { type: 'Decimal', description: "Quantity, in the product's unit." }),
      unitPrice: t.expose('unitPrice', {
        type: 'Decimal',
        nullable: true,
        description: "Price of one, in the order's currency.",
      }),
      total: t.expose('total', { type: 'Decimal', nullable: true, description: "Amount, in the order's currency." }),
      product: t.field({
        type: product,
        nullable: true,
        description: 'The product of the inventory; null when the code is not known there.',
        resolve: ({ productId }) => (productId === null ? null : { id: productId }),
      }),
    }),
  });
  order.implement({
    description: 'An order of the warehouse system (WMS).',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      orderNumber: t.exposeString('orderId', {
        description: 'Number in the warehouse system; companies may share numbers.',
      }),
      orderType: t.exposeString('orderType', {
        description: 'Kind of order in the words of the source: `SALE`, `TRANSFER`.',
      }),
      status: t.exposeString('status', { nullable: true, description: 'State in the words of the source.' }),
      orderedAt: t.expose('orderedAt', { type: 'DateTime', description: 'When it was placed.' }),
      shippedAt: t.expose('shippedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it left; null while it has not.',
      }),
      itemsCount: t.exposeInt('itemsCount', { description: 'Number of lines.' }),
      total: t.expose('total', { type: 'Decimal', nullable: true, description: 'Amount in `currency`.' }),
      currency: t.exposeString('currency', { nullable: true, description: 'ISO 4217.' }),
      loadedAt: t.expose('loadedAt', { type: 'DateTime', description: 'When our copy was last written.' }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The warehouse.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      company: t.field({ type: company, description: 'The company.', resolve: ({ companyId }) => ({ id: companyId }) }),
      customer: t.field({
        type: customer,
        nullable: true,
        description: 'The customer of the inventory; null when it is not matched.',
        resolve: ({ customerId }) => (customerId === null ? null : { id: customerId }),
      }),
      lines: t.field({
        type: [line],
        description: 'Its lines, in order.',
        resolve: async ({ id }, _args, { services }) => [...(await services.orders.lines(id))],
      }),
    }),
  });
  builder.asEntity(order, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.orders.byId(id),
  });
  const filter = builder.inputType('OrderFilterInput', {
    description: 'Which orders to list; what is left out does not narrow.',
    fields: (t) => ({
      companyIds: t.idList({ required: false, description: 'Companies.' }),
      siteIds: t.idList({ required: false, description: 'Warehouses, as sites.' }),
      statuses: t.stringList({ required: false, description: 'States, in the words of the source.' }),
      orderTypes: t.stringList({ required: false, description: 'Kinds, in the words of the source.' }),
      customerId: t.id({ required: false, description: 'One customer.' }),
      range: t.field({ type: dateRange, required: false, description: 'Days on which they were placed.' }),
      search: t.string({ required: false, description: "How the order's number begins." }),
    }),
  });
  builder.queryField('orders', (t) =>
    t.connection(
      {
        type: order,
        authScopes,
        description: "Warehouse orders within the viewer's reach, newest first.",
        args: { filter: t.arg({ type: filter, required: false }) },
        resolve: (_root, { filter: wanted, ...page }, { services }) => {
          const { range, companyIds, siteIds, statuses, orderTypes, customerId, search } = wanted ?? {};
          return services.orders.page(
            {
              companyIds: companyIds ?? undefined,
              siteIds: siteIds ?? undefined,
              statuses: statuses ?? undefined,
              orderTypes: orderTypes ?? undefined,
              customerId: customerId ?? undefined,
              search: search ?? undefined,
              range: range ? instantsOf(checkRange(range)) : undefined,
            },
            page,
          );
        },
      },
      { name: 'OrderConnection', description: 'A page of orders.' },
      { name: 'OrderEdge', description: 'An order in its list.' },
    ),
  );
  builder.queryField('order', (t) =>
    t.field({
      type: order,
      nullable: true,
      authScopes,
      description: 'One order; null when there is none within reach.',
      args: { id: t.arg.id() },
      resolve: (_root, { id }, { services }) => services.orders.byId(id),
    }),
  );
  customer.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      orders: t.connection(
        {
          type: order,
          nullable: true,
          authScopes,
          description: "The customer's warehouse orders within reach, newest first.",
          resolve: ({ id }, page, { services }) => services.orders.page({ customerId: id }, page),
        },
        { name: 'CustomerOrderConnection' },
        { name: 'CustomerOrderEdge' },
      ),
    }),
  });
  product.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      orderedQuantity: t.field({
        type: 'Decimal',
        nullable: true,
        authScopes,
        description: "Quantity ordered on those days within reach, in the product's unit.",
        args: { range: t.arg({ type: dateRange }) },
        resolve: ({ id }, { range }, { services }) => services.orders.orderedQuantity(id, checkRange(range)),
      }),
    }),
  });
}
