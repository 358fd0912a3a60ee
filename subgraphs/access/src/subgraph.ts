import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import type { SubgraphContext } from '@cauce/shared/subgraph/subgraph-context';
import { createAccessDeps } from './access-deps.ts';
import { createPruneExpired } from './prune-expired.ts';
import { createAccessSchema } from './schema.ts';
import { type AccessServices, createServicesMaker } from './services.ts';
import { createDeliverWebhook } from './webhooks/deliver-webhook.ts';
import { startFanOut, webhookConsumer } from './webhooks/fan-out.ts';
import { createSweepDeliveries } from './webhooks/sweep-deliveries.ts';

/** Who may see what: people, companies, sites, sign-ins, API keys, webhooks and the audit log. */
export function createAccessSubgraph(processDeps: Deps): Subgraph {
  const deps = createAccessDeps(processDeps);
  const deliverWebhook = createDeliverWebhook(deps);
  const servicesFor = createServicesMaker(deps, deliverWebhook);
  return {
    name: 'access',
    schema: createAccessSchema(),
    createContext: (request: RequestScope): SubgraphContext<AccessServices> => ({
      ...request,
      services: servicesFor(request),
    }),
    jobs: [deliverWebhook, createSweepDeliveries(deps, deliverWebhook), createPruneExpired(deps)],
    outboxConsumers: [webhookConsumer],
    async start() {
      const fanOut = startFanOut(deps, deliverWebhook);
      return () => fanOut.stop();
    },
  };
}
