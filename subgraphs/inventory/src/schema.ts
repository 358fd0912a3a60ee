import { createBuilder } from '@cauce/shared/schema/builder';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { addCustomers } from './customers/customers.schema.ts';
import { addErp } from './erp/erp.schema.ts';
import { addForecasts } from './forecast/forecasts.schema.ts';
import { addForecastPast } from './forecast/past/forecast-past.schema.ts';
import { addForecastRuns } from './forecast/runs/forecast-runs.schema.ts';
import { addImports } from './imports/import/imports.schema.ts';
import { addKpis } from './kpis/kpis.schema.ts';
import { addProductMutations } from './products/product-mutations.schema.ts';
import { addProductType } from './products/product-type.schema.ts';
import { addProductQueries } from './products/products.schema.ts';
import { createRefs } from './refs.ts';
import { addReplenishment } from './replenishment/replenishment.schema.ts';
import { addSales } from './sales/sales.schema.ts';
import type { InventoryServices } from './services.ts';
import { addSiteFields } from './stock/site.schema.ts';
import { addStock } from './stock/stock.schema.ts';
import { addStockMutations } from './stock/stock-mutations.schema.ts';
import { addSync } from './sync/sync.schema.ts';

/** The inventory subgraph's schema: catalogue, stock, sales, and the copies of the ERPs. Needs nothing to be made. */
export function createInventorySchema(): GraphQLSchema {
  const builder = createBuilder<InventoryServices>();
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  const refs = createRefs(builder);
  addProductType(builder, refs);
  addProductQueries(builder, refs);
  addProductMutations(builder, refs);
  addStock(builder, refs);
  addStockMutations(builder, refs);
  addSiteFields(builder, refs);
  addCustomers(builder, refs);
  addSales(builder, refs);
  addKpis(builder, refs);
  addReplenishment(builder, refs);
  addForecasts(builder, refs);
  addForecastPast(builder, refs);
  addForecastRuns(builder, refs);
  addErp(builder, refs, addSync(builder, refs));
  addImports(builder, refs);
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}
