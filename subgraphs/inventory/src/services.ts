import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { createScopedClient } from '@cauce/shared/db/scoped-client';
import type { CauceBuilder } from '@cauce/shared/schema/builder';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { createCustomerStore } from './customers/customer.store.ts';
import { type Customers, createCustomers } from './customers/customers.service.ts';
import type { InventoryEnv } from './env.ts';
import { createInstallations, type Installations } from './erp/installations.service.ts';
import { createStockProofs, type StockProofs } from './erp/proof/stock-proof.service.ts';
import { createSyncRuns, type SyncRuns } from './erp/sync-runs.service.ts';
import { createWarehousePlacing, type WarehousePlacing } from './erp/warehouses/warehouse-placing.service.ts';
import type { Forecaster } from './forecast/forecaster.ts';
import { createForecasts, type Forecasts } from './forecast/forecasts.service.ts';
import { createForecastPast, type ForecastPast } from './forecast/past/forecast-past.service.ts';
import { createForecastRuns, type ForecastRuns } from './forecast/runs/forecast-runs.service.ts';
import type { ImportJob } from './imports/import/imports.jobs.ts';
import { createImports, type Imports } from './imports/import/imports.service.ts';
import { createKpis, type Kpis } from './kpis/kpis.service.ts';
import { createKpiStore } from './kpis/kpis.store.ts';
import { createProductStore } from './products/product.store.ts';
import { createProductWriteStore } from './products/product-writes.store.ts';
import { createProductWriting, type ProductWriting } from './products/product-writing.service.ts';
import { createProducts, type Products } from './products/products.service.ts';
import { createReplenishment, type Replenishment } from './replenishment/replenishment.service.ts';
import { createReplenishmentStore } from './replenishment/replenishment.store.ts';
import { createSettingStore } from './replenishment/setting.store.ts';
import { createReplenishmentSettings, type ReplenishmentSettings } from './replenishment/settings.service.ts';
import { inventoryRowScopes } from './row-scopes.ts';
import { createSales, type Sales } from './sales/sales.service.ts';
import { createSalesStore } from './sales/sales.store.ts';
import { createStock, type Stock } from './stock/stock.service.ts';
import { createStockStore } from './stock/stock.store.ts';
import { createStockWriteStore } from './stock/stock-writes.store.ts';
import { createStockWriting, type StockWriting } from './stock/stock-writing.service.ts';
import { createSync, type Sync } from './sync/sync.service.ts';
import { createSyncStore } from './sync/sync.store.ts';

/** What the inventory's resolvers call: one viewer's catalogue, stock and sales, each row loaded once for the request. */
export interface InventoryServices {
  readonly products: Products;
  readonly productWriting: ProductWriting;
  readonly stock: Stock;
  readonly stockWriting: StockWriting;
  readonly customers: Customers;
  readonly sales: Sales;
  readonly kpis: Kpis;
  readonly replenishment: Replenishment;
  readonly replenishmentSettings: ReplenishmentSettings;
  readonly forecasts: Forecasts;
  readonly forecastPast: ForecastPast;
  readonly forecastRuns: ForecastRuns;
  readonly sync: Sync;
  readonly syncRuns: SyncRuns;
  readonly installations: Installations;
  readonly stockProofs: StockProofs;
  readonly warehousePlacing: WarehousePlacing;
  /** The platform's clock. */
  now(): Date;
  readonly imports: Imports;
  /** Forgets what was loaded: a stream outlives what it has read, and so does a change. */
  forgetLoaded(): void;
}

export type InventoryBuilder = CauceBuilder<InventoryServices>;

/** Makes the services of each request; one maker serves the whole process. */
export function createServiceMaker(
  deps: Pick<Deps, 'db' | 'clock' | 'bus' | 'jobs' | 'settings'>,
  env: InventoryEnv,
  importJob: ImportJob,
  forecaster: Forecaster,
): (scope: RequestScope) => InventoryServices {
  const { db, clock, bus, jobs, settings } = deps;
  const secretBox = createSecretBox(settings.encryptionKey);
  const scopedFor = createScopedClient(db.client, inventoryRowScopes);
  return (scope) => {
    const { viewer, signal } = scope;
    const scoped = scopedFor(viewer);
    const products = createProducts(createProductStore(db.client, viewer, clock));
    const stock = createStock({ store: createStockStore(db.client, viewer), bus, viewer, signal });
    const customers = createCustomers(createCustomerStore(db.client, viewer));
    const sales = createSales(createSalesStore(db.client, viewer));
    const forgetLoaded = () => {
      for (const loaded of [products, stock, customers, sales]) loaded.forget();
    };
    const writing = { clock, actor: scope, forgetLoaded };
    return {
      products,
      stock,
      customers,
      sales,
      productWriting: createProductWriting({ store: createProductWriteStore(scoped), ...writing }),
      stockWriting: createStockWriting({ store: createStockWriteStore(scoped), ...writing }),
      kpis: createKpis(createKpiStore(db.client, viewer), clock),
      replenishment: createReplenishment(createReplenishmentStore(db.client, viewer), clock),
      replenishmentSettings: createReplenishmentSettings({ store: createSettingStore(scoped), clock, actor: scope }),
      forecasts: createForecasts({ pool: db.pool, clock, forecaster, viewer, signal, product: products.byId }),
      forecastPast: createForecastPast({ pool: db.pool, clock, viewer, product: products.byId }),
      forecastRuns: createForecastRuns({ client: scoped, clock, jobs, bus, actor: scope, signal }),
      sync: createSync({ store: createSyncStore(db.client, scoped, viewer), bus, viewer, signal }),
      syncRuns: createSyncRuns({ client: scoped, clock, jobs, actor: scope }),
      installations: createInstallations({ client: scoped, clock, settings, secretBox, actor: scope, signal, env }),
      stockProofs: createStockProofs({ client: scoped, clock, settings, secretBox, actor: scope, signal }),
      warehousePlacing: createWarehousePlacing({ client: scoped, clock, jobs, actor: scope }),
      now: clock.now,
      imports: createImports({ deps, job: importJob, actor: scope, signal }),
      forgetLoaded,
    };
  };
}
