import { randomUUID } from 'node:crypto';
import { lastThirtyDays, overviewQuery } from '@cauce/e2e/overview/overview-query';
import { signIn } from '@cauce/e2e/platform/graph-client';
import { startTestPlatform, type TestPlatform } from '@cauce/e2e/platform/start-platform';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { startRedisServer } from '@cauce/shared/test/redis-server';
import mqtt from 'mqtt';
import pg from 'pg';
import { startSeededDatabase } from '../../scripts/test/seeded-database.ts';
import { gatherCrowd } from '../live/crowd.ts';
import { measureLatencies } from '../overview/latencies.ts';

/**
 * What the gateway's cache is worth: the same work with and without it, on two platforms that take turns in one run.
 * The overview query; a list of places, also as the processor's time of the gateway's process; and one reading to many subscribers of whom no two ask the same, so that each has its site and
 * company fetched for itself.
 *
 *   node bench/cache/cache.bench.ts [in-process|services] [memory|redis] [rounds] [subscribers, 0 for none]
 */
const way = process.argv[2] === 'services' ? 'services' : 'in-process';
const mode = process.argv[3] === 'redis' ? 'redis' : 'memory';
const rounds = Number(process.argv[4] ?? 7);
const subscribers = Number(process.argv[5] ?? 1_000);
const roundMs = 1_500;

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id);
if (point === undefined) throw new Error('The demo has no catchment point');
const subscription = `subscription { measurementAdded(pointIds: ["${point.id}", "0199c0de-0000-7000-8000-NUMBER"]) {
  variable value unit measuredAt point { code site { name company { name } } } } }`;

const placesQuery = `query Places { sites(first: 50) { totalCount pageInfo { hasNextPage endCursor }
  edges { node { id code name kind timeZone latitude longitude address isActive company { id code } } } } }`;

const database = await startSeededDatabase();
const platforms: TestPlatform[] = [];
const stops: (() => Promise<void>)[] = [];
const servers: { readonly stop: () => Promise<void> }[] = [];
try {
  for (const cache of ['off', mode]) {
    // Services have a Redis of their own between them anyway.
    const redis = mode === 'redis' && way === 'in-process' ? await startRedisServer() : null;
    if (redis !== null) servers.push(redis);
    const env = { CAUCE_CACHE: cache, ...(redis && { REDIS_URL: redis.url }) };
    platforms.push(await startTestPlatform({ seededUrl: database.url, env }, way));
  }
  console.log(`The cache in ${mode}, ${way}, ${rounds} rounds in turns`);
  for (const concurrency of [1, 10]) {
    const asks = await Promise.all(platforms.map(askOverview));
    report(`overview, ${concurrency} at once, p50`, await inTurns(asks.map((ask) => () => p50(ask, concurrency))));
  }
  for (const concurrency of [1, 10]) {
    const asks = await Promise.all(platforms.map(askPlaces));
    report(`places, ${concurrency} at once, p50`, await inTurns(asks.map((ask) => () => p50(ask, concurrency))));
    const spent = asks.map((ask, index) => () => cpuOf(platforms[index], ask, concurrency));
    report(`places, ${concurrency} at once, CPU of the gateway`, await inTurns(spent));
  }
  if (subscribers > 0) {
    const crowds = await Promise.all(platforms.map(gather));
    report(`commit to the last of ${subscribers}`, await inTurns(crowds.map(({ publish }) => publish)));
  }
} finally {
  for (const stop of stops.reverse()) await stop();
  for (const platform of platforms) await platform.stop();
  for (const server of servers) await server.stop();
  await database.stop();
}

function askOverview(platform: TestPlatform): Promise<() => Promise<void>> {
  const variables = { site: demoSites.plantaNorte.id, range: lastThirtyDays() };
  return asker(platform, () => ({ query: overviewQuery, variables }));
}

/** No two ask alike in the same moment, so that none is given what another one is just asking for. */
function askPlaces(platform: TestPlatform): Promise<() => Promise<void>> {
  return asker(platform, (number) => ({ query: placesQuery, variables: { number } }));
}

async function asker(platform: TestPlatform, body: (number: number) => object): Promise<() => Promise<void>> {
  const client = await signIn(platform, 'gerente');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${client.accessToken}` };
  let asked = 0;
  return async () => {
    asked += 1;
    const request = { method: 'POST', headers, body: JSON.stringify(body(asked)) };
    const response = await fetch(`${platform.url}/graphql`, request);
    const text = await response.text();
    if (response.status !== 200 || text.includes('"errors"')) throw new Error(text.slice(0, 500));
  };
}

async function p50(ask: () => Promise<void>, concurrency: number): Promise<number> {
  return (await measureLatencies(ask, { concurrency, forMs: roundMs })).p50;
}

/** Milliseconds of the processor for one request, of the process that the gateway runs in. */
async function cpuOf(platform: TestPlatform | undefined, ask: () => Promise<void>, concurrency: number) {
  const spent = async () => {
    const text = await (await fetch(`${platform?.url}/metrics`)).text();
    return Number(/^process_cpu_seconds_total(?:\{[^}]*\})? ([\d.e+-]+)$/m.exec(text)?.[1]);
  };
  let asked = 0;
  const counted = () => {
    asked += 1;
    return ask();
  };
  const before = await spent();
  await p50(counted, concurrency);
  return ((await spent()) - before) * (1_000 / asked);
}

/** Subscribers of one platform, and how long a reading takes from its commit to the last of them. */
async function gather(platform: TestPlatform) {
  const device = await mqtt.connectAsync(platform.mqttUrl);
  const listener = new pg.Client({ connectionString: platform.databaseUrl });
  await listener.connect();
  await listener.query('LISTEN cauce_outbox');
  const client = await signIn(platform, 'gerente');
  const url = `${platform.url.replace('http', 'ws')}/graphql`;
  const crowd = await gatherCrowd(url, subscribers, client.accessToken, subscription);
  stops.push(async () => {
    await crowd.stop();
    await device.endAsync();
    await listener.end();
  });
  let level = 20;
  return {
    async publish(): Promise<number> {
      level += 0.01;
      const committed = new Promise<number>((resolve) => {
        listener.once('notification', () => resolve(performance.timeOrigin + performance.now()));
      });
      const body = { id: randomUUID(), ts: new Date().toISOString(), values: { level } };
      await device.publishAsync(`cauce/${point?.code}/up`, JSON.stringify(body), { qos: 1 });
      const [committedMs, { lastMs }] = await Promise.all([committed, crowd.next()]);
      return lastMs - committedMs;
    },
  };
}

/** Milliseconds without the cache and with it, round by round; what both do first is not counted. */
async function inTurns(measures: readonly (() => Promise<number>)[]): Promise<readonly (readonly number[])[]> {
  const taken: number[][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const one: number[] = [];
    for (const measure of measures) one.push(await measure());
    if (round > 0) taken.push(one);
  }
  return taken;
}

function report(name: string, taken: readonly (readonly number[])[]): void {
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [without, kept] = [0, 1].map((index) => median(taken.map((round) => round[index] ?? 0)));
  const ratio = median(taken.map(([before = 0, after = 1]) => before / after));
  console.log(`  ${name.padEnd(42)} without ${ms(without)}   with ${ms(kept)}   ratio ${ratio.toFixed(2)}`);
}

function ms(value = 0): string {
  return `${value.toFixed(2)} ms`;
}
