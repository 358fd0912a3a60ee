import type { InventoryRefs } from '../refs.ts';
import type { InventoryBuilder } from '../services.ts';
import type { KpiReport } from './kpis.service.ts';

/** Adds the headline numbers. */
export function addKpis(builder: InventoryBuilder, { freshness }: InventoryRefs): void {
  const kpis = builder.objectRef<KpiReport>('InventoryKpis').implement({
    description: 'The state of the stock in a few numbers, over what the viewer reaches.',
    fields: (t) => ({
      productCount: t.exposeInt('productCount', {
        description: 'Products on sale; with `siteIds`, those stocked there.',
      }),
      lowStockCount: t.exposeInt('lowStockCount', {
        description: 'Products on sale with less on hand than the minimum in some warehouse.',
      }),
      negativeStockCount: t.exposeInt('negativeStockCount', {
        description: 'Products with less than nothing on hand in some warehouse: sold before they were entered.',
      }),
      stockValue: t.expose('stockValue', {
        type: 'Decimal',
        description:
          "Money: units on hand times cost, in the company's currency; what is negative or has no cost counts as nothing.",
      }),
      withoutCostCount: t.exposeInt('withoutCostCount', {
        description: 'Products on hand whose cost is not known: what `stockValue` lacks.',
      }),
      daysOfCover: t.float({
        nullable: true,
        description:
          'Days that the stock of what sells lasts, at cost, at the pace of the last 90 complete days; null if nothing sold.',
        resolve: async (report) => (await report.cover()).daysOfCover,
      }),
      dailyCostOfSales: t.field({
        type: 'Decimal',
        description: "Money: cost of what is sold in a day, over the last 90 complete days, in the company's currency.",
        resolve: async (report) => (await report.cover()).dailyCostOfSales,
      }),
      freshness: t.field({
        type: [freshness],
        description: 'How old the copies from the ERPs behind these numbers are.',
        resolve: (_report, _args, { services }) => services.sync.status.lastSync(),
      }),
    }),
  });
  const filter = builder.inputType('InventoryKpiFilterInput', {
    description: 'Which stock the numbers are made from; what is left out does not narrow.',
    fields: (t) => ({
      siteIds: t.idList({ required: false, description: 'At these sites.' }),
      companyIds: t.idList({ required: false, description: 'Of these companies.' }),
      category: t.string({ required: false, description: 'Of this line of goods.' }),
    }),
  });
  builder.queryField('inventoryKpis', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: kpis,
      description: 'Headline numbers of the stock.',
      authScopes: { permission: 'inventory:read' },
      args: { filter: t.arg({ type: filter, required: false }) },
      resolve: (_root, { filter: wanted }, { services }) => services.kpis.report(wanted ?? {}),
    }),
  );
}
