import { z } from 'zod';
import { at } from '../answer.ts';
import type { Route } from '../route.ts';

const text = z.string().min(1).max(100);
const reading = z.strictObject({
  id: text,
  pointCode: z.string().min(1).max(40),
  measuredAt: z.iso.datetime({ offset: true }),
  values: z
    .array(z.strictObject({ channel: z.string().min(1).max(64), value: z.number() }))
    .min(1)
    .max(64),
});

/** Believed where it is read: what other events hold is nobody's business here. */
const uplink = z.looseObject({
  deduplicationId: z.unknown().optional(),
  time: z.unknown().optional(),
  deviceInfo: z.unknown().optional(),
  object: z.unknown().optional(),
});

/** The door for devices and gateways that speak HTTP and no MQTT. */
export const telemetryRoutes: readonly Route[] = [
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/telemetry/readings',
    tag: 'telemetry',
    summary: 'Stores readings, all of a request or none of it',
    description:
      'Needs a key with `telemetry:ingest`. `id` is made by the sender: the same request again gives the first answer and stores nothing, another one under the same id is answered 409. A reading of a point that is unknown or out of reach is told in `rejected`; the others are stored.',
    operation: 'readings-ingest',
    rules: { id: text, readings: z.array(reading).min(1).max(2_000) },
    answer: at('ingestReadings'),
    example: {
      id: '2026-11-20T12:00:00Z/logger-7',
      readings: [
        {
          id: 'logger-7/4711',
          pointCode: 'POZO-1',
          measuredAt: '2026-11-20T11:55:00Z',
          values: [
            { channel: 'pulses', value: 120934 },
            { channel: 'level', value: 35.2 },
          ],
        },
      ],
    },
  },
  {
    kind: 'operation',
    method: 'POST',
    path: '/api/telemetry/chirpstack',
    tag: 'telemetry',
    summary: 'Takes the events of a ChirpStack network server (its HTTP integration, JSON)',
    description:
      'Needs a key with `telemetry:ingest`, as a header of the integration. An uplink is stored once for each `deduplicationId`, as over MQTT; any other event is taken and ignored. A device that no point within reach has is answered 404; an uplink that cannot be read, or that no codec has decoded, 422 with the reason.',
    operation: 'chirpstack-event',
    wholeBody: 'body',
    rules: { event: z.string().min(1).max(40), body: uplink },
    answer: at('ingestChirpstackEvent'),
    example: {
      deduplicationId: '0f0e0d0c-0000-4000-8000-000000000001',
      time: '2026-11-20T11:55:00Z',
      deviceInfo: { applicationId: '7a1e0f9c-0000-4000-8000-000000000001', devEui: '0101010101010101' },
      fCnt: 42,
      object: { pulses: 120934 },
    },
  },
];
