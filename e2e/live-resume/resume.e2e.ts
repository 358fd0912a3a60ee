import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { eventually } from '@cauce/shared/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishMany } from '../no-loss/publish-many.ts';
import { signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
import { type ResumingClientOptions, resumeOverEventStream, resumeOverSocket } from './resuming-client.ts';

/** `CAUCE_RESUME_SECONDS=120` for the long proof. */
const seconds = Number(process.env.CAUCE_RESUME_SECONDS ?? 5);
const perSecond = 80;
const clientsOfEachKind = 15;

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id) ?? demoPoints[0];
if (point === undefined) throw new Error('The demo has no catchment point');

const platform = joinPlatform();
let network: CuttingProxy;
let stream: Omit<ResumingClientOptions, 'url'>;

beforeAll(async () => {
  network = await startCuttingProxy(platform.url);
  const { accessToken } = await signIn(platform, 'agua');
  stream = {
    accessToken,
    query: `subscription Resumed($points: [ID!]) {
      measurementAdded(pointIds: $points) { measuredAt value point { site { company { name } } } }
    }`,
    variables: { points: [point.id] },
    idOf: (data) => String(Reflect.get(Object(data.measurementAdded), 'measuredAt')),
  };
});
afterAll(async () => network?.stop());

describe('clients whose connections break again and again', () => {
  it(
    `have every event exactly once and in order, over graphql-ws and event streams, for ${seconds} s`,
    async () => {
      const steady = resumeOverSocket({ ...stream, url: platform.url });
      const clients = Array.from({ length: clientsOfEachKind }, () => [
        resumeOverSocket({ ...stream, url: network.url }),
        resumeOverEventStream({ ...stream, url: network.url }),
      ]).flat();
      await Promise.all([steady, ...clients].map(({ ready }) => ready));

      let cuts = 0;
      const cutting = setInterval(() => {
        cuts += network.cut(0.1);
      }, 100);
      const published = await publishMany({
        ...{ mqttUrl: platform.mqttUrl, pointCodes: [point.code], count: seconds * perSecond, perSecond },
        onTenth: () => {},
      }).finally(() => clearInterval(cutting));
      await eventually(() => steady.seen.length >= published.length, { what: 'the steady client has everything' });
      await eventually(() => clients.every(({ seen }) => seen.length >= published.length), {
        what: 'everybody has everything',
      });
      await settled();

      console.log(`${published.length} events to ${clients.length} clients, ${cuts} connections broken`);
      expect(cuts).toBeGreaterThan(seconds * 10);
      expect([...steady.seen].sort()).toEqual(published.map(({ measuredAt }) => measuredAt).sort());
      for (const client of clients) {
        expect(client.seen).toEqual(steady.seen);
        expect(client.losses()).toBe(0);
        expect(client.ended()).toBe(null);
      }
      await Promise.all([steady, ...clients].map((client) => client.stop()));
    },
    seconds * 1_000 + 60_000,
  );

  it('are told that events are lost when they stayed away too long, and go on from there', async () => {
    const steady = resumeOverSocket({ ...stream, url: platform.url });
    const away = await startCuttingProxy(platform.url);
    const clients = [resumeOverSocket, resumeOverEventStream].map((resumed) => resumed({ ...stream, url: away.url }));
    await Promise.all([steady, ...clients].map(({ ready }) => ready));
    const tell = async (count: number) => {
      const before = steady.seen.length;
      const publishing = { mqttUrl: platform.mqttUrl, pointCodes: [point.code], perSecond: 200, onTenth: () => {} };
      await publishMany({ ...publishing, count });
      await eventually(() => steady.seen.length === before + count, { what: `the steady client has ${count} more` });
    };
    await tell(3);
    await eventually(() => clients.every(({ seen }) => seen.length === 3), { what: 'all have the first three' });
    away.isDown = true;
    await tell(300);
    away.isDown = false;
    await eventually(() => clients.every(({ losses }) => losses() === 1), { what: 'both are told of the loss' });
    await tell(3);
    const expected = [...steady.seen.slice(0, 3), ...steady.seen.slice(-3)];
    await eventually(() => clients.every(({ seen }) => seen.length >= 6), { what: 'both go on' });
    await settled();
    for (const client of clients) {
      expect(client.seen).toEqual(expected);
      expect(client.losses()).toBe(1);
    }
    await Promise.all([steady, ...clients].map((client) => client.stop()));
    await away.stop();
  });
});

/** Time for what would come twice to come. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500));
}
