import { randomUUID } from 'node:crypto';
import { signIn } from '@cauce/e2e/platform/graph-client';
import { startTestPlatform } from '@cauce/e2e/platform/start-platform';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { freePort } from '@cauce/shared/test/free-port';
import mqtt from 'mqtt';
import pg from 'pg';
import { accepts } from '../../scripts/processes/mosquitto.ts';
import { startProcess } from '../../scripts/processes/start-process.ts';
import { startSeededDatabase } from '../../scripts/test/seeded-database.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';

/**
 * One reading, published over MQTT, to many graphql-ws subscribers of one topic: from the commit of the reading, as
 * another connection to the database hears of it, to the last subscriber. Against the least there can be in the same
 * run: a bare server that sends the same bytes to as many sockets.
 *
 *   node bench/live/fan-out.bench.ts [in-process|services] [subscribers] [events]
 */
const way = process.argv[2] === 'services' ? 'services' : 'in-process';
const subscribers = Number(process.argv[3] ?? 2_000);
const events = Number(process.argv[4] ?? 20);

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id);
if (point === undefined) throw new Error('The demo has no catchment point');
const operations = {
  'what the event holds': `subscription { measurementAdded(pointIds: ["${point.id}"]) { variable value unit measuredAt } }`,
  'completed from access': `subscription { measurementAdded(pointIds: ["${point.id}"]) { variable value unit measuredAt point { code site { name company { name } } } } }`,
};

const database = await startSeededDatabase();
const platform = await startTestPlatform(
  { seededUrl: database.url, env: { CAUCE_LIVE_STREAMS_PER_VIEWER: '20000' } },
  way,
);
const device = await mqtt.connectAsync(platform.mqttUrl);
const listener = new pg.Client({ connectionString: platform.databaseUrl });
try {
  await listener.connect();
  await listener.query('LISTEN cauce_outbox');
  let committed: (atMs: number) => void = () => {};
  listener.on('notification', () => committed(nowMs()));
  const client = await signIn(platform, 'gerente');
  console.log(`One reading to ${subscribers} subscribers, ${way}, ${events} events`);
  for (const [name, operation] of Object.entries(operations)) {
    const before = await residentMb(platform.url);
    const crowd = await gatherCrowd(
      `${platform.url.replace('http', 'ws')}/graphql`,
      subscribers,
      client.accessToken,
      operation,
    );
    const after = await residentMb(platform.url);
    let bytes = '';
    const taken = await measure(
      crowd,
      async (index) => {
        const commit = new Promise<number>((resolve) => {
          committed = resolve;
        });
        const body = { id: randomUUID(), ts: new Date().toISOString(), values: { level: 20 + index / 100 } };
        await device.publishAsync(`cauce/${point.code}/up`, JSON.stringify(body), { qos: 1 });
        return commit;
      },
      (text) => {
        bytes = text;
      },
    );
    await crowd.stop();
    const bare = await measureBare(bytes, client.accessToken, operation);
    console.log(`  ${name}, ${bytes.length} bytes each`);
    console.log(
      `    commit to last   p50 ${ms(at(taken, 0.5))}   p95 ${ms(at(taken, 0.95))}   longest ${ms(at(taken, 1))}`,
    );
    console.log(`    bare broadcast   p50 ${ms(at(bare, 0.5))}   p95 ${ms(at(bare, 0.95))}`);
    console.log(
      `    ratio            p50 ${(at(taken, 0.5) / at(bare, 0.5)).toFixed(1)}   p95 ${(at(taken, 0.95) / at(bare, 0.95)).toFixed(1)}`,
    );
    console.log(
      `    memory           ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB with them: ${(((after - before) * 1024) / subscribers).toFixed(0)} KB each`,
    );
  }
} finally {
  await listener.end();
  await device.endAsync();
  await platform.stop();
  await database.stop();
}

/** Milliseconds from the start of each event to the last subscriber, the first two left out, sorted. */
async function measure(
  crowd: Crowd,
  start: (index: number) => Promise<number>,
  keep: (text: string) => void,
): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < events + 2; index += 1) {
    const startedMs = await start(index);
    const { text, lastMs } = await crowd.next();
    keep(text);
    if (index >= 2) taken.push(lastMs - startedMs);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return taken.sort((a, b) => a - b);
}

async function measureBare(bytes: string, accessToken: string, operation: string): Promise<number[]> {
  const port = await freePort();
  const server = await startProcess({
    name: 'bare broadcast',
    command: process.execPath,
    args: [new URL('bare-broadcast.ts', import.meta.url).pathname, String(port)],
    isReady: () => accepts(port),
  });
  try {
    const crowd = await gatherCrowd(`ws://127.0.0.1:${port}/graphql`, subscribers, accessToken, operation);
    const taken = await measure(
      crowd,
      async (index) => {
        // A different text each time, as long as the first.
        const body = bytes.replace(
          /"value":[\d.]+/,
          (value) => `"value":${String(index).padStart(value.length - 8, '1')}`,
        );
        return Number(await (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).text());
      },
      () => {},
    );
    await crowd.stop();
    return taken;
  } finally {
    await server.stop();
  }
}

async function residentMb(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes(?:\{[^}]*\})? ([\d.e+]+)$/m.exec(text)?.[1] ?? 0) / 1_048_576;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
