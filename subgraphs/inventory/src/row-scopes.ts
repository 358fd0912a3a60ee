import { byCompany, byParent, bySite, bySiteOrCompany, type RowScopes } from '@cauce/shared/db/row-scope';

/**
 * The catalogue and the customers are a company's; stock and sales belong to the site where they are. A row of an ERP
 * that nobody has placed yet has neither: only who reaches everything sees it.
 */
export const inventoryRowScopes: RowScopes = {
  Category: byCompany(),
  Product: byCompany(),
  Customer: byCompany(),
  Warehouse: bySiteOrCompany(),
  StockLevel: bySiteOrCompany(),
  StockMovement: bySiteOrCompany(),
  Sale: bySiteOrCompany(),
  SaleLine: bySiteOrCompany(),
  ReplenishmentSetting: bySiteOrCompany(),
  DemandForecast: bySite(),
  PastForecast: bySite(),
  ForecastOutcome: bySite(),
  ForecastRun: byCompany(),
  ErpInstallation: byCompany(),
  SyncJob: byCompany(),
  StockProof: byParent('installation', 'installationId', 'ErpInstallation'),
  SyncSchedule: byParent('installation', 'installationId', 'ErpInstallation'),
};
