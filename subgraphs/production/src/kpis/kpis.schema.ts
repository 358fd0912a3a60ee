import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';
import { type KpiDefinition, kpiDefinitions, type ProductionMetric, productionMetrics } from './kpi-definitions.ts';
import { type KpiValue, kpiValue } from './kpi-values.ts';
import type { ProductionKpis } from './kpis.service.ts';

/** A value beside the numbers it was read with. */
interface DatedValue extends KpiValue {
  readonly kpis: ProductionKpis;
}

/** Adds `ProductionKpis` and the headline query; answers the types that other features show numbers with. */
export function addKpis(builder: ProductionBuilder, refs: ProductionRefs) {
  const { kpis, text, freshness, metric, dateRange } = refs;
  const definition = builder.objectRef<KpiDefinition>('ProductionKpiDefinition').implement({
    description: 'What a headline number means. A new version means another meaning.',
    fields: (t) => ({
      metric: t.expose('metric', { type: metric, description: 'The number.' }),
      version: t.exposeInt('version', { description: 'Grows when the meaning changes.' }),
      unit: t.exposeString('unit', { nullable: true, description: 'Unit; null when the data say it, or for a count.' }),
      formula: t.exposeString('formula', { description: 'How it is made, with its filter.' }),
      description: t.field({ type: text, description: 'The same in words.', resolve: ({ es, en }) => ({ es, en }) }),
      sign: t.expose('sign', { type: text, nullable: true, description: 'What its sign or direction says.' }),
    }),
  });
  const value = builder.objectRef<DatedValue>('ProductionKpiValue').implement({
    description: 'A headline number with its definition and what it was made from.',
    fields: (t) => ({
      metric: t.expose('metric', { type: metric, description: 'The number.' }),
      value: t.exposeFloat('value', {
        nullable: true,
        description: 'In `unit`; null when no order can answer it, or when units or methods are mixed.',
      }),
      unit: t.exposeString('unit', { nullable: true, description: 'Unit: `t`, `%`, or that of the plant’s meter.' }),
      numerator: t.exposeFloat('numerator', { nullable: true, description: 'Sum above the line, for a ratio.' }),
      denominator: t.exposeFloat('denominator', { nullable: true, description: 'Sum below the line, for a ratio.' }),
      orderCount: t.exposeInt('orderCount', { description: 'Orders that it was made from.' }),
      definition: t.field({
        type: definition,
        description: 'What it means.',
        resolve: ({ metric: name }) => kpiDefinitions[name],
      }),
      freshness: t.field({
        type: freshness,
        description: 'How old the orders behind it are.',
        resolve: ({ kpis: { sums } }) => sums,
      }),
    }),
  });
  const counts = builder.objectRef<ProductionKpis>('ProductionOrderCounts').implement({
    description: 'Orders of a period by what became of them.',
    fields: (t) => ({
      total: t.int({ description: 'All orders.', resolve: ({ sums }) => sums.orders }),
      dispatched: t.int({ description: 'Dispatched.', resolve: ({ sums }) => sums.dispatchedOrders }),
      open: t.int({ description: 'Being made, or not yet dispatched.', resolve: ({ sums }) => sums.openOrders }),
      cancelled: t.int({ description: 'Cancelled whole.', resolve: ({ sums }) => sums.cancelledOrders }),
      excluded: t.int({
        description: 'In no number, because a weight is negative or more than 1.5 times the plan was made.',
        resolve: ({ sums }) => sums.excludedOrders,
      }),
    }),
  });

  const numberOf =
    (name: ProductionMetric) =>
    ({ sums }: ProductionKpis) =>
      kpiValue(sums, name).value;
  const sumOf = (name: ProductionMetric) => (parent: ProductionKpis) => numberOf(name)(parent) ?? 0;
  kpis.implement({
    description: 'Headline numbers of production over a period, made from sums. Weights are metric tons.',
    fields: (t) => {
      const tons = (name: ProductionMetric) => t.float({ description: kpiDefinitions[name].en, resolve: sumOf(name) });
      const ratio = (name: ProductionMetric, unit: string) =>
        t.float({ nullable: true, description: `${unit}. ${kpiDefinitions[name].en}`, resolve: numberOf(name) });
      return {
        from: t.field({ type: 'Date', description: 'First day.', resolve: ({ range }) => range.from }),
        to: t.field({ type: 'Date', description: 'Last day, included.', resolve: ({ range }) => range.to }),
        plannedTons: tons('PLANNED_TONS'),
        producedTons: tons('PRODUCED_TONS'),
        cancelledTons: tons('CANCELLED_TONS'),
        orderDifferenceTons: tons('ORDER_DIFFERENCE_TONS'),
        efficiencyPct: ratio('EFFICIENCY_PCT', 'Percent'),
        sackoffPct: ratio('SACKOFF_PCT', 'Percent, positive for a loss'),
        massBalanceShrinkPct: ratio('MASS_BALANCE_SHRINK_PCT', 'Percent, positive for a loss'),
        durabilityPct: ratio('DURABILITY_PCT', 'Percent'),
        durabilityMethod: t.string({
          nullable: true,
          description: 'Test method behind `durabilityPct`; null when nobody said or when methods are mixed.',
          resolve: ({ sums }) => (sums.isDurabilityMixed ? null : sums.durabilityMethod),
        }),
        hardness: ratio('HARDNESS', 'In `hardnessUnit`'),
        hardnessUnit: t.string({
          nullable: true,
          description: 'Unit of `hardness`; null when units are mixed.',
          resolve: ({ sums }) => kpiValue(sums, 'HARDNESS').unit,
        }),
        finesPct: ratio('FINES_PCT', 'Percent'),
        adiflowSharePct: ratio('ADIFLOW_SHARE_PCT', 'Percent'),
        orderCounts: t.field({ type: counts, description: 'Orders by state.', resolve: (parent) => parent }),
        values: t.field({
          type: [value],
          description: 'Each number with its unit, definition, freshness and the sums behind it.',
          args: {
            metrics: t.arg({ type: [metric], required: false, description: 'Only these; all if left out.' }),
          },
          resolve: (parent, { metrics }) =>
            (metrics ?? productionMetrics).map((name) => ({ ...kpiValue(parent.sums, name), kpis: parent })),
        }),
        freshness: t.field({
          type: freshness,
          description: 'How old the orders behind the numbers are.',
          resolve: ({ sums }) => sums,
        }),
      };
    },
  });

  const filter = builder.inputType('ProductionFilterInput', {
    description: 'Which orders a number is made from; what is left out does not narrow.',
    fields: (t) => ({
      range: t.field({ type: dateRange, description: 'Days of production, at the plant.' }),
      siteIds: t.idList({ required: false, description: 'Plants, as sites.' }),
      companyIds: t.idList({ required: false, description: 'Companies.' }),
      productSkus: t.stringList({ required: false, description: 'Products, by sku.' }),
      hasAdiflow: t.boolean({ required: false, description: 'With Adiflow, or without.' }),
    }),
  });
  builder.queryField('productionKpis', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: kpis,
      description: 'Headline numbers of all orders within the viewer’s reach that the filter leaves.',
      authScopes: { permission: 'production:read' },
      args: { filter: t.arg({ type: filter }) },
      resolve: (_root, args, { services }) => services.kpis.ofFilter(args.filter),
    }),
  );
  return { filter, definition };
}
