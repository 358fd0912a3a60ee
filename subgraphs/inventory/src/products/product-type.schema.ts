import { can } from '@cauce/shared/auth/viewer';
import type { InventoryRefs } from '../refs.ts';
import { salesGrains } from '../sales/sale.ts';
import type { InventoryBuilder } from '../services.ts';
import { erpHoldOf } from './erp-hold.ts';

/** Adds the entity `Product` and the types that only it uses. */
export function addProductType(
  builder: InventoryBuilder,
  { product, company, stockLevel, dateRange }: InventoryRefs,
): void {
  const grain = builder.enumType('SalesGrain', {
    description: 'What one point of a series of sales stands for: a day, or a week from its Monday.',
    values: salesGrains,
  });
  const point = builder.objectRef<{ date: string; quantity: string; netTotal: string }>('ProductSalesPoint').implement({
    description: 'What was sold of a product in a day or week: documents less returns, cancelled ones left out.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'The day at the place of sale, or the Monday of the week.' }),
      quantity: t.expose('quantity', { type: 'Decimal', description: 'Units, negative when more came back.' }),
      netTotal: t.expose('netTotal', { type: 'Decimal', description: "Money before tax, in the company's currency." }),
    }),
  });

  product.implement({
    description: 'An article that is stocked and sold, as the ERP has it or as it was made here.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      sku: t.exposeString('sku', {
        description: 'Code of the product, unique in its company; it may change in the ERP.',
      }),
      name: t.exposeString('name', { description: 'Name, as the ERP writes it.' }),
      description: t.exposeString('description', { nullable: true, description: 'More words about it.' }),
      category: t.exposeString('category', { nullable: true, description: 'Line of goods that it belongs to.' }),
      unit: t.exposeString('unit', {
        nullable: true,
        description: 'Unit in which it is counted: `un`, `kg`, `m`, `L`.',
      }),
      price: t.expose('price', {
        type: 'Decimal',
        nullable: true,
        description:
          "List price of one unit, in the company's currency, before tax. Zero is real; so are bad rows below it.",
      }),
      cost: t.expose('cost', {
        type: 'Decimal',
        nullable: true,
        description: "Cost of one unit, in the company's currency; null where the ERP has none.",
      }),
      isActive: t.exposeBoolean('isActive', { description: 'On sale; what is not stays for its history.' }),
      erpId: t.exposeString('erpId', { nullable: true, description: 'Its number in the ERP; null when made here.' }),
      flags: t.exposeStringList('flags', {
        description: 'What looked wrong in the row of the source: `NEGATIVE_PRICE`, `MISSING_COST`.',
      }),
      barcode: t.exposeString('barcode', {
        nullable: true,
        description: 'Code printed on it; kept here, the ERP has none. Several products may share one.',
      }),
      heldByErp: t.stringList({
        description:
          'Fields of `UpdateProductInput` that are refused here, because the ERP holds them; none when made here.',
        resolve: (row) => [...erpHoldOf(row).held],
      }),
      overwrittenByErp: t.stringList({
        description: 'Fields that may be changed here until the ERP says something else about them.',
        resolve: (row) => [...erpHoldOf(row).overwritten],
      }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company whose catalogue it is in.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
      stock: t.field({
        type: [stockLevel],
        description: 'What lies of it in each warehouse that the viewer reaches.',
        resolve: async ({ id }, _args, { services }) => [...(await services.stock.ofProduct(id))],
      }),
      isBelowMinimum: t.boolean({
        description: 'Less on hand than the minimum in any warehouse that the viewer reaches.',
        resolve: async ({ id }, _args, { services }) =>
          (await services.stock.ofProduct(id)).some(({ isBelowMinimum }) => isBelowMinimum),
      }),
      sales: t.field({
        type: [point],
        description: 'What was sold of it, point by point without holes, at the sites that the viewer reaches.',
        args: {
          range: t.arg({ type: dateRange, description: 'Days at the place of sale.' }),
          grain: t.arg({ type: grain, defaultValue: 'DAY', description: 'What a point stands for.' }),
          siteIds: t.arg.idList({ required: false, description: 'Only these sites.' }),
        },
        resolve: async ({ id }, { range, grain: step, siteIds }, { services }) => [
          ...(await services.sales.series(id, { range, grain: step, siteIds: siteIds ?? null })),
        ],
      }),
      lastSyncedAt: t.expose('lastSyncedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last copied from the ERP; null when made here.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it arrived here.' }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it last changed here; give it back as `expectedUpdatedAt` to change what you have seen.',
      }),
    }),
  });

  builder.asEntity(product, {
    key: [builder.selection<{ id: string }>('id'), builder.selection<{ sku: string }>('sku')],
    resolveReference: (key, { services, viewer }) => {
      if (!can(viewer, 'inventory:read')) return null;
      return 'id' in key ? services.products.byId(key.id) : services.products.bySku(key.sku);
    },
  });
}
