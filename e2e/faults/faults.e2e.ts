import { setTimeout as wait } from 'node:timers/promises';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { type SubgraphName, subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { eventually } from '@cauce/shared/test/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { publishReading } from '../live-reading/publish-reading.ts';
import { lastThirtyDays, overviewQuery } from '../overview/overview-query.ts';
import { clientWith, type GraphAnswer, type GraphClient, signIn } from '../platform/graph-client.ts';
import { currentWay, startTestPlatform, type TestPlatform } from '../platform/start-platform.ts';
import { expectLost } from './expect-lost.ts';
import { type GatewayMetrics, readGatewayMetrics } from './gateway-metrics.ts';
import { lies, slowLies, type ToldLie } from './lies.ts';
import { type LyingProxy, startLyingProxy } from './lying-proxy.ts';
import { type SteadyLoad, startSteadyLoad } from './steady-load.ts';
import { type WatchedStream, watchStream } from './watched-stream.ts';
import { liveReadings, partQueries, point, valueAt, wholeGraph } from './whole-graph.ts';

/** How often it all happens; from two on, each subgraph is slow and killed by itself, which takes longer. */
const rounds = Number(process.env.CAUCE_FAULT_ROUNDS ?? 1);
const isLong = rounds > 1;
/** How long the gateway waits for a subgraph, and how much longer its own answer may take on a busy machine. */
const timeoutMs = 3_000;
const patienceMs = 1_500;
/** What the gateway may hold more than before, with ten and thirty megabytes coming from everywhere at once. */
const maxMoreMegabytes = 1_000;

type Told = ReadonlyMap<SubgraphName, ToldLie>;
const dead = { name: 'dead', code: 'SUBGRAPH_UNAVAILABLE' } as const;
const others = subgraphNames.filter((name) => name !== 'access');
const proxies = new Map<SubgraphName, LyingProxy>();
const variables: Record<string, unknown> = { ...wholeGraph.variables };
let platform: TestPlatform;
let person: GraphClient;
let honest: GraphAnswer['data'];
let load: SteadyLoad;
let stream: WatchedStream;
let before: GatewayMetrics;
let mostMegabytes = 0;
let level = 20;

// In one process there is no subgraph to lose, and none that could lie.
describe.runIf(currentWay() === 'services')('under a steady load', () => {
  beforeAll(async () => {
    platform = await startTestPlatform({
      seededUrl: inject('seededUrl'),
      env: { CAUCE_SUBGRAPH_TIMEOUT_MS: String(timeoutMs) },
      async inFrontOf(name, url) {
        const proxy = await startLyingProxy(url);
        proxies.set(name, proxy);
        return proxy.url;
      },
    });
    person = await signIn(platform, 'gerente');
    variables.thread = await beginThread();
    honest = await honestAnswer();
    const parts = Object.values(partQueries).map((query) => ({ query, variables }));
    // Of somebody else, so that no read of the load is shared with what is looked at.
    const { accessToken } = await signIn(platform, 'admin');
    load = startSteadyLoad(platform, accessToken, [{ ...wholeGraph, variables }, ...parts], {
      perSecond: 40,
      atOnce: 8,
    });
    stream = watchStream(person, liveReadings, { points: [point.id] });
    await eventually(hearsAReading, { timeoutMs: 20_000 });
    before = await metrics();
  });
  afterAll(async () => {
    await load?.stop();
    await stream?.close();
    await platform?.stop();
    for (const proxy of proxies.values()) await proxy.stop();
  });

  it(
    'a lie of any subgraph costs what it lied about, with the documented code in its place, and nothing else',
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        for (const lie of lies.filter(({ isLarge }) => !isLarge))
          for (const name of subgraphNames) await hear(new Map([[name, lie]]));
        // A part of what each subgraph answered, soon followed by the truth: none was left alone for it.
        expect((await metrics()).notAsked).toEqual([]);
        for (const lie of lies.filter(({ isLarge }) => isLarge)) {
          for (let index = 0; index < subgraphNames.length; index += 2)
            await hear(new Map(subgraphNames.slice(index, index + 2).map((name) => [name, lie])));
        }
      }
    },
    60_000 * rounds,
  );

  it('a mutation whose connection breaks is not sent again', async () => {
    const sentBefore = proxies.get('access')?.mutations ?? 0;
    tell(new Map([['access', lieNamed('cut')]]));
    const signingIn = `mutation { signIn(input: { email: "nobody@cauce.example", password: "wrong-password" }) { __typename } }`;
    // Without a token: who asks is not looked up first, over the connection that breaks.
    const { errors } = await clientWith(platform, null)
      .ask(signingIn)
      .finally(() => tell(new Map()));
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'access' } }]);
    expect(proxies.get('access')?.mutations).toBe(sentBefore + 1);
  });

  it('a stream says what an event lacks while a subgraph lies, and goes on', async () => {
    const endingsBefore = stream.endings.length;
    tell(new Map([['inventory', lieNamed('500')]]));
    try {
      await eventually(async () => {
        await publish();
        return stream.heard.some((heard) => valueAt(heard, ['code']) === 'SUBGRAPH_UNAVAILABLE');
      });
    } finally {
      tell(new Map());
    }
    await eventually(hearsAReading, { timeoutMs: 20_000 });
    expect(stream.endings.length).toBe(endingsBefore);
  });

  it(
    'a subgraph that takes too long costs its own parts when its time is up, and is asked again when it is well',
    async () => {
      const groups = isLong
        ? subgraphNames.flatMap((name) => slowLies.map((lie) => new Map([[name, lie]])))
        : [together(['access', 'assistant']), together(others.filter((name) => name !== 'assistant'))];
      for (const group of groups) {
        await allAreAsked();
        await hear(group);
      }
      await allAreAsked();
    },
    60_000 + 30_000 * rounds,
  );

  it(
    'a subgraph that is killed costs its own parts, and is asked again when it is back, without a restart',
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const returning = new Map<SubgraphName, Promise<void>>();
        for (const name of others) {
          await loseToDeath(name, new Set(returning.keys()));
          returning.set(
            name,
            comeBack(name).then(() => void returning.delete(name)),
          );
          if (isLong) await returning.get(name);
        }
        await Promise.all(returning.values());
        await loseToDeath('access', new Set());
        await comeBack('access');
      }
      await eventually(hearsAReading, { timeoutMs: 20_000 });
      expect(stream.endings).not.toEqual([]);
      expect(new Set(stream.endings)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    },
    60_000 + 120_000 * rounds,
  );

  it('the overview of a site keeps what works while one subgraph is dead, and names the part that is missing', async () => {
    const overview = () => person.ask(overviewQuery, { site: demoSites.plantaNorte.id, range: lastThirtyDays() });
    await platform.crash('finance');
    const { data, errors } = await overview();
    expect(data?.site).toMatchObject({ name: 'Planta Norte', dailyMetrics: null, lowStockCount: expect.any(Number) });
    expect(errors).toMatchObject([
      // One error for the fetch that failed, at the entity that it would have completed.
      { path: ['site'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'finance' } },
    ]);
    await comeBack('finance');
    expect((await overview()).errors).toEqual([]);
  });

  it('and through all of it every request had an answer in time, from the same process, of bounded memory', async () => {
    await allAreAsked();
    const { data, errors } = await askAll();
    expect({ data, errors }).toEqual({ data: honest, errors: [] });
    await load.stop();
    const after = await metrics();
    const slowestMs = Math.max(...load.observed.map(({ tookMs }) => tookMs));
    const failed = load.observed.filter(({ codes }) => codes.length > 0).length;
    console.log(
      `${load.observed.length} requests of the load, ${failed} with errors, slowest ${slowestMs.toFixed(0)} ms; gateway ` +
        `${before.residentMegabytes.toFixed(0)} MB before, ${mostMegabytes.toFixed(0)} at most, ${after.residentMegabytes.toFixed(0)} after`,
    );
    expect(load.observed.length).toBeGreaterThan(300);
    // Two in a row may have to be waited for, each with a timeout of its own.
    expect(slowestMs).toBeLessThan(2 * timeoutMs + patienceMs);
    const codes = new Set(load.observed.flatMap((one) => one.codes));
    expect(['INTERNAL', 'SUBGRAPH_UNAVAILABLE', 'TIMEOUT']).toEqual(expect.arrayContaining([...codes]));
    expect([200, 503, 504]).toEqual(expect.arrayContaining([...new Set(load.observed.map(({ status }) => status))]));
    expect(after.startedAt).toBe(before.startedAt);
    expect(mostMegabytes - before.residentMegabytes).toBeLessThan(maxMoreMegabytes);
    expect(platform.output()).not.toMatch(/unhandled/i);
  });
});

