import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { releaseHoldsJob } from './booking/release-run-out-holds.ts';
import { createClinicsSchema } from './schema.ts';
import { createServiceMaker } from './services.ts';

/** Clinics: who works there, what can be booked, who booked it and what was said. */
export function createClinicsSubgraph(deps: Deps): Subgraph {
  const servicesOf = createServiceMaker(deps);
  return {
    name: 'clinics',
    schema: createClinicsSchema(),
    createContext: (scope) => ({ ...scope, services: servicesOf(scope) }),
    jobs: [releaseHoldsJob(deps.db.client)],
  };
}
