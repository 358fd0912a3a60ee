import type { addKpis } from '../kpis/kpis.schema.ts';
import type { ProductionRefs } from '../refs.ts';
import type { ProductionBuilder } from '../services.ts';
import type { ProductionSeries, SeriesGroup, SeriesPoint } from './series.service.ts';
import { seriesGrains } from './series-buckets.ts';
import { seriesGroupings } from './series-grouping.ts';

/** Adds a metric over time. */
export function addSeries(
  builder: ProductionBuilder,
  { metric, freshness, site, company, product }: ProductionRefs,
  { filter, definition }: ReturnType<typeof addKpis>,
): void {
  const grain = builder.enumType('ProductionGrain', {
    description: 'Calendar buckets at the plant; weeks begin on Monday.',
    values: seriesGrains,
  });
  const grouping = builder.enumType('ProductionGrouping', {
    description: 'What a chart has a line for each of.',
    values: seriesGroupings,
  });
  const point = builder.objectRef<SeriesPoint>('ProductionSeriesPoint').implement({
    description: 'One bucket. Every bucket of the period has a point, also without orders.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'First day of the bucket.' }),
      value: t.exposeFloat('value', {
        nullable: true,
        description: 'In the unit of the series; null when no order of the bucket can answer it.',
      }),
      orderCount: t.exposeInt('orderCount', { description: 'Orders that it was made from.' }),
    }),
  });
  const group = builder.objectRef<SeriesGroup>('ProductionSeriesGroup').implement({
    description: 'One line of the chart.',
    fields: (t) => ({
      key: t.exposeString('key', {
        nullable: true,
        description: 'Site or company id, sku, `WITH` or `WITHOUT`; null for the total and for orders that do not say.',
      }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The plant, when grouped by SITE.',
        resolve: ({ grouping: by, key }) => (by === 'SITE' && key !== null ? { id: key } : null),
      }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company, when grouped by COMPANY.',
        resolve: ({ grouping: by, key }) => (by === 'COMPANY' && key !== null ? { id: key } : null),
      }),
      product: t.field({
        type: product,
        nullable: true,
        description: 'The product, when grouped by PRODUCT.',
        resolve: ({ grouping: by, key }) => (by === 'PRODUCT' && key !== null ? { sku: key } : null),
      }),
      points: t.field({
        type: [point],
        description: 'Oldest first.',
        resolve: ({ points }) => [...points],
      }),
    }),
  });
  const series = builder.objectRef<ProductionSeries>('ProductionSeries').implement({
    description: 'A headline number over time.',
    fields: (t) => ({
      metric: t.expose('metric', { type: metric, description: 'The number.' }),
      definition: t.expose('definition', { type: definition, description: 'What it means.' }),
      unit: t.exposeString('unit', { nullable: true, description: 'Unit of all points; null when they are mixed.' }),
      grain: t.expose('grain', { type: grain, description: 'Width of a bucket.' }),
      groups: t.field({
        type: [group],
        description: 'Lines, those with the most produced tons first; 50 at most.',
        resolve: ({ groups }) => [...groups],
      }),
      omittedGroups: t.exposeInt('omittedGroups', { description: 'Lines beyond the 50.' }),
      freshness: t.field({
        type: freshness,
        description: 'How old the orders behind it are.',
        resolve: (parent) => parent,
      }),
    }),
  });

  builder.queryField('productionSeries', (t) =>
    t.field({
      type: series,
      description: 'A headline number over time, in calendar buckets of the plant, one line or one for each group.',
      authScopes: { permission: 'production:read' },
      args: {
        metric: t.arg({ type: metric }),
        grain: t.arg({ type: grain, required: false, defaultValue: 'DAY' }),
        groupBy: t.arg({ type: grouping, required: false, defaultValue: 'NONE' }),
        filter: t.arg({ type: filter }),
      },
      resolve: (_root, args, { services }) =>
        services.series.of({
          metric: args.metric,
          grain: args.grain ?? 'DAY',
          grouping: args.groupBy ?? 'NONE',
          filter: args.filter,
        }),
    }),
  );
}