const askAll = () => person.ask(wholeGraph.query, variables);

function lieNamed(part: string): ToldLie {
  const lie = lies.find(({ name }) => name.includes(part));
  if (lie === undefined) throw new Error(`There is no lie of ${part}`);
  return lie;
}

/** The first questions of processes that have just begun may take longer than there is time. */
async function honestAnswer(): Promise<GraphAnswer['data']> {
  const deadlineMs = performance.now() + 60_000;
  for (;;) {
    const { data, errors } = await askAll();
    if (errors.length === 0) return data;
    if (performance.now() > deadlineMs) throw new Error(`Never honest: ${JSON.stringify(errors)}`);
    await wait(200);
  }
}

async function metrics(): Promise<GatewayMetrics> {
  const read = await readGatewayMetrics(platform);
  mostMegabytes = Math.max(mostMegabytes, read.residentMegabytes);
  return read;
}

function tell(told: Told): void {
  for (const name of subgraphNames) proxies.get(name)?.tell(told.get(name)?.tell ?? null);
}

/** Some subgraphs lie; everything else is as if they did not. */
async function hear(told: Told): Promise<void> {
  tell(told);
  const startedMs = performance.now();
  const answer = await askAll().finally(() => tell(new Map()));
  const tookMs = performance.now() - startedMs;
  expect(tookMs, [...told].map(([name, lie]) => `${name}: ${lie.name}`).join()).toBeLessThan(timeoutMs + patienceMs);
  expectLost(answer, honest, new Map([...told].filter(([, { code }]) => code !== null)));
  await metrics();
}

