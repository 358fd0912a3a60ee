import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { createProductionSchema } from './schema.ts';
import { createServiceMaker } from './services.ts';

/** Feed-plant orders: the list, the numbers, what Adiflow does, where the loss goes, and every change live. */
export function createProductionSubgraph(deps: Deps): Subgraph {
  const servicesOf = createServiceMaker(deps);
  return {
    name: 'production',
    schema: createProductionSchema(),
    createContext: (scope) => ({ ...scope, services: servicesOf(scope) }),
    jobs: [],
  };
}
