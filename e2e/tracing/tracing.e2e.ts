import { demoSites } from '@cauce/prisma/seed/demo-places';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { lastThirtyDays, overviewQuery } from '../overview/overview-query.ts';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { startTestPlatform, type TestPlatform } from '../platform/start-platform.ts';
import { type CollectedSpan, type Collector, startCollector } from './collector.ts';

let collector: Collector;
let platform: TestPlatform;
let manager: GraphClient;

beforeAll(async () => {
  collector = await startCollector();
  platform = await startTestPlatform({
    seededUrl: inject('seededUrl'),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  manager = await signIn(platform, 'gerente');
});
afterAll(async () => {
  await platform?.stop();
  await collector?.stop();
});

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const callerSpan = '00f067aa0ba902b7';

describe('one request, seen from outside', () => {
  it('is one trace from the caller through the gateway and each subgraph down to its statements', async () => {
    const { errors } = await manager.ask(
      overviewQuery,
      { site: demoSites.plantaNorte.id, range: lastThirtyDays() },
      { traceparent: `00-${traceId}-${callerSpan}-01`, 'x-request-id': 'seen-from-outside' },
    );
    expect(errors).toEqual([]);
    const spans = () => collector.spans.filter((span) => span.traceId === traceId);
    await expect.poll(() => spans().some(({ name }) => name === 'POST /graphql'), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => new Set(spans().map(subgraphOf)).size, { timeout: 10_000 }).toBeGreaterThanOrEqual(6);

    // Each process sends its spans in its own time; the trace is whole when one span alone has no parent in it.
    const roots = () => {
      const known = new Set(spans().map(({ spanId }) => spanId));
      return spans().filter(({ parentSpanId }) => !known.has(parentSpanId ?? ''));
    };
    await expect
      .poll(() => roots().map(({ name, parentSpanId }) => [name, parentSpanId]), { timeout: 10_000 })
      .toEqual([['POST /graphql', callerSpan]]);
    const byId = new Map(spans().map((span) => [span.spanId, span]));
    const ancestry = (span: CollectedSpan): string[] => {
      const parent = byId.get(span.parentSpanId ?? '');
      return [span.name, ...(parent === undefined ? [`caller ${span.parentSpanId}`] : ancestry(parent))];
    };
    const statements = spans().filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
    expect(statements.length).toBeGreaterThan(5);
    const isRemote = platform.way === 'services';
    for (const statement of statements) {
      const [, resolver, ...above] = ancestry(statement);
      // Who is asking is looked up before there is an operation.
      if (resolver?.startsWith('Query.') !== true || resolver === 'Query.authenticate') continue;
      expect(above).toEqual([
        ...(isRemote ? ['POST /graphql'] : []),
        expect.stringMatching(/^fetch \w+$/),
        'query Overview',
        'POST /graphql',
        `caller ${callerSpan}`,
      ]);
    }
    // Each subgraph's work is told by its own process.
    const fetched = spans().filter(({ name }) => name.startsWith('fetch '));
    expect(new Set(fetched.map(({ attributes }) => attributes['cauce.subgraph'])).size).toBe(6);
    for (const fetch of fetched) {
      const resolvers = spans().filter((span) => span.name.startsWith('Query.') && isUnder(byId, span, fetch.spanId));
      const holder = isRemote ? String(fetch.attributes['cauce.subgraph']) : 'gateway';
      expect(new Set(resolvers.map(({ service }) => service))).toEqual(new Set([holder]));
    }
    expect(fetched.flatMap(({ attributes }) => String(attributes['cauce.path']).split(' '))).toContain('site');
    // Looking the caller up may serve several requests, and has an id of its own.
    const lookUp = ['fetch access', 'POST /graphql', 'Query.authenticate', 'SELECT'];
    const foreign = spans().filter(({ attributes }) => attributes['cauce.request_id'] !== 'seen-from-outside');
    expect(foreign.map(({ name }) => name).filter((name) => !lookUp.includes(name))).toEqual([]);
    expect(foreign.length).toBeLessThanOrEqual(lookUp.length);
  });

  it('tells statements without their values, and operations without their variables', async () => {
    await expect.poll(() => collector.texts.length).toBeGreaterThan(0);
    const everything = collector.texts.join('\n');
    expect(everything).toContain('db.query.text');
    for (const secret of [demoSites.plantaNorte.id, 'gerente@cauce.example', manager.accessToken])
      expect(everything).not.toContain(secret);
  });
});

describe('an operation over a live connection', () => {
  it('goes on with the trace that it brings, under its own name, down to the statements', async () => {
    const live = '5af92f3577b34da6a3ce929d0e0e4737';
    const extensions = { traceparent: `00-${live}-${callerSpan}-01` };
    const socket = manager.connect();
    const answers = socket.iterate({ query: 'query Names { sites { edges { node { name } } } }', extensions });
    expect((await answers.next()).value?.errors).toBeUndefined();
    const stream = socket.iterate({ query: 'subscription Levels { measurementAdded { value } }', extensions });
    void stream.next();
    const found = (name: string) =>
      collector.spans.find((span) => span.traceId === live && span.name === name)?.parentSpanId;
    await expect.poll(() => found('query Names'), { timeout: 10_000 }).toBe(callerSpan);
    await expect.poll(() => found('subscription Levels'), { timeout: 10_000 }).toBe(callerSpan);
    await expect
      .poll(
        () => collector.spans.some(({ traceId: id, attributes }) => id === live && 'db.system.name' in attributes),
        { timeout: 10_000 },
      )
      .toBe(true);
    const metrics = await (await fetch(`${platform.url}/metrics`)).text();
    expect(metrics).toMatch(/^cauce_live_streams\{operation="Levels"[^}]*\} 1$/m);
    expect(metrics).toMatch(/^cauce_operation_duration_seconds_count\{operation="Names",kind="query"[^}]*\} 1$/m);
    await stream.return?.();
    await socket.dispose();
  });
});