function together(names: readonly SubgraphName[]): Told {
  return new Map(
    names.flatMap((name, index) =>
      slowLies
        .slice(index % 2)
        .slice(0, 1)
        .map((lie) => [name, lie]),
    ),
  );
}

async function allAreAsked(): Promise<void> {
  await eventually(async () => (await metrics()).notAsked.length === 0, { timeoutMs: 20_000, what: 'all are asked' });
}

/** Kills a subgraph, looks at what is lost, and waits until the gateway leaves it alone. */
async function loseToDeath(name: SubgraphName, returning: ReadonlySet<SubgraphName>): Promise<void> {
  await platform.crash(name);
  expectLost(await askAll(), honest, new Map([[name, dead]]), returning);
  // Half of ten seconds' requests have to fail first: seen once is enough for a short run.
  if (isLong || name === others[0])
    await eventually(async () => (await metrics()).notAsked.includes(name), {
      timeoutMs: 20_000,
      what: `${name} is left alone`,
    });
}

async function comeBack(name: SubgraphName): Promise<void> {
  await platform.revive(name);
  await eventually(async () => (await person.ask(partQueries[name], variables)).errors.length === 0, {
    timeoutMs: 20_000,
    what: `${name} is asked again`,
  });
}

async function publish(): Promise<number> {
  level += 0.01;
  const value = Number(level.toFixed(2));
  await publishReading(platform.mqttUrl, point.code, { level: value });
  return value;
}

async function hearsAReading(): Promise<boolean> {
  const value = await publish();
  await wait(300);
  return stream.heard.some((heard) => valueAt(heard, ['measurementAdded', 'value']) === value);
}

async function beginThread(): Promise<string> {
  const { data } = await person.ask('{ me { id } }');
  const { rows } = await platform.pool.query<{ id: string }>(
    `INSERT INTO assistant.threads (user_id, title) VALUES ($1, 'Fallas') RETURNING id`,
    [valueAt(data, ['me', 'id'])],
  );
  return rows[0]?.id ?? '';
}
