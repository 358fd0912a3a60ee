import type { addMetrics } from '../metrics/metric.schema.ts';
import type { FinanceRefs } from '../refs.ts';
import type { FinanceBuilder } from '../services.ts';
import type { DashboardMetric, DashboardView } from './dashboards.ts';

/** Adds `dashboard(tab)`. */
export function addDashboards(
  builder: FinanceBuilder,
  { definition, value }: FinanceRefs,
  { tab }: ReturnType<typeof addMetrics>,
): void {
  const metric = builder.objectRef<DashboardMetric>('DashboardMetric').implement({
    description: 'One metric over the last 30 days, beside the 30 before.',
    fields: (t) => ({
      definition: t.expose('definition', { type: definition, description: 'What it means.' }),
      current: t.expose('current', {
        type: value,
        nullable: true,
        description: 'The last 30 days; null without data.',
      }),
      previous: t.expose('previous', {
        type: value,
        nullable: true,
        description: 'The 30 days before; null without data.',
      }),
      days: t.field({ type: [value], description: 'Day by day.', resolve: ({ days }) => [...days] }),
    }),
  });
  const view = builder.objectRef<DashboardView>('DashboardView').implement({
    description: 'A tab of headline numbers, as far as the viewer reaches.',
    fields: (t) => ({
      tab: t.expose('tab', { type: tab, description: 'Which tab.' }),
      from: t.expose('from', { type: 'Date', description: 'First day of the current period.' }),
      to: t.expose('to', { type: 'Date', description: 'Last day: today, in the zone of the books.' }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When a number within reach was last written; null when there is none.',
      }),
      metrics: t.field({
        type: [metric],
        description: 'In the order of the tab.',
        resolve: ({ metrics }) => [...metrics],
      }),
    }),
  });
  builder.queryField('dashboard', (t) =>
    t.field({
      // Adds up whole tables of the viewer's reach.
      cost: 50,
      type: view,
      description: 'A tab that was granted to the viewer; FORBIDDEN for any other.',
      authScopes: { permission: 'finance:read' },
      args: { tab: t.arg({ type: tab }) },
      resolve: (_root, { tab: wanted }, { services }) => services.dashboards.view(wanted),
    }),
  );
}