describe('a change and those who see it live', () => {
  it('are linked: the writing request, the relay, and the delivery of the event with what completes it', async () => {
    const writer = await signIn(platform, 'bodega');
    const socket = writer.connect();
    const stream = socket.iterate({
      query: 'subscription Stock { stockChanged { reason stockLevel { site { name } } } }',
    });
    const first = stream.next();
    await expect
      .poll(() => collector.spans.some(({ name }) => name.startsWith('subscription ')), { timeout: 10_000 })
      .toBe(true);
    const { data } = await writer.ask(
      '{ products(first: 20) { edges { node { id stock { updatedAt site { id } } } } } }',
    );
    const level = levelIn(data);
    const changeTrace = '11111111111111111111111111111111';
    const written = await writer.ask(
      'mutation Count($input: SetStockLevelInput!) { setStockLevel(input: $input) { __typename } }',
      { input: { ...level, onHand: '77', reason: 'Traced' } },
      { traceparent: `00-${changeTrace}-2222222222222222-01` },
    );
    expect(written).toMatchObject({
      errors: [],
      data: { setStockLevel: { __typename: expect.not.stringMatching(/Fail/) } },
    });
    expect((await first).value).toMatchObject({ data: { stockChanged: { reason: 'Traced' } } });
    await stream.return?.();
    await socket.dispose();

    const linked = (name: string) =>
      collector.spans.find((span) => span.name === name && span.links.some((link) => link.traceId === changeTrace));
    await expect.poll(() => linked('outbox publish') !== undefined, { timeout: 10_000 }).toBe(true);
    await expect.poll(() => linked('event') !== undefined, { timeout: 10_000 }).toBe(true);
    const event = linked('event');
    const delivery = () =>
      collector.spans.find(({ name, parentSpanId }) => name === 'deliver event' && parentSpanId === event?.spanId);
    await expect.poll(() => delivery() !== undefined, { timeout: 10_000 }).toBe(true);
    expect(delivery()?.traceId).toBe(event?.traceId);
    // What the subgraph does not know of the site is fetched under the delivery.
    const completed = collector.spans.filter(({ parentSpanId }) => parentSpanId === delivery()?.spanId);
    expect(completed.map(({ name }) => name)).toContain('fetch access');
  });
});

interface Level {
  readonly updatedAt: string;
  readonly site: { readonly id: string };
}

function levelIn(data: unknown) {
  const { products } = Object(data) as {
    products: { edges: { node: { id: string; stock: Level[] } }[] };
  };
  const { node } = products.edges.find((edge) => edge.node.stock.length > 0) ?? {};
  const [level] = node?.stock ?? [];
  if (node === undefined || level === undefined) throw new Error('No product of the demo is in stock');
  return { productId: node.id, siteId: level.site.id, expectedUpdatedAt: level.updatedAt };
}

function subgraphOf({ name }: CollectedSpan): string {
  return name.startsWith('fetch ') ? name : 'fetch access';
}

function isUnder(byId: ReadonlyMap<string, CollectedSpan>, span: CollectedSpan, ancestor: string): boolean {
  const parent = byId.get(span.parentSpanId ?? '');
  return parent !== undefined && (parent.spanId === ancestor || isUnder(byId, parent, ancestor));
}
