import { dashboards as tabs } from '@cauce/shared/auth/permissions';
import { Conflict, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { FinanceRefs } from '../refs.ts';
import type { FinanceBuilder } from '../services.ts';
import type { MetricsChange } from './metrics-changed.ts';

const authScopes = { permission: 'finance:read' } as const;

/** Adds daily metrics: values, definitions, places' series, the live subscription. Gives the dashboards enum. */
export function addMetrics(
  builder: FinanceBuilder,
  { value, definition, site, company, dateRange, grain }: FinanceRefs,
) {
  const additivity = builder.enumType('MetricAdditivity', {
    description: 'How a metric adds up over days and places.',
    values: {
      ADDITIVE: { description: 'Sums.' },
      RATIO: { description: 'Sum of numerators over sum of denominators, never a mean of ratios.' },
      SNAPSHOT: { description: 'The last value of the period, summed over places.' },
    },
  });
  const tab = builder.enumType('Dashboard', {
    description: 'A tab of headline numbers, granted person by person.',
    values: tabs,
  });
  value.implement({
    description: 'One metric over one bucket of time.',
    fields: (t) => ({
      date: t.expose('date', { type: 'Date', description: 'First day of the bucket.' }),
      metric: t.exposeString('metric', { description: 'Name of the metric; `metricDefinitions` says what it means.' }),
      unit: t.exposeString('unit', { description: 'Unit: an ISO 4217 currency, `%`, or a word.' }),
      value: t.expose('value', {
        type: 'Decimal',
        nullable: true,
        description: 'The value in `unit`; null for a ratio over nothing.',
      }),
    }),
  });
  definition.implement({
    description: 'What a metric means, where it comes from and how it adds up.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      name: t.exposeString('name', { description: 'Stable name.' }),
      labelEs: t.exposeString('labelEs', { description: 'Spanish label.' }),
      labelEn: t.exposeString('labelEn', { description: 'English label.' }),
      description: t.exposeString('description', { description: 'Definition in words.' }),
      unit: t.exposeString('unit', { description: 'Unit of its values.' }),
      additivity: t.expose('additivity', { type: additivity, description: 'How it adds up.' }),
      isHigherBetter: t.exposeBoolean('isHigherBetter', {
        nullable: true,
        description: 'Whether more is better; null when neither.',
      }),
      isActive: t.exposeBoolean('isActive', { description: 'Shown and computed; otherwise kept for its history.' }),
      lineage: t.expose('lineage', { type: 'JSON', description: 'Source system, table and formula.' }),
      dashboards: t.field({
        type: [tab],
        description: 'Tabs that show it.',
        resolve: ({ dashboards }) => tabs.filter((name) => dashboards.some(({ dashboard }) => dashboard === name)),
      }),
    }),
  });
  builder.asEntity(definition, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.definitions.byId(id),
  });
  const seriesArgs = (t: Parameters<Parameters<typeof site.implement>[0]['fields'] & object>[0]) => ({
    range: t.arg({ type: dateRange }),
    metrics: t.arg.stringList({ description: 'Names of metrics, at most 20.' }),
    grain: t.arg({ type: grain, required: false, defaultValue: 'DAY' as const }),
  });
  site.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      dailyMetrics: t.field({
        // A value for each metric and day.
        listSize: { assumedSize: 100 },
        type: [value],
        nullable: true,
        authScopes,
        description: "The site's metrics over those days, by date; what a day has no row for is not listed.",
        args: seriesArgs(t),
        resolve: async ({ id }, { range, metrics, grain: step }, { services }) => [
          ...(await services.metrics.ofSite(id, { range, metrics, grain: step ?? 'DAY' })),
        ],
      }),
    }),
  });
  company.implement({
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      dailyMetrics: t.field({
        // A value for each metric and day.
        listSize: { assumedSize: 100 },
        type: [value],
        nullable: true,
        authScopes,
        description: 'Metrics of the company and its sites within reach, added up.',
        args: seriesArgs(t),
        resolve: async ({ id }, { range, metrics, grain: step }, { services }) => [
          ...(await services.metrics.ofCompany(id, { range, metrics, grain: step ?? 'DAY' })),
        ],
      }),
    }),
  });
  builder.queryField('dailyMetrics', (t) =>
    t.field({
      listSize: { assumedSize: 100 },
      type: [value],
      authScopes,
      description: "Metrics over days within the viewer's reach, added up by what each metric allows.",
      args: {
        metrics: t.arg.stringList({ description: 'Names of metrics, at most 20.' }),
        range: t.arg({ type: dateRange }),
        grain: t.arg({ type: grain, required: false, defaultValue: 'DAY' }),
        companyIds: t.arg.idList({ required: false, description: 'Only these companies.' }),
        siteIds: t.arg.idList({ required: false, description: 'Only these sites.' }),
      },
      resolve: async (_root, { metrics, range, grain: step, companyIds, siteIds }, { services }) => [
        ...(await services.metrics.all({ metrics, range, grain: step ?? 'DAY' }, companyIds ?? null, siteIds ?? null)),
      ],
    }),
  );
  builder.queryField('metricDefinitions', (t) =>
    t.field({
      type: [definition],
      authScopes,
      description: 'Every metric and what it means, by name.',
      resolve: async (_root, _args, { services }) => [...(await services.definitions.all())],
    }),
  );
  const saveInput = builder.inputType('SaveMetricDefinitionInput', {
    description: 'A definition, by its name. Unit and additivity cannot change once saved.',
    fields: (t) => ({
      name: t.string({ description: 'Lower case letters, digits and underscores.' }),
      labelEs: t.string({ description: 'Spanish label, at most 80 characters.' }),
      labelEn: t.string({ description: 'English label, at most 80 characters.' }),
      description: t.string({ required: false, description: 'Definition in words.' }),
      unit: t.string({ description: 'Unit of its values.' }),
      additivity: t.field({ type: additivity, description: 'How it adds up.' }),
      isHigherBetter: t.boolean({ required: false, description: 'Whether more is better.' }),
      isActive: t.boolean({ required: false, description: 'Default true.' }),
      dashboards: t.field({ type: [tab], description: 'Tabs that show it.' }),
    }),
  });
  builder.mutationField('saveMetricDefinition', (t) =>
    t.field({
      type: definition,
      description: 'Adds a definition or changes the one of that name. Only for who reaches every company.',
      authScopes: { permission: 'finance:write' },
      errors: { types: [Conflict, ValidationFailed], union: { name: 'SaveMetricDefinitionResult' } },
      args: { input: t.arg({ type: saveInput }) },
      resolve: (_root, { input }, { services }) => services.definitions.save(input),
    }),
  );
  const change = builder.objectRef<MetricsChange>('DailyMetricsChange').implement({
    description: 'Metrics of one place that were loaded or corrected.',
    fields: (t) => ({
      metrics: t.exposeStringList('metrics', { description: 'Names of the metrics.' }),
      from: t.expose('from', { type: 'Date', description: 'First day that changed.' }),
      to: t.expose('to', { type: 'Date', description: 'Last day that changed.' }),
      occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was written.' }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company.',
        resolve: ({ companyId }) => (companyId === null ? null : { id: companyId }),
      }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The site; null for what belongs to the company as a whole.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
    }),
  });
  builder.subscriptionField('dailyMetricsChanged', (t) =>
    t.field({
      type: change,
      authScopes,
      description: 'Metrics as they are loaded or corrected, whichever program writes them.',
      args: { companyIds: t.arg.idList({ required: false, description: 'Only these companies.' }) },
      subscribe: (_root, { companyIds }, { services }) => services.metricsChanges(companyIds ?? null),
      resolve: (event) => event,
    }),
  );
  return { tab };
}
