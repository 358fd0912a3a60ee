import { createAccessSubgraph } from '@cauce/access';
import { createAssistantSubgraph } from '@cauce/assistant';
import { createClinicsSubgraph } from '@cauce/clinics';
import { createFinanceSubgraph } from '@cauce/finance';
import { createInventorySubgraph } from '@cauce/inventory';
import { createProductionSubgraph } from '@cauce/production';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph, SubgraphName } from '@cauce/shared/subgraph/subgraph';
import { createTelemetrySubgraph } from '@cauce/telemetry';

/** How each subgraph is made. The only file of the gateway that knows the domains. */
export const subgraphRegistry: Readonly<Record<SubgraphName, (deps: Deps) => Subgraph>> = {
  access: createAccessSubgraph,
  production: createProductionSubgraph,
  inventory: createInventorySubgraph,
  clinics: createClinicsSubgraph,
  telemetry: createTelemetrySubgraph,
  finance: createFinanceSubgraph,
  assistant: createAssistantSubgraph,
};
