import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';

/** Adds `recordProductionOrder` and `updateProductionOrder`. */
export function addOrderMutations(builder: ProductionBuilder, { order }: ProductionRefs): void {
  const recordInput = builder.inputType('RecordProductionOrderInput', {
    description: 'A new order. Weights have at most two decimals.',
    fields: (t) => ({
      siteId: t.id({ description: 'The plant, as a site.' }),
      orderNumber: t.string({ description: 'Number of the order, new at this plant; at most 50 characters.' }),
      producedAtLocal: t.string({ description: 'Plant time without offset: `2026-11-20T14:05:00`.' }),
      productSku: t.string({ description: 'Product, by its sku.' }),
      plannedTons: t.float({ description: 'Planned, metric tons, above zero.' }),
      ...measuredFields(t),
    }),
  });
  const updateInput = builder.inputType('UpdateProductionOrderInput', {
    description: 'Changes to an order: what is left out stays, null empties.',
    fields: (t) => ({
      id: t.id({ description: 'The order.' }),
      expectedUpdatedAt: t.field({
        type: 'DateTime',
        required: false,
        description: '`updatedAt` of the order that was seen; the change is refused as STALE if it is another now.',
      }),
      producedAtLocal: t.string({ required: false, description: 'Plant time without offset.' }),
      productSku: t.string({ required: false, description: 'Product, by its sku.' }),
      plannedTons: t.float({ required: false, description: 'Planned, metric tons, above zero.' }),
      ...measuredFields(t),
    }),
  });

  builder.mutationField('recordProductionOrder', (t) =>
    t.field({
      type: order,
      description: 'Records an order of a plant.',
      authScopes: { permission: 'production:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'RecordProductionOrderResult' } },
      args: { input: t.arg({ type: recordInput }) },
      resolve: (_root, { input }, { services }) => services.orderWriting.record(input),
    }),
  );
  builder.mutationField('updateProductionOrder', (t) =>
    t.field({
      type: order,
      description: 'Changes an order, if it is still the one that was seen.',
      authScopes: { permission: 'production:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'UpdateProductionOrderResult' } },
      args: { input: t.arg({ type: updateInput }) },
      resolve: (_root, { input }, { services }) => services.orderWriting.update(input),
    }),
  );
}

type InputFields = Parameters<Parameters<ProductionBuilder['inputType']>[1]['fields']>[0];

function measuredFields(t: InputFields) {
  const measured = (description: string) => t.float({ required: false, description });
  return {
    productName: t.string({ required: false, description: 'Product name, as the plant’s papers have it.' }),
    producedTons: measured('Produced, metric tons.'),
    cancelledTons: measured('Cancelled, metric tons.'),
    rawMaterialTons: measured('Raw material consumed, metric tons.'),
    waterKg: measured('Water added, kilograms.'),
    hasAdiflow: t.boolean({ required: false, description: 'Made with Adiflow.' }),
    isDispatched: t.boolean({ required: false, description: 'Finished and dispatched; needs `producedTons`.' }),
    postGreaseOilPct: measured('Oil after post-greasing, percent.'),
    distributorPressurePsi: measured('Steam pressure at the distributor, psi.'),
    feederLoadPct: measured('Load of the feeder, percent.'),
    conditionerPressurePsi: measured('Steam pressure at the conditioner, psi.'),
    qaDurabilityPct: measured('Durability by the laboratory, percent.'),
    qaHardness: measured('Hardness by the laboratory, in the plant’s unit.'),
    qaFinesPct: measured('Fines by the laboratory, percent.'),
    durabilityPct: measured('Durability at the line, percent.'),
    hardness: measured('Hardness at the line, in the plant’s unit.'),
    finesPct: measured('Fines at the line, percent.'),
  };
}
