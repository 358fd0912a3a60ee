import { createScopedClient } from '@cauce/shared/db/scoped-client';
import type { CauceBuilder } from '@cauce/shared/schema/builder';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { type Adiflow, createAdiflow } from './adiflow/adiflow.service.ts';
import { createAdiflowStore } from './adiflow/adiflow.store.ts';
import { createKpis, type Kpis } from './kpis/kpis.service.ts';
import { createKpiStore } from './kpis/kpis.store.ts';
import { type OrderChange, orderChanges } from './orders/order-changes.service.ts';
import { createOrderWriteStore } from './orders/order-writes.store.ts';
import { createOrderWriting, type OrderWriting } from './orders/order-writing.service.ts';
import { createOrders, type Orders } from './orders/orders.service.ts';
import { createOrderStore } from './orders/orders.store.ts';
import { createProductOrderStore } from './orders/product-orders.store.ts';
import { productionRowScopes } from './row-scopes.ts';
import { createSeries, type Series } from './series/series.service.ts';
import { createSeriesStore } from './series/series.store.ts';

/** What production's resolvers call: one viewer's orders and numbers, each loaded once for the request. */
export interface ProductionServices {
  readonly orders: Orders;
  readonly kpis: Kpis;
  readonly series: Series;
  readonly adiflow: Adiflow;
  readonly orderWriting: OrderWriting;
  orderChanges(siteIds: readonly string[] | null): AsyncIterable<OrderChange>;
  /** Forgets what was loaded: a stream outlives what it has read. */
  forgetLoaded(): void;
}

export type ProductionBuilder = CauceBuilder<ProductionServices>;

/** Makes the services of each request; one maker serves the whole process. */
export function createServiceMaker({
  db,
  clock,
  bus,
}: Pick<Deps, 'db' | 'clock' | 'bus'>): (scope: RequestScope) => ProductionServices {
  const scopedFor = createScopedClient(db.client, productionRowScopes);
  return (scope) => {
    const { viewer, signal } = scope;
    const client = scopedFor(viewer);
    const loadedServices = () => ({
      orders: createOrders({
        store: createOrderStore(client),
        productStore: createProductOrderStore(db.client, viewer),
      }),
      kpis: createKpis(createKpiStore(db.client, viewer), viewer),
    });
    let loaded = loadedServices();
    return {
      get orders() {
        return loaded.orders;
      },
      get kpis() {
        return loaded.kpis;
      },
      series: createSeries(createSeriesStore(db.client, viewer)),
      adiflow: createAdiflow(createAdiflowStore(db.client, viewer)),
      orderWriting: createOrderWriting({ store: createOrderWriteStore(client), clock, actor: scope }),
      orderChanges: (siteIds) => orderChanges(bus, viewer, siteIds, signal),
      forgetLoaded: () => {
        loaded = loadedServices();
      },
    };
  };
}
