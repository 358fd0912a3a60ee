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
];
