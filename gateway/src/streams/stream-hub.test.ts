import type { Viewer } from '@cauce/shared/auth/viewer';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createScope } from '../execute/test/shop-gateway.ts';
import { changedShop, createStreamWorld, type StreamWorld, settled } from './test/stream-world.ts';
import { readStream } from './test/test-reader.ts';

const reviews = 'subscription { reviewAdded { body author { email } } }';
const ana = testViewer({ userId: 'ana', companyIds: ['c1'] });
const beto = testViewer({ userId: 'beto', companyIds: ['c1'] });
const tag = '@tag(name: "by-rights")';
/** The shop with what the subscription above shows declared. */
const byRights = changedShop((sdl) =>
  sdl.replace('"@key"', '"@key" "@tag"').replace(/type (Subscription|Review|User)\b[^@{]*/g, `$&${tag} `),
);

describe('a shared stream', () => {
  it('opens one upstream and answers each event once for all who ask the same', async () => {
    const world = createStreamWorld();
    const readers = await Promise.all(
      Array.from({ length: 50 }, () => readStream(world.hub, { request: { source: reviews }, viewer: ana })),
    );
    for (const review of ['r0', 'r1', 'r2']) world.push(world.world.reviews.get(review));
    await settled();
    expect(world.hub.counts).toEqual({ upstreams: 1, streams: 1, members: 50 });
    expect(world.sources).toHaveLength(1);
    expect(world.sent.filter(({ subgraph }) => subgraph === 'accounts')).toHaveLength(3);
    const [first] = readers;
    expect(first?.got.map(({ result }) => result.data)).toEqual([
      { reviewAdded: { body: 'Words 0', author: { email: 'ana@shop.example' } } },
      { reviewAdded: { body: 'Words 1', author: { email: 'beto@shop.example' } } },
      { reviewAdded: { body: 'Words 2', author: { email: null } } },
    ]);
    for (const reader of readers) expect(reader.got).toEqual(first?.got);
  });

  it('feeds different answers from one upstream when only the rest of the plan differs', async () => {
    const world = createStreamWorld();
    const sources = [
      '{ reviewAdded { body author { email } } }',
      '{ again: reviewAdded { words: body author { mail: email } } }',
    ];
    const readers = await Promise.all(
      sources.map((source) => readStream(world.hub, { request: { source: `subscription ${source}` }, viewer: ana })),
    );
    world.push(world.world.reviews.get('r0'));
    await settled();
    expect(world.hub.counts).toEqual({ upstreams: 1, streams: 2, members: 2 });
    expect(readers.map(({ got }) => got.map(({ result }) => result.data))).toEqual([
      [{ reviewAdded: { body: 'Words 0', author: { email: 'ana@shop.example' } } }],
      [{ again: { words: 'Words 0', author: { mail: 'ana@shop.example' } } }],
    ]);
  });

  it('keeps other variables apart', async () => {
    const world = createStreamWorld();
    const source = 'subscription ($n: Int!) { ticks(upTo: $n) }';
    for (const n of [1, 2]) await readStream(world.hub, { request: { source, variables: { n } }, viewer: ana });
    expect(world.hub.counts).toMatchObject({ upstreams: 2, streams: 2 });
  });

  it('is closed at once when the last one leaves, also while nothing comes', async () => {
    const world = createStreamWorld();
    const [one, other] = [
      await readStream(world.hub, { request: { source: reviews } }),
      await readStream(world.hub, { request: { source: reviews } }),
    ];
    one.leave();
    expect(world.open).toHaveLength(1);
    other.leave();
    expect(world.open).toHaveLength(0);
    expect(world.hub.counts).toEqual({ upstreams: 0, streams: 0, members: 0 });
    const again = await readStream(world.hub, { request: { source: reviews } });
    world.push(world.world.reviews.get('r0'));
    expect(await again.take()).toMatchObject({ data: { reviewAdded: { body: 'Words 0' } } });
  });

  it('answers events in their order, however long each takes to complete', async () => {
    const world = createStreamWorld();
    const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
    let asked = 0;
    world.lies.set('accounts', async () => {
      const own = asked;
      asked += 1;
      await gates[own]?.promise;
      return { data: { _entities: [{ email: `${own}@shop.example` }] } };
    });
    const reader = await readStream(world.hub, { request: { source: reviews } });
    for (let index = 0; index < 3; index += 1) world.push(world.world.reviews.get('r0'));
    await settled();
    for (const gate of gates.toReversed()) {
      gate.resolve();
      await settled();
    }
    expect(JSON.stringify(reader.got.map(({ result }) => result.data))).toMatch(/0@.*1@.*2@/);
  });

  it('ends with a code when events come faster than they can be completed', async () => {
    const world = createStreamWorld({ maxWaitingEvents: 3 });
    world.lies.set('accounts', () => new Promise(() => {}));
    const reader = await readStream(world.hub, { request: { source: reviews } });
    for (let index = 0; index < 5; index += 1) world.push(world.world.reviews.get('r0'));
    expect(await reader.take()).toMatchObject({ errors: [{ extensions: { code: 'SLOW_CONSUMER' } }] });
    expect(await reader.take()).toBeNull();
    expect(world.open).toHaveLength(0);
  });

  it('answers with what there is when an event cannot be completed in time', async () => {
    const world = createStreamWorld({ answerTimeoutMs: 5 });
    world.lies.set('accounts', () => {
      const signal = world.scopes.at(-1)?.signal;
      return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    });
    const reader = await readStream(world.hub, { request: { source: reviews } });
    world.push(world.world.reviews.get('r0'));
    expect(await reader.take()).toMatchObject({
      data: { reviewAdded: { author: { email: null } } },
      errors: [{ extensions: { code: 'TIMEOUT' } }],
    });
  });
});

describe('who shares with whom', () => {
  it('is each person with themselves, as long as nothing says that the answer is a matter of rights', async () => {
    const world = createStreamWorld();
    await readStream(world.hub, { request: { source: reviews }, viewer: ana });
    await readStream(world.hub, { request: { source: reviews }, viewer: { ...ana, expiresAtMs: 5 } });
    await readStream(world.hub, { request: { source: reviews }, viewer: beto });
    expect(world.hub.counts).toEqual({ upstreams: 2, streams: 2, members: 3 });
  });

  it('is everybody of equal rights where every field is declared to answer by rights, and nobody of others', async () => {
    const world = createStreamWorld();
    await world.reload(byRights);
    for (const viewer of [ana, beto, { ...beto, locale: 'en' as const }, { ...beto, companyIds: ['c2'] }]) {
      await readStream(world.hub, { request: { source: reviews }, viewer });
    }
    expect(world.hub.counts).toEqual({ upstreams: 3, streams: 3, members: 4 });
    const personal = 'subscription { reviewAdded { subject { name } } }';
    for (const viewer of [ana, beto]) await readStream(world.hub, { request: { source: personal }, viewer });
    expect(world.hub.counts).toMatchObject({ streams: 5, members: 6 });
  });

  it('never lets a subgraph of a stream for all of equal rights know whose rights they are', async () => {
    const world = createStreamWorld();
    await world.reload(byRights);
    const plan = world.executor.planStream({ source: reviews, scope: createScope() });
    expect(plan).toMatchObject({ isByRights: true });
    await readStream(world.hub, { request: { source: reviews }, viewer: ana });
    world.push(world.world.reviews.get('r0'));
    await settled();
    const viewers = world.scopes.map(({ viewer }) => viewer);
    expect(viewers.length).toBeGreaterThan(1);
    expect(new Set(viewers.map(({ id, userId, expiresAtMs }) => `${id} ${userId} ${expiresAtMs}`))).toEqual(
      new Set(['shared null null']),
    );
    expect(viewers.every(({ companyIds }) => companyIds[0] === 'c1')).toBe(true);
  });
});

describe('a client that comes back', () => {
  const request = { source: 'subscription { ticks(upTo: 9) }' };
  const numbers = (got: readonly { readonly result: { readonly data?: unknown } }[]) =>
    got.map(({ result }) => Reflect.get(Object(result.data), 'ticks'));

  it('gets what it missed, once and in order, while its stream goes on for others', async () => {
    const world = createStreamWorld();
    await readStream(world.hub, { request });
    const cut = await readStream(world.hub, { request });
    for (const tick of [1, 2]) world.push(tick);
    await settled();
    cut.leave('cut');
    for (const tick of [3, 4]) world.push(tick);
    await settled();
    const back = await readStream(world.hub, { request, resume: { lastEventId: cut.got[0]?.eventId ?? '' } });
    world.push(5);
    await settled();
    expect(numbers(cut.got)).toEqual([1, 2]);
    expect(numbers(back.got)).toEqual([2, 3, 4, 5]);
  });

  it('gets what it missed when it was the only one, within the time that its stream waits for it', async () => {
    const world = createStreamWorld({ graceMs: 10_000 });
    const cut = await readStream(world.hub, { request, resume: { lastEventId: null } });
    expect(cut.got).toMatchObject([{ result: { data: null } }]);
    cut.leave('cut');
    world.push(1);
    await settled();
    const back = await readStream(world.hub, { request, resume: { lastEventId: cut.got[0]?.eventId ?? '' } });
    expect(numbers(back.got)).toEqual([1]);
    back.leave('cut');
    back.leave('completed');
    expect(world.open).toHaveLength(0);
  });

  it('is told that events are lost when they are out of reach, and of where the stream stands', async () => {
    const world = createStreamWorld({ window: { maxEvents: 2, maxBytes: 10_000, maxAgeMs: 10_000 } });
    const reader = await readStream(world.hub, { request });
    for (let tick = 1; tick <= 4; tick += 1) world.push(tick);
    await settled();
    const [epoch] = (reader.got[0]?.eventId ?? '').split('.');
    const lost = { data: null, extensions: { resume: { code: 'EVENTS_LOST' } } };
    for (const lastEventId of [
      `${epoch}.1`,
      `${epoch}.99`,
      'AAAAAAAAAAAA.3',
      'nonsense',
      `${epoch}.-1`,
      `${epoch}.1e1`,
    ]) {
      const back = await readStream(world.hub, { request, resume: { lastEventId } });
      expect(back.got).toEqual([{ eventId: `${epoch}.4`, result: lost }]);
    }
    const near = await readStream(world.hub, { request, resume: { lastEventId: `${epoch}.2` } });
    expect(numbers(near.got)).toEqual([3, 4]);
  });

  it('cannot read by an event id what others were told', async () => {
    const world = createStreamWorld();
    const own = await readStream(world.hub, { request, viewer: ana });
    world.push(1);
    await settled();
    const thief = await readStream(world.hub, {
      ...{ request, viewer: beto },
      resume: { lastEventId: (own.got[0]?.eventId ?? '').replace(/\d+$/, '0') },
    });
    expect(thief.got).toMatchObject([{ result: { data: null, extensions: { resume: { code: 'EVENTS_LOST' } } } }]);
  });

  it('is waited for only when it said that it comes back: the stream of another ends with its cut, also a quiet one', async () => {
    const world = createStreamWorld({ graceMs: 10_000 });
    const plain = await readStream(world.hub, { request });
    plain.leave('cut');
    expect(world.open).toHaveLength(0);
    expect(world.hub.counts).toEqual({ upstreams: 0, streams: 0, members: 0 });
  });

  it('is waited for also when others leave after it, and no longer than its own time', async () => {
    const clock = { ms: 0 };
    const world = createStreamWorld({ graceMs: 40 }, () => clock.ms);
    const cut = await readStream(world.hub, { request, resume: { lastEventId: null } });
    const other = await readStream(world.hub, { request });
    world.push(1);
    await settled();
    cut.leave('cut');
    world.push(2);
    await settled();
    clock.ms = 30;
    other.leave();
    expect(world.open).toHaveLength(1);
    const back = await readStream(world.hub, { request, resume: { lastEventId: cut.got[1]?.eventId ?? '' } });
    expect(numbers(back.got)).toEqual([2]);
    // It is back, so nobody is awaited any more.
    back.leave();
    expect(world.open).toHaveLength(0);
    const again = await readStream(world.hub, { request, resume: { lastEventId: null } });
    again.leave('cut');
    expect(world.open).toHaveLength(1);
    clock.ms = 71;
    await expect.poll(() => world.open.length).toBe(0);
  });

  it('finds no stream that has waited longer than others may', async () => {
    const world = createStreamWorld({ graceMs: 10_000, maxKept: 2 });
    for (const n of [1, 2, 3]) {
      const source = `subscription { ticks(upTo: ${n}) }`;
      const reader = await readStream(world.hub, { request: { source }, resume: { lastEventId: null } });
      reader.leave('cut');
    }
    expect(world.sources.map(({ isOpen }) => isOpen)).toEqual([false, true, true]);
    world.hub.close();
    expect(world.open).toHaveLength(0);
  });
});

describe('how many may join', () => {
  const open = (world: StreamWorld, viewer: Viewer, upTo = 9) =>
    readStream(world.hub, { request: { source: `subscription { ticks(upTo: ${upTo}) }` }, viewer });

  it('is bounded for each viewer; one that leaves or whose stream ends makes room, one that is refused takes none', async () => {
    const world = createStreamWorld({ maxPerViewer: 2 });
    const [one, two] = [await open(world, ana), await open(world, ana, 8)];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await open(world, ana)).refused).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    }
    expect((await open(world, beto)).refused).toBeNull();
    one?.leave('cut');
    one?.leave('completed');
    expect((await open(world, ana)).refused).toBeNull();
    expect((await open(world, ana)).refused).not.toBeNull();
    world.sources[1]?.end();
    await settled();
    expect(two?.hasEnded).toBe(true);
    two?.leave();
    expect((await open(world, ana)).refused).toBeNull();
    expect((await open(world, ana)).refused).not.toBeNull();
  });

  it('is bounded for the gateway', async () => {
    const world = createStreamWorld({ maxMembers: 2 });
    const one = await open(world, ana);
    await open(world, beto);
    const third = { ...ana, id: 'u3', userId: 'u3' };
    expect((await open(world, third)).refused).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    one.leave();
    expect((await open(world, third)).refused).toBeNull();
  });
});

