import type { Dataset } from './dataset.ts';
import { accessDatasets } from './datasets/access.ts';
import { clinicDatasets } from './datasets/clinics.ts';
import { financeDatasets } from './datasets/finance.ts';
import { inventoryDatasets } from './datasets/inventory.ts';
import { productionDatasets } from './datasets/production.ts';
import { telemetryDatasets } from './datasets/telemetry.ts';

/** The data dictionary: everything that a question may be about. */
export const allDatasets: readonly Dataset[] = [
  ...productionDatasets,
  ...inventoryDatasets,
  ...clinicDatasets,
  ...telemetryDatasets,
  ...financeDatasets,
  ...accessDatasets,
];
