import { AppError } from '@cauce/shared/errors/app-error';
import { testViewer } from '@cauce/shared/test/viewers';
import { afterEach, describe, expect, it } from 'vitest';
import { openTestEventStream, openTestSocket } from './test/live-clients.ts';
import { type LiveServer, type LiveServerOptions, startLiveServer } from './test/live-server.ts';

const key = 'cauce_test_key';
const ticks = 'subscription Ticks { ticks(upTo: 9) }';
const owner = { ...testViewer({ userId: 'u1' }), kind: 'apiKey' as const, id: 'k1', expiresAtMs: null };

let server: LiveServer;

async function start(options: LiveServerOptions = {}): Promise<LiveServer> {
  server = await startLiveServer(options);
  server.keys.set(key, owner);
  return server;
}
afterEach(async () => server.stop());

const isSubscribed = (count = 1) => expect.poll(() => server.world.hub.counts.members).toBe(count);
const upstreams = () => server.world.open.length;

describe('a client that leaves', () => {
  it('a WebSocket ends its quiet upstream at once: by complete, by closing, and by being cut off', async () => {
    await start({ limits: { graceMs: 60_000 } });
    for (const leave of ['complete', 'close', 'cut'] as const) {
      const client = await openTestSocket(server.url, key);
      client.subscribe('1', ticks);
      await isSubscribed();
      expect(upstreams()).toBe(1);
      if (leave === 'complete') client.send({ id: '1', type: 'complete' });
      if (leave === 'close') client.socket.close(1000);
      if (leave === 'cut') client.socket.terminate();
      await expect.poll(upstreams).toBe(0);
      client.socket.terminate();
    }
  });

  it('an event stream ends its quiet upstream at once when its connection closes', async () => {
    await start({ limits: { graceMs: 60_000 } });
    const stream = await openTestEventStream(server.url, key, ticks);
    await isSubscribed();
    expect(upstreams()).toBe(1);
    stream.leave();
    await expect.poll(upstreams).toBe(0);
  });

  it.each([
    ['asked to resume', { extensions: { resume: {} } }],
    ['came back once', { headers: { 'last-event-id': 'AAAAAAAAAAAA.3' } }],
    ['reads as EventSource does, which comes back by itself', { method: 'GET' as const }],
  ])('is waited for when it %s', async (_title, ask) => {
    await start({ limits: { graceMs: 150 } });
    const stream = await openTestEventStream(server.url, key, ticks, ask);
    await isSubscribed();
    const leftMs = performance.now();
    stream.leave();
    await expect.poll(upstreams).toBe(0);
    expect(performance.now() - leftMs).toBeGreaterThan(140);
  });
});

