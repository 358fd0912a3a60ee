import { createBuilder } from '@cauce/shared/schema/builder';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { addAlerts } from './alerts/alerts.schema.ts';
import { addCompliance } from './compliance/compliance.schema.ts';
import { addFacts } from './facts/facts.schema.ts';
import { addDeadLetters } from './intake/dead-letters.schema.ts';
import { addIngest } from './intake/ingest.schema.ts';
import { addLive } from './live/live.schema.ts';
import { addNotifications } from './notifications/notifications.schema.ts';
import { addPlaceFields } from './places/place-fields.schema.ts';
import { addPointMutations } from './points/point-mutations.schema.ts';
import { addPointType } from './points/point-type.schema.ts';
import { addPointQueries } from './points/points.schema.ts';
import { addProviderMutations } from './providers/provider-mutations.schema.ts';
import { addProviders } from './providers/providers.schema.ts';
import { createRefs } from './refs.ts';
import { addReprocess } from './reprocess/reprocess.schema.ts';
import { addSeries } from './series/series.schema.ts';
import type { TelemetryServices } from './services.ts';
import { addSimulator } from './simulator/simulator.schema.ts';
import { addVariables } from './variables/variables.schema.ts';

/** The telemetry subgraph's schema: catchment points and everything that is measured there. Needs nothing to be made. */
export function createTelemetrySchema(): GraphQLSchema {
  const builder = createBuilder<TelemetryServices>();
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  const refs = createRefs(builder);
  addPointType(builder, refs);
  addPointQueries(builder, refs);
  addPointMutations(builder, refs);
  addVariables(builder, refs);
  addReprocess(builder, refs);
  addFacts(builder, refs);
  addSeries(builder, refs);
  addAlerts(builder, refs);
  addNotifications(builder, refs);
  addProviders(builder, refs);
  addProviderMutations(builder, refs);
  addCompliance(builder, refs);
  addPlaceFields(builder, refs);
  addIngest(builder);
  addSimulator(builder, refs);
  addDeadLetters(builder, refs);
  addLive(builder, refs);
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}
