import { createBuilder } from '@cauce/shared/schema/builder';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { addAdiflow } from './adiflow/adiflow.schema.ts';
import { addEntityFields } from './entities.schema.ts';
import { addKpis } from './kpis/kpis.schema.ts';
import { addLossAttribution } from './loss/loss.schema.ts';
import { addOrderChanges } from './orders/order-changes.schema.ts';
import { addOrderMutations } from './orders/order-mutations.schema.ts';
import { addOrderType } from './orders/order-type.schema.ts';
import { addOrderQueries } from './orders/orders.schema.ts';
import { createRefs } from './refs.ts';
import { addSeries } from './series/series.schema.ts';
import type { ProductionServices } from './services.ts';

/** The production subgraph's schema: feed-plant orders, and the numbers made from them. Needs nothing to be made. */
export function createProductionSchema(): GraphQLSchema {
  const builder = createBuilder<ProductionServices>();
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  const refs = createRefs(builder);
  const orders = addOrderType(builder, refs);
  addOrderQueries(builder, refs, orders);
  addOrderMutations(builder, refs);
  addOrderChanges(builder, refs);
  const kpis = addKpis(builder, refs);
  addSeries(builder, refs, kpis);
  addAdiflow(builder, refs, kpis);
  addLossAttribution(builder, kpis);
  addEntityFields(refs, orders);
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}
