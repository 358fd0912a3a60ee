import { datasetRoutes } from '../datasets/all-datasets.ts';
import type { Route } from '../route.ts';
import { assistantRoutes } from './assistant.ts';
import { authRoutes } from './auth.ts';
import { clinicRoutes } from './clinics.ts';
import { inventoryRoutes } from './inventory.ts';
import { platformRoutes } from './platform.ts';
import { syncRoutes } from './sync.ts';
import { telemetryRoutes } from './telemetry.ts';

/** The whole table, in the order of the reference. */
export const allRoutes: readonly Route[] = [
  ...platformRoutes,
  ...authRoutes,
  ...datasetRoutes,
  ...inventoryRoutes,
  ...syncRoutes,
  ...telemetryRoutes,
  ...assistantRoutes,
  ...clinicRoutes,
];
