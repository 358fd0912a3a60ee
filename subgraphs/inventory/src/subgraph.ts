import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { type InventoryEnv, readInventoryEnv } from './env.ts';
import { erpJobs } from './erp/erp.jobs.ts';
import { createForecaster } from './forecast/forecaster.ts';
import { pastForecastJobs } from './forecast/past/past.jobs.ts';
import { forecastJobs } from './forecast/runs/forecast.jobs.ts';
import { createImportJob, createSettleJob } from './imports/import/imports.jobs.ts';
import { createInventorySchema } from './schema.ts';
import { createServiceMaker } from './services.ts';

/** What there is, where it lies, what sells and what to buy; and how old the copy of the ERP is that says so. */
export function createInventorySubgraph(deps: Deps, env: InventoryEnv = readInventoryEnv()): Subgraph {
  const forecaster = createForecaster();
  const importJob = createImportJob(deps);
  const servicesOf = createServiceMaker(deps, env, importJob, forecaster);
  return {
    name: 'inventory',
    schema: createInventorySchema(),
    createContext: (scope) => ({ ...scope, services: servicesOf(scope) }),
    jobs: [
      ...erpJobs(deps),
      importJob,
      createSettleJob(deps, importJob),
      ...forecastJobs(deps, forecaster),
      ...pastForecastJobs(deps),
    ],
    start: async () => () => forecaster.end(),
  };
}
