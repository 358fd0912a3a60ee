import { addDateRangeInput } from '@cauce/shared/schema/date-range';
import { productionMetrics } from './kpis/kpi-definitions.ts';
import type { ProductionKpis } from './kpis/kpis.service.ts';
import type { ProductionOrder } from './orders/order.ts';
import type { ProductionBuilder } from './services.ts';

export type ProductionRefs = ReturnType<typeof createRefs>;

/**
 * Types that the features refer to each other by. The entities of other subgraphs are known by their keys only: no
 * query asks whether they exist.
 */
export function createRefs(builder: ProductionBuilder) {
  return {
    site: builder.externalRef('Site', builder.selection<{ id: string }>('id'), (key) => key),
    company: builder.externalRef('Company', builder.selection<{ id: string }>('id'), (key) => key),
    product: builder.externalRef('Product', builder.selection<{ sku: string }>('sku'), (key) => key),
    order: builder.objectRef<ProductionOrder>('ProductionOrder'),
    kpis: builder.objectRef<ProductionKpis>('ProductionKpis'),
    dateRange: addDateRangeInput(builder),
    text: builder.objectRef<{ readonly es: string; readonly en: string }>('BilingualText').implement({
      shareable: true,
      description: 'The same sentence in Spanish and in English.',
      fields: (t) => ({
        es: t.exposeString('es', { description: 'Spanish.' }),
        en: t.exposeString('en', { description: 'English.' }),
      }),
    }),
    freshness: builder
      .objectRef<{ readonly changedAt: Date | null; readonly lastProducedOn: string | null }>('ProductionFreshness')
      .implement({
        description: 'How old the orders behind a number are.',
        fields: (t) => ({
          changedAt: t.expose('changedAt', {
            type: 'DateTime',
            nullable: true,
            description: 'When one of them last changed in our database; null when there are none.',
          }),
          lastProducedOn: t.expose('lastProducedOn', {
            type: 'Date',
            nullable: true,
            description: 'Last plant day among them; null when there are none.',
          }),
        }),
      }),
    metric: builder.enumType('ProductionMetric', {
      description: 'A headline number of production; `ProductionKpiDefinition` says what each means.',
      values: productionMetrics,
    }),
  };
}
