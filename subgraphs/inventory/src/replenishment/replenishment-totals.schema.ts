import type { InventoryBuilder } from '../services.ts';
import type { ReplenishmentTotals } from './replenishment.service.ts';
import type { SupplierSums } from './replenishment.ts';

/** Adds what proposals come to, in all and by supplier. */
export function addReplenishmentTotals(builder: InventoryBuilder) {
  const supplier = builder.objectRef<SupplierSums>('ReplenishmentSupplierTotal').implement({
    description: 'What is to be bought from one supplier.',
    fields: (t) => ({
      supplierName: t.exposeString('supplierName', {
        nullable: true,
        description: 'Its name; null: no supplier is set.',
      }),
      proposalCount: t.exposeInt('proposalCount', { description: 'Products to buy.' }),
      orderCost: t.expose('orderCost', {
        type: 'Decimal',
        description: "Money for the orders at cost, in the company's currency; what has no cost counts as nothing.",
      }),
      valueAtRisk: t.expose('valueAtRisk', {
        type: 'Decimal',
        description: "Money at risk, in the company's currency.",
      }),
      withoutCostCount: t.exposeInt('withoutCostCount', { description: 'Products whose cost is not known.' }),
    }),
  });
  return builder.objectRef<ReplenishmentTotals>('ReplenishmentTotals').implement({
    description: 'What a site should buy now, added up.',
    fields: (t) => ({
      proposalCount: t.int({ description: 'Products to buy.', resolve: ({ all }) => all.proposalCount }),
      orderCost: t.field({
        type: 'Decimal',
        description: "Money for the orders at cost, in the company's currency; what has no cost counts as nothing.",
        resolve: ({ all }) => all.orderCost,
      }),
      valueAtRisk: t.field({
        type: 'Decimal',
        description: "Money at risk, in the company's currency.",
        resolve: ({ all }) => all.valueAtRisk,
      }),
      withoutCostCount: t.int({
        description: 'Products whose cost is not known.',
        resolve: ({ all }) => all.withoutCostCount,
      }),
      noRoomCount: t.int({
        description: 'Products of which not even the smallest order fits under the maximum.',
        resolve: ({ all }) => all.noRoomCount,
      }),
      forecastCount: t.int({
        description: 'Products whose demand is a forecast; of the others it is the mean of their sales.',
        resolve: ({ all }) => all.forecastCount,
      }),
      suppliers: t.field({
        type: [supplier],
        description: 'By supplier, most money at risk first.',
        resolve: ({ suppliers }) => [...suppliers],
      }),
    }),
  });
}
