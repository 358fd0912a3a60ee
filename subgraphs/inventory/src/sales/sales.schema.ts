import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';

/** Adds sale documents and their list. */
export function addSales(builder: InventoryBuilder, refs: InventoryRefs): void {
  const { sale, saleLine, customer, product, site, company, saleDocumentType, dateRange } = refs;
  const optional = { type: 'Decimal', nullable: true } as const;

  saleLine.implement({
    description: 'One line of a sale document.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      position: t.exposeInt('position', { description: 'Place in the document, from 1.' }),
      product: t.field({
        type: product,
        nullable: true,
        description: 'The product; null when the code of the line is none that we know.',
        resolve: ({ productId }, _args, { services }) =>
          productId === null ? null : services.products.byId(productId),
      }),
      sku: t.exposeString('sku', { nullable: true, description: 'Code as the document has it.' }),
      description: t.exposeString('description', { nullable: true, description: 'Words as the document has them.' }),
      quantity: t.expose('quantity', { type: 'Decimal', description: 'Units, negative in a return.' }),
      unitPrice: t.expose('unitPrice', { ...optional, description: 'Money for one unit before discount and tax.' }),
      discountPct: t.expose('discountPct', { ...optional, description: 'Discount, percent.' }),
      netTotal: t.expose('netTotal', { ...optional, description: 'Money for the line, before tax.' }),
    }),
  });

  sale.implement({
    description: 'A sale document as copied from the ERP: an invoice, a till receipt, or a return of either.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      folio: t.exposeString('folio', { description: 'Number of the document.' }),
      documentType: t.expose('documentType', { type: saleDocumentType, description: 'What the document is.' }),
      soldOn: t.expose('soldOn', { type: 'Date', description: 'Calendar day at the place of sale.' }),
      soldAt: t.expose('soldAt', {
        type: 'DateTime',
        nullable: true,
        description: 'The instant, where the ERP has it.',
      }),
      customer: t.field({
        type: customer,
        nullable: true,
        description: 'Who bought; null at a till that did not ask.',
        resolve: ({ customerId }, _args, { services }) =>
          customerId === null ? null : services.customers.byId(customerId),
      }),
      customerName: t.exposeString('customerName', { nullable: true, description: 'Name as the document has it.' }),
      subtotal: t.expose('subtotal', { ...optional, description: 'Money before tax, in `currency`.' }),
      tax: t.expose('tax', { ...optional, description: 'Tax, in `currency`.' }),
      total: t.expose('total', { ...optional, description: 'Money with tax, in `currency`.' }),
      currency: t.exposeString('currency', { nullable: true, description: 'ISO 4217 code.' }),
      isCancelled: t.exposeBoolean('isCancelled', { description: 'Cancelled in the ERP: it counts in no sum.' }),
      origin: t.exposeString('origin', {
        nullable: true,
        description:
          'The document that it came from, as the ERP has it: `R 000000045` is delivery note 45, also of a return.',
      }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'Where it was sold.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'Who sold.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
      lines: t.field({
        type: [saleLine],
        description: 'Its lines in order.',
        resolve: async ({ id }, _args, { services }) => [...(await services.sales.linesOf(id))],
      }),
    }),
  });

  const filter = builder.inputType('SaleFilterInput', {
    description: 'Which sale documents to list; what is left out does not narrow.',
    fields: (t) => ({
      range: t.field({ type: dateRange, required: false, description: 'Days at the place of sale.' }),
      siteIds: t.idList({ required: false, description: 'Sold at one of these sites.' }),
      companyIds: t.idList({ required: false, description: 'Sold by one of these companies.' }),
      customerId: t.id({ required: false, description: 'Bought by this customer.' }),
      productId: t.id({ required: false, description: 'With a line of this product.' }),
      documentTypes: t.field({ type: [saleDocumentType], required: false, description: 'Of one of these kinds.' }),
      cancelled: t.boolean({ required: false, description: 'Cancelled, or not.' }),
    }),
  });
  builder.queryField('sales', (t) =>
    t.connection(
      {
        type: sale,
        description: 'Sale documents within the reach of the viewer, newest day first.',
        authScopes: { permission: 'inventory:read' },
        args: { filter: t.arg({ type: filter, required: false }) },
        resolve: (_root, { filter: wanted, ...page }, { services }) => services.sales.page(wanted ?? {}, page),
      },
      { name: 'SaleConnection', description: 'Sale documents, page by page.' },
      { name: 'SaleEdge' },
    ),
  );
}
