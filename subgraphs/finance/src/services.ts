import type { EtlCertificate, EtlRun, EtlSource } from '@cauce/prisma/client';
import { createIdLoader, createListLoader, type Loader } from '@cauce/shared/db/create-loader';
import { createScopedClient } from '@cauce/shared/db/scoped-client';
import type { CauceBuilder } from '@cauce/shared/schema/builder';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type DataLoader from 'dataloader';
import { createBooksStore } from './books/books.store.ts';
import { dayOf } from './business-day.ts';
import { createDashboards, type Dashboards } from './dashboards/dashboards.ts';
import { createEtlStore } from './etl/etl.store.ts';
import { createEtl, type Etl } from './etl/etl.ts';
import { createDailyMetricStore } from './metrics/daily-metric.store.ts';
import { createDailyMetrics, type DailyMetrics } from './metrics/daily-metrics.ts';
import { createDefinitionStore } from './metrics/definition.store.ts';
import { createDefinitions, type Definitions } from './metrics/definitions.ts';
import { type MetricsChange, metricsChanges } from './metrics/metrics-changed.ts';
import { createOrderStore } from './orders/order.store.ts';
import { createOrders, type Orders } from './orders/orders.ts';
import { createWorkforceStore } from './people/workforce.ts';
import { financeRowScopes } from './row-scopes.ts';

/** What finance's resolvers call: one viewer's orders, metrics, books and runs, loaded once for the request. */
export interface FinanceServices {
  readonly orders: Orders;
  readonly metrics: DailyMetrics;
  readonly definitions: Definitions;
  readonly dashboards: Dashboards;
  readonly books: ReturnType<typeof createBooksStore>;
  readonly workforce: ReturnType<typeof createWorkforceStore>;
  readonly etl: Etl;
  readonly run: Loader<EtlRun>;
  readonly source: Loader<EtlSource>;
  readonly certificates: DataLoader<string, readonly EtlCertificate[]>;
  /** The day it is for the books. */
  today(): string;
  metricsChanges(companyIds: readonly string[] | null): AsyncIterable<MetricsChange>;
}

export type FinanceBuilder = CauceBuilder<FinanceServices>;

/** Makes the services of each request; one maker serves the whole process. */
export function createServiceMaker({ db, clock, bus }: Pick<Deps, 'db' | 'clock' | 'bus'>) {
  const scopedFor = createScopedClient(db.client, financeRowScopes);
  return (scope: RequestScope): FinanceServices => {
    const { viewer, signal } = scope;
    const client = scopedFor(viewer);
    const etlStore = createEtlStore(client);
    const metricStore = createDailyMetricStore(client, db.client, viewer);
    const metrics = createDailyMetrics(metricStore);
    const definitions = createDefinitions({
      store: createDefinitionStore(db.client),
      actor: scope,
    });
    return {
      orders: createOrders(createOrderStore(client, db.client, viewer)),
      metrics,
      definitions,
      dashboards: createDashboards({ definitions, metrics, metricStore, viewer, clock }),
      books: createBooksStore(db.client, viewer),
      workforce: createWorkforceStore(db.client, viewer),
      etl: createEtl(etlStore, clock),
      run: createIdLoader((ids) => etlStore.runsById(ids)),
      source: createIdLoader((ids) => etlStore.sourcesById(ids)),
      certificates: createListLoader(
        (ids) => etlStore.certificates(ids),
        (row) => row.runId,
      ),
      today: () => dayOf(clock.now()),
      metricsChanges: (companyIds) => metricsChanges(bus, viewer, companyIds, signal),
    };
  };
}
