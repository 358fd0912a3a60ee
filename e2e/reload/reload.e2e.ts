import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { eventually } from '@cauce/shared/test/eventually';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { resumeOverEventStream, resumeOverSocket } from '../live-resume/resuming-client.ts';
import { type PublishedReading, publishMany } from '../no-loss/publish-many.ts';
import { type GraphAnswer, type GraphClient, signIn } from '../platform/graph-client.ts';
import { openSession } from '../platform/raw-socket.ts';
import { startTestPlatform, type TestPlatform } from '../platform/start-platform.ts';

import { holdRequest } from './held-request.ts';

const composed = readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8');
/** The same graph after a deploy that took one field away. */
const withoutLowStock = composed.replace(
  /^ {2}lowStockCount: Int @join__field\(graph: INVENTORY\)/m,
  '$& @inaccessible',
);

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id) ?? demoPoints[0];
if (point === undefined) throw new Error('The demo has no catchment point');

const folder = mkdtempSync(join(tmpdir(), 'cauce-supergraph-'));
const file = join(folder, 'supergraph.graphql');
/** As deploys do it: a whole file takes the place of the other. */
const deploy = (sdl: string) => {
  writeFileSync(`${file}.next`, sdl);
  renameSync(`${file}.next`, file);
};

let platform: TestPlatform;
let manager: GraphClient;

beforeAll(async () => {
  deploy(composed);
  platform = await startTestPlatform({
    seededUrl: inject('seededUrl'),
    env: { CAUCE_SUPERGRAPH_FILE: file, CAUCE_LIVE_STREAMS_PER_VIEWER: '12' },
  });
  manager = await signIn(platform, 'gerente');
});
afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lowStock = '{ sites { edges { node { lowStockCount } } } }';
const hasLowStock = async () => (await manager.ask(lowStock)).errors.length === 0;

describe('a supergraph that is deployed while the gateway runs', () => {
  it('is served within seconds, ten times over: not one request under way fails, not one stream is lost, and every event comes once', async () => {
    const live = {
      ...{ url: platform.url, accessToken: manager.accessToken, retries: 0, variables: { points: [point.id] } },
      query: `subscription Kept($points: [ID!]) {
        measurementAdded(pointIds: $points) { measuredAt value point { site { name company { name } } } }
      }`,
      idOf: (data: Readonly<Record<string, unknown>>) =>
        String(Reflect.get(Object(data.measurementAdded), 'measuredAt')),
    };
    const streams = Array.from({ length: 5 }, () => [resumeOverSocket(live), resumeOverEventStream(live)]).flat();
    onTestFinished(async () => {
      await Promise.all(streams.map((stream) => stream.stop()));
    });
    await Promise.all(streams.map(({ ready }) => ready));
    const answers: GraphAnswer[] = [];
    const published: PublishedReading[] = [];
    let isDeploying = true;
    const clients = Array.from({ length: 4 }, async () => {
      while (isDeploying)
        answers.push(await manager.ask('{ sites { edges { node { name company { name } clinic { name } } } } }'));
    });
    const device = async () => {
      const publishing = { mqttUrl: platform.mqttUrl, pointCodes: [point.code], perSecond: 30, onTenth: () => {} };
      while (isDeploying) published.push(...(await publishMany({ ...publishing, count: 10 })));
    };
    const devices = device();
    try {
      for (let round = 0; round < 10; round += 1) {
        const sdl = round % 2 === 0 ? withoutLowStock : composed;
        deploy(sdl);
        await eventually(async () => (await hasLowStock()) === (sdl === composed));
      }
    } finally {
      isDeploying = false;
      await Promise.all([...clients, devices]);
    }
    expect(answers.length).toBeGreaterThan(20);
    expect(new Set(answers.map(({ status, errors }) => `${status} ${JSON.stringify(errors)}`))).toEqual(
      new Set(['200 []']),
    );
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);

    expect(published.length).toBeGreaterThan(20);
    const haveAll = () => streams.every(({ seen }) => seen.length >= published.length);
    // Who lacks some after that is found out below.
    await eventually(haveAll, { timeoutMs: 40_000 }).catch(() => {});
    expect(streams.map(({ seen }) => seen.length)).toEqual(streams.map(() => published.length));
    const [first] = streams;
    expect(first?.seen.toSorted()).toEqual(published.map(({ measuredAt }) => measuredAt).toSorted());
    for (const { seen, losses, ended } of streams) {
      expect(seen).toEqual(first?.seen);
      expect({ losses: losses(), ended: ended() }).toEqual({ losses: 0, ended: null });
    }
  }, 120_000);

  it('changes nothing when it cannot be served', async () => {
    deploy(composed);
    await eventually(hasLowStock);
    deploy(composed.slice(0, composed.length / 2));
    await eventually(() => platform.output().includes('cannot be served'));
    expect(await hasLowStock()).toBe(true);
  });
});

describe('a viewer with as many subscriptions as the environment allows', () => {
  it('is refused one more over either door, and has room again when one has ended', async () => {
    const query = 'subscription { measurementAdded { value } }';
    const socket = await openSession(platform, manager.accessToken);
    for (let id = 0; id < 12; id += 1)
      socket.send({ id: String(id), type: 'subscribe', payload: { query, extensions: { resume: {} } } });
    for (let id = 0; id < 12; id += 1) expect(await socket.next()).toMatchObject({ type: 'next' });
    socket.send({ id: 'more', type: 'subscribe', payload: { query } });
    expect(JSON.stringify(await socket.next())).toContain('"code":"RATE_LIMITED"');
    const eventStreams = createClient({
      url: `${platform.url}/graphql`,
      headers: { authorization: `Bearer ${manager.accessToken}` },
      retryAttempts: 0,
    });
    const refused = eventStreams.iterate({ query });
    expect(await refused.next()).toMatchObject({
      value: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
    });
    expect(await refused.next()).toMatchObject({ done: true });
    socket.send({ id: '0', type: 'complete' });
    await eventually(async () => {
      const stream = eventStreams.iterate({ query, extensions: { resume: {} } });
      const { value } = await stream.next();
      await stream.return?.();
      return value?.errors === undefined;
    });
    eventStreams.dispose();
    socket.close();
  });
});

describe('a gateway that is told to stop', () => {
  it('says so to live clients, answers what is under way, and waits for nobody who does not listen', async () => {
    const url = platform.url;
    const subscription = 'subscription { measurementAdded { value } }';
    const deaf = await openSession(platform, manager.accessToken);
    const socket = await openSession(platform, manager.accessToken);
    for (const one of [deaf, socket]) one.send({ id: '1', type: 'subscribe', payload: { query: subscription } });
    deaf.pause();
    const stream = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${manager.accessToken}`,
      },
      body: JSON.stringify({ query: subscription }),
    });
    const query = JSON.stringify({ query: '{ sites { edges { node { name clinic { name } } } } }' });
    const held = await Promise.all(Array.from({ length: 10 }, () => holdRequest(url, manager.accessToken, query)));
    const stopping = platform.stop();
    expect(await socket.closed).toEqual({ code: 1001, reason: 'GOING_AWAY' });
    const text = await stream.text();
    expect(text).toContain('"code":"GOING_AWAY"');
    expect(text).toMatch(/event: complete\ndata: \n\n$/);
    const answers = await Promise.all(held.map((request) => request.finish()));
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual({ data: { sites: expect.any(Object) } });
    }
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await stopping;
    expect(platform.output()).not.toContain('did not stop');
  });
});
