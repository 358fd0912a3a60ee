import { Conflict, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryBuilder } from '../services.ts';
import type { IngestedReadings, RejectedReading } from './ingest.service.ts';

/** Adds `ingestReadings`, the door for what speaks no MQTT. */
export function addIngest(builder: TelemetryBuilder): void {
  const value = builder.inputType('ReadingValueInput', {
    description: 'One value of a reading.',
    fields: (t) => ({
      channel: t.string({ description: 'Its name, as the point’s device calls it: `pulses`, `flow`, `level`.' }),
      value: t.float({ description: 'The number as it was read, before any conversion.' }),
    }),
  });
  const reading = builder.inputType('ReadingInput', {
    description: 'What a device saw at one instant.',
    fields: (t) => ({
      id: t.id({ description: 'Id of the reading, made by the sender; repeating it changes nothing.' }),
      pointCode: t.string({ description: 'Code of the point.' }),
      measuredAt: t.field({ type: 'DateTime', description: 'When it was measured.' }),
      values: t.field({ type: [value], description: 'What was measured; 1 to 64 values.' }),
    }),
  });
  const input = builder.inputType('IngestReadingsInput', {
    description: 'Readings, 2000 at most, with 20000 values between them.',
    fields: (t) => ({
      id: t.id({ description: 'Id of the request, made by the sender; repeating it gives the first answer again.' }),
      readings: t.field({ type: [reading], description: 'The readings.' }),
    }),
  });
  const rejected = builder.objectRef<RejectedReading>('RejectedReading').implement({
    description: 'A reading that was not stored.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Its id.' }),
      reason: t.exposeString('reason', {
        description: 'Why: `UNKNOWN_POINT` (or out of reach), `NO_SOURCE`, `IMPOSSIBLE_TIME`.',
      }),
    }),
  });
  const ingested = builder.objectRef<IngestedReadings>('IngestedReadings').implement({
    description: 'What became of the readings of a request.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Id of the request.' }),
      received: t.exposeInt('received', { description: 'Readings in the request.' }),
      stored: t.exposeInt('stored', { description: 'New ones.' }),
      duplicates: t.exposeInt('duplicates', { description: 'Known already, with the same values.' }),
      conflicts: t.exposeInt('conflicts', { description: 'Known already with another value: the first one stays.' }),
      rejected: t.field({
        type: [rejected],
        description: 'Those that were not stored.',
        resolve: ({ rejected: list }) => [...list],
      }),
    }),
  });
  builder.mutationField('ingestReadings', (t) =>
    t.field({
      type: ingested,
      description: 'Stores readings as the broker’s messages are stored: all of the request in one transaction.',
      authScopes: { permission: 'telemetry:ingest' },
      errors: { types: [Conflict, ValidationFailed], union: { name: 'IngestReadingsResult' } },
      args: { input: t.arg({ type: input, description: 'The readings.' }) },
      resolve: (_root, { input: given }, { services }) => services.ingest(given),
    }),
  );
}
