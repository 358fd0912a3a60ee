import { kpiDefinitions } from '../kpis/kpi-definitions.ts';
import type { addKpis } from '../kpis/kpis.schema.ts';
import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';
import type { AdiflowEffect, OutcomeEffect } from './adiflow.service.ts';
import { waterBandKgPerTon } from './adiflow-outcomes.ts';
import { type MatchedCounts, type MatchedEffect, refusalReasons, sampleRules } from './matched-effect.ts';

/** Adds the honest answer to whether Adiflow works. */
export function addAdiflow(
  builder: ProductionBuilder,
  { metric, text }: ProductionRefs,
  { filter }: ReturnType<typeof addKpis>,
): void {
  const refusal = builder.enumType('AdiflowRefusal', {
    description:
      'Why there is no answer: no orders; all with or all without; never alike in product, plant and month; or too few.',
    values: refusalReasons,
  });
  const counts = builder.objectRef<MatchedCounts>('AdiflowCounts').implement({
    description: 'Orders behind a comparison. A stratum is one product at one plant in one month.',
    fields: (t) => ({
      strata: t.exposeInt('strata', { description: 'Strata with any order.' }),
      matchedStrata: t.exposeInt('matchedStrata', {
        description: `Strata with at least ${sampleRules.ordersPerArm} orders on each side: only these are compared.`,
      }),
      ordersWith: t.exposeInt('ordersWith', { description: 'Orders with Adiflow.' }),
      ordersWithout: t.exposeInt('ordersWithout', { description: 'Orders without.' }),
      matchedOrdersWith: t.exposeInt('matchedOrdersWith', { description: 'Orders with Adiflow that were compared.' }),
      matchedOrdersWithout: t.exposeInt('matchedOrdersWithout', { description: 'Orders without that were compared.' }),
    }),
  });
  const estimate = builder.objectRef<NonNullable<MatchedEffect['estimate']>>('AdiflowEstimate').implement({
    description: 'The compared orders on both sides, and the difference with its interval.',
    fields: (t) => ({
      with: t.exposeFloat('with', { description: 'With Adiflow, in the unit of the outcome.' }),
      without: t.exposeFloat('without', { description: 'Without, weighted like the side with it.' }),
      effect: t.exposeFloat('effect', { description: 'With minus without.' }),
      low: t.exposeFloat('low', { description: 'Lower end of the 95 % interval of the effect.' }),
      high: t.exposeFloat('high', { description: 'Upper end of the 95 % interval of the effect.' }),
      isConclusive: t.boolean({
        description: 'The interval does not contain zero.',
        resolve: ({ low, high }) => low > 0 || high < 0,
      }),
    }),
  });
  const comparison = builder.objectRef<MatchedEffect>('AdiflowComparison').implement({
    description: 'A comparison of matched orders: an estimate, or the reason why there is none.',
    fields: (t) => ({
      counts: t.expose('counts', { type: counts, description: 'Orders that have the value.' }),
      refusal: t.expose('refusal', { type: refusal, nullable: true, description: 'Why there is no estimate.' }),
      estimate: t.expose('estimate', { type: estimate, nullable: true, description: 'Null when refused.' }),
    }),
  });
  const outcome = builder.objectRef<OutcomeEffect>('AdiflowOutcome').implement({
    description: 'What Adiflow does to one number.',
    fields: (t) => ({
      metric: t.expose('metric', { type: metric, description: 'The number.' }),
      unit: t.string({
        nullable: true,
        description: 'Unit of both sides and of the effect (percentage points for a percent).',
        resolve: ({ metric: name }) => kpiDefinitions[name].unit,
      }),
      comparison: t.field({ type: comparison, description: 'The comparison.', resolve: (parent) => parent }),
    }),
  });
  const effect = builder.objectRef<AdiflowEffect>('AdiflowEffect').implement({
    description: 'Orders with Adiflow against orders without it that are alike in product, plant and month.',
    fields: (t) => ({
      isAnswered: t.boolean({
        description: 'There are enough matched orders to compare at all.',
        resolve: ({ overall }) => overall.refusal === null,
      }),
      refusal: t.field({
        type: refusal,
        nullable: true,
        description: 'Why there are not.',
        resolve: ({ overall }) => overall.refusal,
      }),
      counts: t.field({
        type: counts,
        description: 'Finished orders with usable weights.',
        resolve: ({ overall }) => overall.counts,
      }),
      outcomes: t.field({
        type: [outcome],
        description: 'Matched by product, plant and month.',
        resolve: ({ outcomes }) => [...outcomes],
      }),
      waterMatched: t.field({
        type: [outcome],
        description: `Matched by water as well (bands of ${waterBandKgPerTon} kg a ton): what remains when moisture is equal.`,
        resolve: ({ waterMatched }) => [...waterMatched],
      }),
      waterKgPerTon: t.field({
        type: comparison,
        description:
          'Water in kilograms a ton of raw material on both sides: a difference here explains part of the rest.',
        resolve: ({ water }) => water,
      }),
      minimumOrdersPerArm: t.int({
        description: 'Matched orders that each side needs before there is an answer.',
        resolve: () => sampleRules.matchedOrdersPerArm,
      }),
      method: t.field({ type: text, description: 'How the comparison is made, in words.', resolve: () => method }),
    }),
  });

  builder.queryField('adiflowEffect', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: effect,
      description:
        'What Adiflow does, by matched comparison with a 95 % interval; refuses rather than compare what is not alike. `hasAdiflow` of the filter is ignored.',
      authScopes: { permission: 'production:read' },
      args: { filter: t.arg({ type: filter }) },
      resolve: (_root, args, { services }) => services.adiflow.effect(args.filter),
    }),
  );
}

const method = {
  es: `Se comparan órdenes despachadas con y sin Adiflow del mismo producto, planta y mes (al menos ${sampleRules.ordersPerArm} por lado), se pondera cada grupo por los pares que podría formar y se da un intervalo de 95 %. Con menos de ${sampleRules.matchedOrdersPerArm} órdenes comparables por lado o de ${sampleRules.matchedStrata} grupos no se responde.`,
  en: `Dispatched orders with and without Adiflow of the same product, plant and month (at least ${sampleRules.ordersPerArm} on each side) are compared, each group weighs by the pairs it could form, and a 95 % interval is given. With fewer than ${sampleRules.matchedOrdersPerArm} comparable orders on a side, or ${sampleRules.matchedStrata} groups, there is no answer.`,
};
