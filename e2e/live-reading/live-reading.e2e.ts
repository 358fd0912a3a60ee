import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { publishReading } from './publish-reading.ts';

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id) ?? demoPoints[0];
if (point === undefined) throw new Error('The demo has no catchment point');

const subscription = `subscription($points: [ID!]) {
  measurementAdded(pointIds: $points) { variable value unit measuredAt point { code site { name company { name } } } }
}`;

const platform = joinPlatform();
let operator: GraphClient;

beforeAll(async () => {
  operator = await signIn(platform, 'agua');
});

const expected = (value: number) => ({
  measurementAdded: {
    variable: 'LEVEL',
    value,
    point: { code: point.code, site: { name: 'Planta Norte', company: { name: 'Grupo Ribera' } } },
  },
});

describe('a reading published by an MQTT client', () => {
  it('reaches a WebSocket subscriber within a second, completed with its site and company from access', async () => {
    const socket = operator.connect();
    const stream = socket.iterate({ query: subscription, variables: { points: [point.id] } });
    const first = stream.next();
    await settled();
    const startedMs = performance.now();
    await publishReading(platform.mqttUrl, point.code, { level: 31.25 });
    const { value } = await first;
    expect(value?.errors).toBeUndefined();
    expect(value?.data).toMatchObject(expected(31.25));
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await stream.return?.();
    await socket.dispose();
  });

  it('reaches a subscriber over an event stream on the same path', async () => {
    const response = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${operator.accessToken}`,
      },
      body: JSON.stringify({ query: subscription, variables: { points: [point.id] } }),
    });
    expect(response.status).toBe(200);
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()).getReader();
    await settled();
    await publishReading(platform.mqttUrl, point.code, { level: 31.5 });
    let text = '';
    for (let isOpen = true; isOpen && !text.includes('event: next'); ) {
      const { done, value = '' } = await reader.read();
      text += value;
      isOpen = !done;
    }
    const data: unknown = JSON.parse(/data: (\{.*\})/.exec(text)?.[1] ?? 'null');
    expect(data).toMatchObject({ data: expected(31.5) });
    await reader.cancel();
  });

  it('is not heard by the other company', async () => {
    const other = await signIn(platform, 'quillay');
    const socket = other.connect();
    const heard: unknown[] = [];
    const end = socket.subscribe(
      { query: subscription, variables: { points: [point.id] } },
      {
        next: (value) => heard.push(value),
        error: (error) => heard.push(error),
        complete: () => {},
      },
    );
    await settled();
    await publishReading(platform.mqttUrl, point.code, { level: 31.75 });
    await settled();
    expect(heard.filter((value) => JSON.stringify(value).includes('31.75'))).toEqual([]);
    end();
    await socket.dispose();
  });
});

/** Time for a subscription to open, or for an event that must not come. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 700));
}
