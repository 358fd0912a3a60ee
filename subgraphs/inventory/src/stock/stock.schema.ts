import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import type { StockChange } from './stock.service.ts';

/** Adds `StockLevel`, and the live changes of stock. */
export function addStock(builder: InventoryBuilder, { stockLevel, product, site }: InventoryRefs): void {
  stockLevel.implement({
    description: 'What lies of a product in a warehouse. Quantities are decimal and may be negative, as in the ERP.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      product: t.field({
        type: product,
        nullable: true,
        description: "The product; null for who reaches the site and not its company's catalogue.",
        resolve: ({ productId }, _args, { services }) => services.products.byId(productId),
      }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'Where the warehouse is; null while nobody has placed it.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      warehouse: t.exposeString('warehouse', { description: 'Name of the warehouse, as the ERP writes it.' }),
      onHand: t.expose('onHand', { type: 'Decimal', description: "Units on hand, in the product's unit." }),
      minimum: t.expose('minimum', {
        type: 'Decimal',
        description: 'Units that should not be fallen below; 0 for none.',
      }),
      maximum: t.expose('maximum', {
        type: 'Decimal',
        nullable: true,
        description: 'Units that should not be exceeded.',
      }),
      reorderPoint: t.expose('reorderPoint', {
        type: 'Decimal',
        nullable: true,
        description: "The ERP's own reorder point; `replenishmentProposals` works out ours.",
      }),
      location: t.exposeString('location', { nullable: true, description: 'Aisle, rack and level in the warehouse.' }),
      isBelowMinimum: t.exposeBoolean('isBelowMinimum', { description: 'Less on hand than the minimum.' }),
      flags: t.exposeStringList('flags', { description: 'What looks wrong with it: `NEGATIVE_STOCK`.' }),
      heldByErp: t.stringList({
        description:
          'Fields of `SetStockLevelInput` that are refused here, because the next copy of the ERP would undo them.',
        resolve: ({ isHeldByErp }) => (isHeldByErp ? ['onHand'] : []),
      }),
      overwrittenByErp: t.stringList({
        description: 'Fields that may be set here until the ERP says something else about them.',
        resolve: ({ isHeldByErp }) => (isHeldByErp ? ['minimum', 'maximum', 'location'] : []),
      }),
      lastSyncedAt: t.expose('lastSyncedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last copied from the ERP.',
      }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it last changed here; give it back as `expectedUpdatedAt` to change what you have seen.',
      }),
    }),
  });

  const change = builder.objectRef<StockChange>('StockChange').implement({
    description: 'One change of the stock of one product in one warehouse.',
    fields: (t) => ({
      stockLevel: t.field({ type: stockLevel, description: 'The stock as it is now.', resolve: ({ level }) => level }),
      previousOnHand: t.expose('previousOnHand', {
        type: 'Decimal',
        nullable: true,
        description: 'Units on hand before; null when there was none yet.',
      }),
      reason: t.exposeString('reason', {
        nullable: true,
        description: 'Why somebody corrected it; null when it came from the ERP or only a limit changed.',
      }),
      occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was written.' }),
    }),
  });

  builder.subscriptionField('stockChanged', (t) =>
    t.field({
      type: change,
      description: 'Stock as it changes, at the sites that the viewer reaches.',
      authScopes: { permission: 'inventory:read' },
      args: {
        siteIds: t.arg.idList({ required: false, description: 'Only these sites; all within reach if left out.' }),
      },
      subscribe: (_root, { siteIds }, { services }) => services.stock.changes(siteIds ?? null),
      resolve: (event, _args, { services }) => {
        // What earlier events loaded is no longer true.
        services.forgetLoaded();
        return event;
      },
    }),
  );
}
