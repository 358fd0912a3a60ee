import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';

/** Adds `createProduct`, `updateProduct` and `deleteProduct`. */
export function addProductMutations(builder: InventoryBuilder, { product }: InventoryRefs): void {
  const authScopes = { permission: 'inventory:write' } as const;
  const failures = [NotFound, Conflict, ValidationFailed];

  const createInput = builder.inputType('CreateProductInput', {
    description: 'A new product.',
    fields: (t) => ({
      companyId: t.id({ required: false, description: 'Whose it is; may be left out by who reaches one company.' }),
      sku: t.string({ description: 'Code, new in the company; at most 50 characters.' }),
      name: t.string({ description: 'Name, at most 255 characters.' }),
      isActive: t.boolean({ required: false, description: 'On sale; true if left out.' }),
      ...optionalFields(t),
    }),
  });
  const updateInput = builder.inputType('UpdateProductInput', {
    description: 'Changes to a product: what is left out stays, null empties.',
    fields: (t) => ({
      id: t.id({ description: 'The product.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: '`updatedAt` of the product that was seen; the change is refused as STALE if it is another now.',
      }),
      sku: t.string({ required: false, description: 'Code; cannot be emptied.' }),
      name: t.string({ required: false, description: 'Name; cannot be emptied.' }),
      isActive: t.boolean({ required: false, description: 'On sale.' }),
      ...optionalFields(t),
    }),
  });
  const deleteInput = builder.inputType('DeleteProductInput', {
    description: 'The product to remove.',
    fields: (t) => ({ id: t.id({ description: 'The product.' }) }),
  });
  const deleted = builder.objectRef<{ id: string; sku: string }>('DeletedProduct').implement({
    description: 'A product that is gone.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'The id it had.' }),
      sku: t.exposeString('sku', { description: 'The code it had, which is free again.' }),
    }),
  });

  builder.mutationField('createProduct', (t) =>
    t.field({
      type: product,
      description: 'Adds a product to a catalogue. A code that is taken is a Conflict `DUPLICATE_SKU`.',
      authScopes,
      errors: { types: failures, union: { name: 'CreateProductResult' } },
      args: { input: t.arg({ type: createInput }) },
      resolve: (_root, { input }, { services }) => services.productWriting.create(input),
    }),
  );
  builder.mutationField('updateProduct', (t) =>
    t.field({
      type: product,
      description:
        'Changes a product, if it is still the one that was seen. What the ERP holds (`heldByErp`) is refused.',
      authScopes,
      errors: { types: failures, union: { name: 'UpdateProductResult' } },
      args: { input: t.arg({ type: updateInput }) },
      resolve: (_root, { input }, { services }) => services.productWriting.update(input),
    }),
  );
  builder.mutationField('deleteProduct', (t) =>
    t.field({
      type: deleted,
      description:
        'Removes a product that nothing points at; otherwise it is a Conflict `STILL_REFERENCED`, and `OWNED_BY_ERP` if a copy would bring it back.',
      authScopes,
      errors: { types: failures, union: { name: 'DeleteProductResult' } },
      args: { input: t.arg({ type: deleteInput }) },
      resolve: (_root, { input }, { services }) => services.productWriting.remove(input),
    }),
  );
}

type InputFields = Parameters<Parameters<InventoryBuilder['inputType']>[1]['fields']>[0];

function optionalFields(t: InputFields) {
  const money = (description: string) => t.field({ type: 'Decimal', required: false, description });
  return {
    description: t.string({ required: false, description: 'More words about it, at most 4,000 characters.' }),
    category: t.string({ required: false, description: 'Line of goods; a new name makes a new one.' }),
    unit: t.string({ required: false, description: 'Unit in which it is counted.' }),
    barcode: t.string({ required: false, description: 'Code printed on it, at most 50 characters; not unique.' }),
    price: money("List price of one unit, in the company's currency, not negative."),
    cost: money("Cost of one unit, in the company's currency, not negative."),
  };
}
