import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { createFinanceSchema } from './schema.ts';
import { createServiceMaker } from './services.ts';

/** Warehouse orders, daily metrics, books and staff, each within the companies and sites that a viewer reaches. */
export function createFinanceSubgraph(deps: Deps): Subgraph {
  const servicesOf = createServiceMaker(deps);
  return {
    name: 'finance',
    schema: createFinanceSchema(),
    createContext: (scope) => ({ ...scope, services: servicesOf(scope) }),
    jobs: [],
  };
}
