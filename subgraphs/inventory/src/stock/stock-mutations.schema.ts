import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';

/** Adds `setStockLevel`. */
export function addStockMutations(builder: InventoryBuilder, { stockLevel }: InventoryRefs): void {
  const input = builder.inputType('SetStockLevelInput', {
    description: 'Limits of a product in a warehouse, or a correction of what is on hand: what is left out stays.',
    fields: (t) => ({
      productId: t.id({ description: 'The product.' }),
      siteId: t.id({ description: 'Where the warehouse is.' }),
      warehouse: t.string({ required: false, description: 'Name of the warehouse, where the site has several.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description:
          '`updatedAt` of the level that was seen, or nothing when there was none; STALE if it is another now.',
      }),
      onHand: t.field({
        type: 'Decimal',
        required: false,
        description: "Units counted, in the product's unit, at most 5 decimals; may be negative. Needs a reason.",
      }),
      minimum: t.field({ type: 'Decimal', required: false, description: 'Units not to fall below, 0 for none.' }),
      maximum: t.field({
        type: 'Decimal',
        required: false,
        description: 'Units not to exceed, not less than the minimum; null takes it away.',
      }),
      location: t.string({ required: false, description: 'Place in the warehouse; null takes it away.' }),
      reason: t.string({ required: false, description: 'Why what is on hand is corrected, 3 to 300 characters.' }),
    }),
  });

  builder.mutationField('setStockLevel', (t) =>
    t.field({
      type: stockLevel,
      description:
        'Sets limits of stock, or corrects what is on hand and writes the movement that explains it. What the ERP holds (`heldByErp`) is refused.',
      authScopes: { permission: 'inventory:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SetStockLevelResult' } },
      args: { input: t.arg({ type: input }) },
      resolve: (_root, args, { services }) => services.stockWriting.setLevel(args.input),
    }),
  );
}