describe('a client that does not read', () => {
  it('is cut off with a code while the others have everything', async () => {
    await start();
    const [slow, quick] = [await openTestSocket(server.url, key), await openTestSocket(server.url, key)];
    // Each event is sent for each of the operations: the slow one's buffers fill within few of them.
    for (let id = 0; id < 100; id += 1) slow.subscribe(String(id), ticks);
    quick.subscribe('1', ticks);
    const stream = await openTestEventStream(server.url, key, ticks);
    await isSubscribed(102);
    slow.socket.pause();
    let told = 0;
    while (!(await server.metrics()).includes('cauce_live_slow_consumers_total')) {
      for (let count = 0; count < 500; count += 1) {
        told += 1;
        server.world.push(told);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    slow.socket.resume();
    expect(await slow.closed).toEqual({ code: 4442, reason: 'SLOW_CONSUMER' });
    await expect.poll(() => quick.got.length).toBe(told);
    await expect.poll(() => stream.text().match(/event: next/g)?.length).toBe(told);
    expect(quick.got.map(({ payload }) => Reflect.get(Object(payload), 'data'))).toEqual(
      Array.from({ length: told }, (_, index) => ({ ticks: index + 1 })),
    );
    quick.socket.close();
    stream.leave();
  });
});

describe('a quiet connection', () => {
  it('is pinged, and one that answers no ping is cut off', async () => {
    await start({ pingMs: 250 });
    const [alive, dead] = [
      await openTestSocket(server.url, key),
      await openTestSocket(server.url, key, { autoPong: false }),
    ];
    expect((await dead.closed).code).toBe(1006);
    await expect.poll(alive.pings).toBeGreaterThan(2);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
    expect(server.connections.size).toBe(1);
    alive.socket.close();
  });

  it('as an event stream is sent comments, so that nothing between takes it for dead', async () => {
    await start({ heartbeatMs: 20 });
    const stream = await openTestEventStream(server.url, key, ticks);
    await expect.poll(() => stream.text().match(/^:$/gm)?.length ?? 0).toBeGreaterThan(3);
    stream.leave();
  });
});

describe('a credential that ends while it is in use', () => {
  it('ends what it opened when its time is over', async () => {
    await start();
    server.keys.set(key, { ...owner, expiresAtMs: Date.now() + 1_000 });
    const client = await openTestSocket(server.url, key);
    const stream = await openTestEventStream(server.url, key, ticks);
    expect(await client.closed).toEqual({ code: 4440, reason: 'TOKEN_EXPIRED' });
    await stream.ended;
    expect(stream.text()).toContain('"code":"TOKEN_EXPIRED"');
    expect((await openTestSocket(server.url, key).then(({ closed }) => closed)).code).toBe(4440);
  });

  it.each([
    ['was revoked', () => server.keys.delete(key)],
    ['has other rights now', () => server.keys.set(key, { ...owner, companyIds: ['c2'] })],
  ])('is found out by looking it up again when it %s and nobody announced it', async (_title, change) => {
    await start({ lookUpAgainMs: 50 });
    const client = await openTestSocket(server.url, key);
    const stream = await openTestEventStream(server.url, key, ticks);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    change();
    server.viewers.forget(owner.id);
    expect(await client.closed).toEqual({ code: 4441, reason: 'RIGHTS_CHANGED' });
    await stream.ended;
    expect(stream.text()).toContain('"code":"RIGHTS_CHANGED"');
  });
});

describe('limits', () => {
  it('beyond so many connections, a socket is told to try again later and an event stream is refused', async () => {
    await start({ maxConnections: 1 });
    const first = await openTestSocket(server.url, key);
    const second = await openTestSocket(server.url, key);
    expect(await second.closed).toEqual({ code: 1013, reason: 'RATE_LIMITED' });
    const refused = await openTestEventStream(server.url, key, ticks);
    expect(refused.status).toBe(429);
    first.socket.close();
    await first.closed;
    await expect.poll(() => server.connections.size).toBe(0);
    const third = await openTestEventStream(server.url, key, ticks);
    expect(third.status).toBe(200);
    third.leave();
  });

  it('beyond so many subscriptions of one viewer, the operation is refused and the connection goes on', async () => {
    await start({ limits: { maxPerViewer: 1 } });
    const client = await openTestSocket(server.url, key);
    client.subscribe('1', ticks);
    await isSubscribed();
    client.subscribe('2', ticks);
    await expect.poll(() => JSON.stringify(client.got)).toContain('RATE_LIMITED');
    server.world.push(1);
    await expect.poll(() => client.got.some(({ id, type }) => id === '1' && type === 'next')).toBe(true);
    client.socket.close();
  });
});

describe('the protocol', () => {
  it('a client that offers none of its names is closed with 4406', async () => {
    await start();
    const client = await openTestSocket(server.url, null, { protocols: [] });
    expect(await client.closed).toMatchObject({ code: 4406 });
  });

  it.each([
    ['UNAUTHENTICATED', 4401],
    ['FORBIDDEN', 4403],
    ['TOKEN_EXPIRED', 4440],
    // Who cannot be asked now can be asked in a moment.
    ['SUBGRAPH_UNAVAILABLE', 1013],
  ] as const)('a credential that is refused with %s is closed with %d and the word', async (code, closeCode) => {
    await start();
    server.keys.set(key, new AppError(code, 'Refused'));
    const client = await openTestSocket(server.url, key);
    expect(await client.closed).toEqual({ code: closeCode, reason: code });
  });

  it('a stop tells a socket 1001 and an event stream its reason', async () => {
    await start();
    const client = await openTestSocket(server.url, key);
    client.subscribe('1', ticks);
    const stream = await openTestEventStream(server.url, key, ticks);
    await isSubscribed(2);
    server.connections.endAll(1001, 'GOING_AWAY');
    expect(await client.closed).toEqual({ code: 1001, reason: 'GOING_AWAY' });
    await stream.ended;
    expect(stream.text()).toContain('"code":"GOING_AWAY"');
    expect(stream.text()).toMatch(/event: complete\ndata: \n\n$/);
  });
});
