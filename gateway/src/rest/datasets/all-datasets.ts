import type { DatasetRoute } from '../route.ts';
import type { Dataset } from './dataset.ts';

/** Every table that partners can read. The filters are the variables of its operation. */
export const allDatasets: readonly Dataset[] = [
  paged('companies', 'data-companies', 'Companies within your reach', 'companies'),
  paged('sites', 'data-sites', 'Plants, warehouses, clinics and catchment areas within your reach', 'sites'),
  {
    ...paged('production_orders', 'data-production-orders', 'Production orders of the feed plants', 'productionOrders'),
    aliases: ['produccion_aliar'],
  },
  { ...paged('products', 'data-products', 'Products of the ERP copy', 'products'), aliases: ['erp_productos'] },
  {
    ...paged('stock', 'data-stock', 'Stock of one site, by product and warehouse', 'site.stock'),
    aliases: ['erp_inventario'],
    one: 'site',
    description: 'Take the site from `/api/data/sites`.',
  },
  { ...paged('sales', 'data-sales', 'Sales documents', 'sales'), aliases: ['erp_ventas'] },
  { ...paged('customers', 'data-customers', 'Customers', 'customers'), aliases: ['erp_clientes'] },
  paged('replenishment', 'data-replenishment', 'What to order for a site, and why', 'replenishmentProposals'),
  paged('catchment_points', 'data-catchment-points', 'Wells, intakes and other water points', 'catchmentPoints'),
  {
    name: 'measurements',
    operation: 'data-measurements',
    title: 'Readings of one variable at one water point',
    description: 'One row per reading or per step of `grain`. Long spans are joined into `max_points` rows at most.',
    connection: null,
    one: 'catchmentPoint',
    rows: 'catchmentPoint.series.points',
  },
  paged('alerts', 'data-alerts', 'Alerts of water points', 'alerts'),
  paged(
    'compliance_submissions',
    'data-compliance-submissions',
    'What was sent to regulators',
    'complianceSubmissions',
  ),
  paged('appointments', 'data-appointments', 'Appointments, without what identifies patients', 'appointments'),
  paged('slots', 'data-slots', 'Slots that can be booked, or in the states asked for', 'slots'),
  paged('orders', 'data-orders', 'Warehouse orders', 'orders'),
  {
    name: 'daily_metrics',
    operation: 'data-daily-metrics',
    title: 'Governed metrics over days, weeks, months, quarters or years',
    description: 'Names of metrics are at `/api/data/metric_definitions`.',
    connection: null,
    rows: 'dailyMetrics',
  },
  {
    name: 'metric_definitions',
    operation: 'data-metric-definitions',
    title: 'What each metric means',
    connection: null,
    rows: 'metricDefinitions',
  },
];

/** A route for each dataset, and one for each other name it has. */
export const datasetRoutes: readonly DatasetRoute[] = allDatasets.flatMap((dataset) =>
  [dataset.name, ...(dataset.aliases ?? [])].map(
    (name): DatasetRoute => ({
      kind: 'dataset',
      method: 'GET',
      path: `/api/data/${name}`,
      tag: 'data',
      summary: dataset.title,
      ...(describe(dataset, name) === undefined ? {} : { description: describe(dataset, name) ?? '' }),
      dataset,
    }),
  ),
);

function paged(name: string, operation: string, title: string, connection: string): Dataset {
  return { name, operation, title, connection, rows: `${connection}.edges.node` };
}

function describe({ name, description }: Dataset, shown: string): string | undefined {
  return shown === name ? description : `The same as \`/api/data/${name}\`, by the source system’s name.`;
}
