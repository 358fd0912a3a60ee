import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { allDatasets } from './dictionary/datasets.ts';
import { allMetrics } from './dictionary/metrics.ts';
import { publishDefinitions } from './dictionary/publish-definitions.ts';
import { createAssistantSchema } from './schema.ts';
import { createServices } from './services.ts';

/** The data dictionary, the governed metrics, and each person's questions and answers. */
export function createAssistantSubgraph(deps: Deps): Subgraph {
  return {
    name: 'assistant',
    schema: createAssistantSchema(),
    createContext: (scope) => ({ ...scope, services: createServices(deps, scope) }),
    jobs: [],
    async start() {
      await publishDefinitions(deps.db.client, deps.log, { datasets: allDatasets, metrics: allMetrics });
      return async () => {};
    },
  };
}
