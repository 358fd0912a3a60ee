import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryBuilder } from '../services.ts';
import { chirpstackOutcomes, type IngestedChirpstackEvent } from './chirpstack-ingest.service.ts';

/** Adds `ingestChirpstackEvent`, the door for ChirpStack's HTTP integration. */
export function addChirpstackIngest(builder: TelemetryBuilder): void {
  const outcome = builder.enumType('ChirpstackOutcome', {
    description:
      'What became of an event. CONFLICT: something else was measured at that instant, and the first one stays. IGNORED: it is no uplink.',
    values: chirpstackOutcomes,
  });
  const ingested = builder.objectRef<IngestedChirpstackEvent>('IngestedChirpstackEvent').implement({
    description: 'What became of an event of a ChirpStack network server.',
    fields: (t) => ({
      id: t.exposeID('id', { nullable: true, description: 'Its `deduplicationId`; null for what is no uplink.' }),
      outcome: t.expose('outcome', { type: outcome, description: 'What became of it.' }),
      pointCode: t.exposeString('pointCode', {
        nullable: true,
        description: 'Code of the point that the device speaks for; null for what is no uplink.',
      }),
    }),
  });
  builder.mutationField('ingestChirpstackEvent', (t) =>
    t.field({
      type: ingested,
      description: 'Stores an uplink as the broker’s are stored, once for each `deduplicationId`.',
      authScopes: { permission: 'telemetry:ingest' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'IngestChirpstackEventResult' } },
      args: {
        event: t.arg.string({ description: 'The kind of event, as in the query of the call: `up`, `join`, `status`.' }),
        body: t.arg({ type: 'JSON', description: 'The event, in ChirpStack’s JSON.' }),
      },
      resolve: (_root, given, { services }) => services.ingestChirpstackEvent(given),
    }),
  );
}
