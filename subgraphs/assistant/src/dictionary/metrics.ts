import type { Metric } from './metric.ts';
import { clinicMetrics } from './metrics/clinics.ts';
import { financeMetrics } from './metrics/finance.ts';
import { inventoryMetrics } from './metrics/inventory.ts';
import { productionMetrics } from './metrics/production.ts';
import { telemetryMetrics } from './metrics/telemetry.ts';

/** Every governed metric. */
export const allMetrics: readonly Metric[] = [
  ...productionMetrics,
  ...inventoryMetrics,
  ...clinicMetrics,
  ...telemetryMetrics,
  ...financeMetrics,
];
