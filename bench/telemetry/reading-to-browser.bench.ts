import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { signIn } from '@cauce/e2e/platform/graph-client';
import { startTestPlatform } from '@cauce/e2e/platform/start-platform';
import mqtt from 'mqtt';
import { z } from 'zod';
import { startSeededDatabase } from '../../scripts/test/seeded-database.ts';
import { addLevelWells } from './level-wells.ts';

/**
 * How long a reading takes from the device's publishing to a viewer's graphql-ws client, through broker, intake,
 * database, outbox and gateway: so many readings a second over all wells. `gathered`: every viewer watches every well,
 * as lists and maps do. `each`: a viewer watches one well, reading by reading. The ratio is that of the 95th percentile
 * to the limit that we set ourselves.
 *
 *   node bench/telemetry/reading-to-browser.bench.ts [in-process|services] [gathered|each] [wells] [readings a second] [viewers] [seconds]
 */
const [, , platformWay, viewing = 'gathered', wellCount = '200', rate = '500', crowdSize = '200', length = '10'] =
  process.argv;
const way = platformWay === 'services' ? 'services' : 'in-process';
const perSecond = Number(rate);
const viewers = Number(crowdSize);
const seconds = Number(length);
const limitMs = 500;

const told = z.object({ messages: z.number(), latenciesMs: z.array(z.number()) });

const database = await startSeededDatabase();
const platform = await startTestPlatform({ seededUrl: database.url }, way);
const points = await addLevelWells(platform.pool, Number(wellCount));
const device = await mqtt.connectAsync(platform.mqttUrl);
try {
  const { accessToken } = await signIn(platform, 'admin');
  const crowd = fork(new URL('viewers.ts', import.meta.url), [
    `${platform.url.replace('http', 'ws')}/graphql`,
    accessToken,
    String(viewers),
    viewing,
    ...points.map(({ id }) => id),
  ]);
  crowd.on('message', (message) => {
    if (JSON.stringify(message).includes('failed')) console.log(message);
  });
  await Promise.race([
    once(crowd, 'message'),
    once(crowd, 'exit').then(() => Promise.reject(new Error('The viewers ended before they were ready'))),
  ]);
  // The first seconds are for everything to get warm.
  await publish(3);
  crowd.send('begin');
  const sent = await publish(seconds);
  await wait(2_000);
  const report = once(crowd, 'message');
  crowd.send('report');
  const { messages, latenciesMs } = told.parse((await report)[0]);
  latenciesMs.sort((a, b) => a - b);
  const p95 = at(latenciesMs, 0.95);
  console.log(
    `${way}: ${sent} readings of ${points.length} wells in ${seconds} s, ${viewers} viewers of ${viewing === 'each' ? 'a well' : 'all wells'}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(`  told               ${messages} messages, ${latenciesMs.length} values`);
  console.log(
    `  publish to browser   p50 ${at(latenciesMs, 0.5)} ms   p95 ${p95} ms   longest ${at(latenciesMs, 1)} ms`,
  );
  console.log(`  ratio of p95 to the limit of ${limitMs} ms: ${(p95 / limitMs).toFixed(2)}`);
  crowd.disconnect();
  await once(crowd, 'exit');
} finally {
  await device.endAsync();
  await platform.stop();
  await database.stop();
}

/** Readings at an even pace, one value each; answers how many. */
async function publish(forSeconds: number): Promise<number> {
  const total = forSeconds * perSecond;
  const startedMs = performance.now();
  for (let index = 0; index < total; index += 1) {
    const body = { id: randomUUID(), ts: new Date().toISOString(), values: { level: 20 + (index % 500) / 100 } };
    device.publish(`cauce/${points[index % points.length]?.code}/up`, JSON.stringify(body), { qos: 1 });
    const aheadMs = ((index + 1) / perSecond) * 1_000 - (performance.now() - startedMs);
    if (aheadMs > 1) await wait(aheadMs);
  }
  return total;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
