import { byCompany, byParent, bySiteOrCompany, type RowScopes, reference } from '@cauce/shared/db/row-scope';

/** Orders, metrics and staff of a site are seen by who reaches the site; books and runs by who reaches the company. */
export const financeRowScopes: RowScopes = {
  Order: bySiteOrCompany(),
  OrderLine: bySiteOrCompany(),
  DailyMetric: bySiteOrCompany(),
  Worker: bySiteOrCompany(),
  EtlSource: byCompany(),
  EtlRun: byCompany(),
  EtlCertificate: byParent('run', 'runId', 'EtlRun'),
  ReconciliationDifference: byCompany(),
  MetricDefinition: reference,
  MetricDashboard: reference,
};
