import { randomUUID } from 'node:crypto';
import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { eventually } from '@cauce/shared/test/eventually';
import { beforeAll, describe, expect, it } from 'vitest';
import { publishReading } from '../live-reading/publish-reading.ts';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

const site = demoSites.plantaNorte;
const point = demoPoints.find((one) => one.site.id === site.id);
if (point === undefined) throw new Error('The demo has no catchment point');

const platform = joinPlatform();
let manager: GraphClient;
let operator: GraphClient;
let stranger: GraphClient;

beforeAll(async () => {
  manager = await signIn(platform, 'gerente');
  operator = await signIn(platform, 'agua');
  stranger = await signIn(platform, 'quillay');
});

/** Writes as a person with psql would: nothing of ours runs. */
async function move(address: string): Promise<void> {
  await platform.pool.query('UPDATE access.sites SET address = $1 WHERE id = $2', [address, site.id]);
}

const byId = 'query($id: ID!) { site(id: $id) { address company { name } } }';
const byPoint = 'query($id: ID!) { catchmentPoint(id: $id) { site { address } } }';

async function addresses(client: GraphClient): Promise<unknown[]> {
  const [found, reached] = await Promise.all([
    client.ask(byId, { id: site.id }),
    client.ask(byPoint, { id: point?.id }),
  ]);
  return [found.data?.site, Reflect.get(Object(reached.data?.catchmentPoint), 'site')].map((place) =>
    Reflect.get(Object(place), 'address'),
  );
}

/** Entities that the gateway's cache has answered. */
async function hits(): Promise<number> {
  const text = await (await fetch(`${platform.url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => /^cauce_entity_cache_total\{.*outcome="hit"/.test(line));
  return lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}

/** Passes once some of the work was answered from memory: other scenarios change things meanwhile. */
async function hitsWhile(work: () => Promise<unknown>, prepare: () => Promise<unknown> = work): Promise<void> {
  await eventually(async () => {
    await prepare();
    const before = await hits();
    await work();
    return (await hits()) > before;
  });
}

describe('what the gateway keeps of a site', () => {
  it('is answered from memory, and is the new value from the moment at which its change is delivered', async () => {
    for (let round = 0; round < 3; round += 1) {
      const address = `Camino Viejo ${randomUUID()}`;
      await move(address);
      const committedMs = performance.now();
      let seen: unknown[] = [];
      while (!seen.includes(address)) {
        expect(performance.now() - committedMs, 'the event is delivered').toBeLessThan(5_000);
        seen = await addresses(manager);
      }
      // Once any read has seen it, no later one sees what was before, whoever asks and by whatever way.
      for (const client of [manager, operator, manager]) {
        expect(await addresses(client)).toEqual([address, address]);
      }
    }
    await hitsWhile(() => addresses(manager));
  });

  it('is answered to nobody of another company, by id, in a list or through what stands at the site', async () => {
    const questions: readonly (readonly [string, Record<string, unknown>])[] = [
      [byId, { id: site.id }],
      [byPoint, { id: point.id }],
      [
        '{ sites(first: 200) { totalCount pageInfo { endCursor } edges { cursor node { id name company { id } } } } }',
        {},
      ],
      ['{ companies(first: 200) { totalCount edges { node { id name sites { id } } } } }', {}],
      ['{ points: catchmentPoints(first: 200) { edges { node { site { id name company { id name } } } } } }', {}],
    ];
    for (const [query, variables] of questions) {
      // The owner's answer is kept before the stranger asks, the stranger's before the owner asks again.
      for (const client of [manager, stranger, manager, stranger]) {
        const { data, errors } = await client.ask(query, variables);
        expect(errors, query).toEqual([]);
        const seen = [site.id, demoCompanies.ribera.id, 'Camino'].some((secret) =>
          JSON.stringify(data).includes(secret),
        );
        expect(seen, query).toBe(client === manager);
      }
    }
    await hitsWhile(async () => {
      for (const client of [manager, stranger]) {
        for (const [query, variables] of questions) await client.ask(query, variables);
      }
    });
  });

  it('is in a list what it is by itself, from the moment at which its change is delivered', async () => {
    const listed = '{ sites(first: 200) { edges { node { id address } } } }';
    const address = `Camino Listado ${randomUUID()}`;
    await manager.ask(listed);
    await move(address);
    const committedMs = performance.now();
    const inList = async (client: GraphClient) => JSON.stringify(await client.ask(listed)).includes(address);
    while (!(await inList(manager))) expect(performance.now() - committedMs, 'delivered').toBeLessThan(5_000);
    for (const client of [operator, manager]) expect(await inList(client)).toBe(true);
    expect(await addresses(manager)).toEqual([address, address]);
  });

  it('outlives a sign-in, which changes no place', async () => {
    const ask = () => manager.ask(byId, { id: site.id });
    await hitsWhile(ask, async () => {
      await ask();
      await signIn(platform, 'gerente');
    });
  });

  it('is never older in an event of a stream than what was committed before that event', async () => {
    const query = `subscription($points: [ID!]) { measurementAdded(pointIds: $points) { value point { site { address } } } }`;
    const socket = operator.connect();
    const stream = socket.iterate({ query, variables: { points: [point.id] } });
    const next = async (): Promise<unknown> => (await stream.next()).value?.data?.measurementAdded;
    let first = next();
    await new Promise((resolve) => setTimeout(resolve, 700));
    for (let round = 0; round < 5; round += 1) {
      const address = `Camino Nuevo ${randomUUID()}`;
      // Known to the gateway as it was, and then changed.
      await addresses(operator);
      await move(address);
      const level = 20 + round / 4;
      await publishReading(platform.mqttUrl, point.code, { level });
      let told: unknown = await first;
      while (Reflect.get(Object(told), 'value') !== level) told = await next();
      expect(told).toEqual({ value: level, point: { site: { address } } });
      first = next();
    }
    await stream.return?.();
    await socket.dispose();
  });
});
