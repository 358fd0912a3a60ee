import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';
import { createHealthRegistry } from '@cauce/shared/health/health-registry';
import { createDeps } from '@cauce/shared/subgraph/create-deps';
import { startParts } from '@cauce/shared/subgraph/start-parts';
import { createStopStack } from '@cauce/shared/subgraph/stop-stack';
import { openEntityCache } from './cache/entity-cache.ts';
import { createGateway } from './create-gateway.ts';
import { operationNamesOf } from './documents/operation-names-of.ts';
import { createPlatformDocuments, readWebDocuments } from './documents/platform-documents.ts';
import { createAccessViewers } from './door/access-viewers.ts';
import { followRights } from './door/follow-rights.ts';
import { createViewerResolver } from './door/viewer-resolver.ts';
import { createFederatedGraph, type FederatedGraph } from './graph/federated-graph.ts';
import { followSupergraph } from './graph/follow-supergraph.ts';
import { createUsageWriter } from './limits/access-usage.ts';
import { createShapeCheck } from './limits/check-shape.ts';
import { defaultLimits, maxTokens } from './limits/operation-limits.ts';
import { createQuota } from './limits/quota.ts';
import { createUsageLedger } from './limits/usage-ledger.ts';
import { createObserver } from './observe/create-observer.ts';
import { logFetchFailures } from './observe/log-fetch-failures.ts';
import { openPlanners } from './plan/open-planners.ts';
import { defaultStreamLimits } from './streams/stream-limits.ts';
import { createTransports } from './transports/create-transports.ts';

export interface PlatformOptions {
  readonly env: PlatformEnv;
  readonly databaseUrl: string;
  /** Names the process in logs and in Postgres. */
  readonly process: string;
  /** Whether this process also works the jobs of its subgraphs. */
  readonly isWorker: boolean;
}

export interface Platform {
  readonly url: string;
  readonly graph: FederatedGraph;
  stop(): Promise<void>;
}

const composedSupergraph = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/**
 * Puts the world of one process together: the gateway, the subgraphs that live here, their background work. Which
 * subgraphs those are is a matter of the environment; everything else is the same one way or the other.
 */
export async function startPlatform({ env, databaseUrl, process, isWorker }: PlatformOptions): Promise<Platform> {
  const world = await createDeps({ env, databaseUrl, process, isWorker });
  const { deps } = world;
  const parts = createStopStack(deps.log);
  parts.push('world', world.stop, 30_000);
  try {
    const web = readWebDocuments();
    const operationNames = operationNamesOf(web);
    const observer = createObserver({ deps, slowOperationMs: env.slowOperationMs, operationNames });
    const supergraphFile = env.supergraphFile ?? composedSupergraph;
    const supergraphSdl = readFileSync(supergraphFile, 'utf8');
    const cache = openEntityCache(env, deps, supergraphSdl);
    if (cache !== null) parts.push('cache', cache.stop);
    const transports = createTransports(env, deps, (name, inner) =>
      observer.transport(name, cache?.transport(name, inner) ?? inner),
    );
    parts.push('transports', transports.close);
    const isInspectionOpen = env.mode !== 'production';
    const planners = openPlanners(env.planner, deps);
    parts.push('planner', planners.stop);
    const graph = createFederatedGraph({
      createPlanner: planners.createPlanner,
      observer: observer.execution,
      observeExecutor: observer.executor,
      workBegins: observer.workBegins,
      supergraphSdl,
      transports: transports.byName,
      maxTokens,
      checkDocument: createShapeCheck(defaultLimits),
      hidesSuggestions: !isInspectionOpen,
      reportFetchFailure: logFetchFailures(deps.log),
    });
    graph.onReload(() => cache?.reload(graph.supergraphSdl));
    const access = transports.byName.get('access');
    if (access === undefined) throw new Error('The graph has no access subgraph');
    const documents = createPlatformDocuments({ env, web, access, bus: deps.bus });
    parts.push('documents of keys', documents.stop);
    const viewers = createViewerResolver(createAccessViewers(access), deps.settings.tokenSecret);
    const ledger = createUsageLedger({ write: createUsageWriter(access), log: deps.log });
    parts.push('usage of keys', ledger.stop);
    const quota = createQuota({ counters: deps.quotaCounters, ledger, clock: deps.clock, metrics: deps.metrics });
    const health = createHealthRegistry({ clock: deps.clock });
    health.add(world.health);
    for (const subgraph of transports.local) health.add(subgraph.health ?? []);

    parts.push('subgraphs', await startParts(transports.local, deps.log), 20_000);
    if (isWorker) {
      await world.startJobs(
        transports.local.flatMap(({ jobs }) => jobs),
        transports.local.flatMap(({ outboxConsumers = [] }) => outboxConsumers),
      );
    }
    world.startRelay();
    const gateway = await createGateway({
      deps,
      graph,
      viewers,
      quota,
      health,
      subgraphs: transports.local,
      host: env.host,
      port: env.gatewayPort,
      allowedOrigins: env.corsOrigins,
      documents,
      isInspectionOpen,
      streamObserver: observer.streams,
      streamLimits: {
        ...defaultStreamLimits,
        ...{ maxMembers: env.live.streams, maxPerViewer: env.live.streamsPerViewer },
      },
      maxConnections: env.live.connections,
      version: '0.1.0',
    });
    parts.push('gateway', gateway.stop, 10_000);
    parts.push('supergraph', followSupergraph({ graph, file: supergraphFile, log: deps.log }));
    parts.push('rights', followRights(deps, viewers, gateway.connections));
    return { url: gateway.url, graph, stop: parts.stop };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}
