import type { EtlRun, Order, OrderLine } from '@cauce/prisma/client';
import { addDateRangeInput } from '@cauce/shared/schema/date-range';
import { grains, type MetricValue } from './metrics/daily-metric.store.ts';
import type { Definition } from './metrics/definition.store.ts';
import type { FinanceBuilder } from './services.ts';

export type FinanceRefs = ReturnType<typeof createRefs>;

/** Types that the features refer to each other by; entities of other subgraphs are known by their keys only. */
export function createRefs(builder: FinanceBuilder) {
  return {
    site: builder.externalRef('Site', builder.selection<{ id: string }>('id'), (key) => key),
    company: builder.externalRef('Company', builder.selection<{ id: string }>('id'), (key) => key),
    product: builder.externalRef('Product', builder.selection<{ id: string }>('id'), (key) => key),
    customer: builder.externalRef('Customer', builder.selection<{ id: string }>('id'), (key) => key),
    order: builder.objectRef<Order>('Order'),
    line: builder.objectRef<OrderLine>('OrderLine'),
    value: builder.objectRef<MetricValue>('MetricValue'),
    definition: builder.objectRef<Definition>('MetricDefinition'),
    run: builder.objectRef<EtlRun>('EtlRun'),
    dateRange: addDateRangeInput(builder),
    grain: builder.enumType('MetricGrain', {
      description: 'How long each bucket of a series is; `ALL` is the whole range as one.',
      values: grains,
    }),
  };
}