describe('a reload of the supergraph', () => {
  const ticks = { source: 'subscription { ticks(upTo: 9) }' };
  const renamed = (from: string, to: string) => changedShop((sdl) => sdl.replaceAll(from, to));

  it('keeps the upstream of a stream whose operation stays the same, ten times over, and loses no event', async () => {
    const world = createStreamWorld();
    const readers = await Promise.all([
      readStream(world.hub, { request: ticks }),
      readStream(world.hub, { request: ticks }),
    ]);
    for (let round = 1; round <= 10; round += 1) {
      world.push(round);
      await world.reload(renamed('signature', `signature${round}`));
    }
    await settled();
    expect(world.sources).toHaveLength(1);
    for (const { got } of readers)
      expect(got.map(({ result }) => result)).toEqual(
        Array.from({ length: 10 }, (_, index) => ({ data: { ticks: index + 1 } })),
      );
  });

  it('ends only what the new graph no longer has, with a code', async () => {
    const world = createStreamWorld();
    const gone = await readStream(world.hub, { request: { source: 'subscription { reviewAdded { body } }' } });
    const kept = await readStream(world.hub, { request: ticks });
    await world.reload(renamed('body', 'words'));
    expect(await gone.take()).toMatchObject({ errors: [{ extensions: { code: 'SCHEMA_CHANGED' } }] });
    expect(await gone.take()).toBeNull();
    world.push(7);
    expect(await kept.take()).toEqual({ data: { ticks: 7 } });
    expect(world.hub.counts).toEqual({ upstreams: 1, streams: 1, members: 1 });
  });

  it('opens another upstream where the subgraph must be asked something else, and tells an event of both once', async () => {
    const world = createStreamWorld();
    const reader = await readStream(world.hub, {
      request: { source: 'subscription { reviewAdded { body author { name } } }' },
    });
    const first = world.world.reviews.get('r0');
    // Reviews no longer provide the name: it has to be fetched, by the author's id.
    await world.reload(changedShop((sdl) => sdl.replace('author: User! @provides(fields: "name")', 'author: User!')));
    world.push(first);
    await settled();
    expect(world.sources).toHaveLength(2);
    expect(world.open).toHaveLength(1);
    expect(reader.got.map(({ result }) => result)).toEqual([
      { data: { reviewAdded: { body: 'Words 0', author: { name: 'Ana' } } } },
    ]);
    expect(reader.hasEnded).toBe(false);
  });
});
