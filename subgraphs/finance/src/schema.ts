import { createBuilder } from '@cauce/shared/schema/builder';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { addBooks } from './books/books.schema.ts';
import { addDashboards } from './dashboards/dashboard.schema.ts';
import { addEtl } from './etl/etl.schema.ts';
import { addMetrics } from './metrics/metric.schema.ts';
import { addOrders } from './orders/order.schema.ts';
import { addWorkforce } from './people/workforce.schema.ts';
import { createRefs } from './refs.ts';
import type { FinanceServices } from './services.ts';

/** The finance subgraph's schema: orders, daily metrics, books, staff and where they come from. */
export function createFinanceSchema(): GraphQLSchema {
  const builder = createBuilder<FinanceServices>();
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  const refs = createRefs(builder);
  addOrders(builder, refs);
  const metrics = addMetrics(builder, refs);
  addDashboards(builder, refs, metrics);
  addBooks(builder, refs);
  addWorkforce(builder, refs);
  addEtl(builder, refs);
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}
