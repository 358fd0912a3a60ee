import { createHttpClient } from '@cauce/shared/http/create-http-client';
import type { HttpClient } from '@cauce/shared/http/http-client';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standInConnection, standInCredentials } from '../test-support/provider-accounts.ts';
import { type ProviderStandIn, standInAccount, startProviderStandIn } from '../test-support/provider-stand-in.ts';
import { openSource } from './open-source.ts';
import { ProviderFailure } from './provider-failure.ts';
import { connectionSchemas, type PulledKind, pulledKinds } from './provider-settings.ts';

const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
const signal = new AbortController().signal;
const begin = Date.parse('2026-11-20T10:00:00Z');
let now = begin + 86_400_000;
const clock = { now: () => new Date(now) };
const newClient = (isPrivateNetworkAllowed = true): HttpClient =>
  createHttpClient({ log: silentLog, metrics, isPrivateNetworkAllowed });
let http = newClient();
let standIn: ProviderStandIn = await startProviderStandIn(() => now);
afterAll(() => Promise.all([standIn.close(), http.close()]));
beforeEach(async () => {
  await standIn.close();
  now = begin + 86_400_000;
  standIn = await startProviderStandIn(() => now);
});
afterEach(async () => {
  await http.close();
  http = newClient();
});

const real = pulledKinds.filter((kind) => kind !== 'SAMPLE');
const open = (kind: PulledKind, changes: Record<string, unknown> = {}, credentials = standInCredentials('d1', 'd2')) =>
  openSource(
    { http, clock, retryPauseMs: 1 },
    { id: 'p1', kind, connection: { ...standInConnection(standIn, kind), ...changes }, credentials },
  );
const minute = (index: number) => begin + index * 60_000;
const fill = (count: number, channel = 'total') =>
  standIn.add('d1', channel, ...Array.from({ length: count }, (_, index) => ({ at: minute(index), value: index })));
const window = (from = begin, to = begin + 86_400_000, channel = 'total') => ({
  ...{ deviceId: 'd1', channel },
  from: new Date(from),
  to: new Date(to),
});
const times = (values: readonly { readonly measuredAt: Date }[]) =>
  [...new Set(values.map(({ measuredAt }) => measuredAt.getTime()))].sort();
async function failureOf(call: Promise<unknown>): Promise<ProviderFailure> {
  const error: unknown = await call.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ProviderFailure)) throw new Error(`No provider failure: ${String(error)}`);
  return error;
}

describe.each(real)('%s', (kind) => {
  it.each([0, 1, 6, 7, 8, 14, 15, 50])(
    'reads a window of %i rows whole, whatever the size of its pages',
    async (count) => {
      fill(count);
      standIn.add('d2', 'total', { at: minute(3), value: 999 });
      standIn.add('d1', 'flow', { at: minute(3), value: 999 });
      const { values, unreadable } = await open(kind).read(window(), signal);
      expect(times(values)).toEqual(Array.from({ length: count }, (_, index) => minute(index)));
      expect(values.every(({ value, measuredAt }) => Number(value) === (measuredAt.getTime() - begin) / 60_000)).toBe(
        true,
      );
      expect(unreadable).toEqual([]);
    },
  );

  it('keeps to its window, both ends included', async () => {
    fill(30);
    expect(times((await open(kind).read(window(minute(5), minute(20)), signal)).values)).toEqual(
      Array.from({ length: 16 }, (_, index) => minute(5 + index)),
    );
  });

  it('gets everything from a provider that repeats itself, and sets aside a row that it cannot read', async () => {
    fill(20);
    standIn.faults.duplicates = true;
    expect(times((await open(kind).read(window(), signal)).values)).toHaveLength(20);
    standIn.faults.duplicates = false;
    standIn.faults.brokenRow = true;
    const { values, unreadable } = await open(kind, {}).read(window(minute(0), minute(3)), signal);
    expect(times(values)).toHaveLength(4);
    expect(unreadable).toHaveLength(1);
  });

  it('ends with a provider that gives the same page for ever', async () => {
    fill(30);
    standIn.faults.pagingLoop = true;
    const failure = await open(kind)
      .read(window(minute(10)), signal)
      .then(
        () => null,
        (error: unknown) => error,
      );
    // thethings.io answers larger pages in the end, and so everything.
    if (failure !== null) expect(failure).toMatchObject({ kind: 'BAD_PAGING' });
    expect(standIn.requests.length).toBeLessThan(20);
  });

  it('tells the newest value, and null where there is none', async () => {
    fill(20);
    const newest = await open(kind, kind === 'HTTP_PULL' ? {} : { pageSize: 50 }).latest('d1', 'total', signal);
    expect([newest?.measuredAt.getTime(), Number(newest?.value)]).toEqual([minute(19), 19]);
    expect(await open(kind).latest('d1', 'nothing', signal)).toBeNull();
  });

  it.each([
    ['an error page', 200, '<html>login</html>', 'MALFORMED'],
    ['nothing at all', 200, '', 'MALFORMED'],
    ['another shape', 200, '"ok"', 'MALFORMED'],
  ] as const)('calls %s malformed, not empty', async (_name, _status, text, expected) => {
    fill(3);
    const source = open(kind);
    await source.read(window(), signal);
    standIn.faults.body = { text, times: 1 };
    const answer = source.read(window(), signal);
    if (kind === 'HTTP_PULL' && text === '"ok"') expect((await answer).values).toEqual([]);
    else expect((await failureOf(answer)).kind).toBe(expected);
  });

  it('tries what may pass again, three times in all', async () => {
    fill(3);
    await open(kind).read(window(), signal);
    standIn.faults.next = { status: 500, times: 1 };
    standIn.faults.drops = 1;
    expect((await open(kind).read(window(), signal)).values.length).toBeGreaterThanOrEqual(3);
    // A client of its own, whose breaker has seen nothing yet.
    await http.close();
    http = newClient();
    const source = open(kind);
    await source.read(window(), signal);
    standIn.requests.length = 0;
    standIn.faults.next = { status: 500, times: 3 };
    expect((await failureOf(source.read(window(), signal))).kind).toBe('UNAVAILABLE');
    expect(standIn.requests).toHaveLength(3);
  });

  it('asks once when it is told to come back later, and says when that is', async () => {
    fill(3);
    const source = open(kind);
    await source.read(window(), signal);
    for (const [retryAfter, expected] of [
      ['120', 120_000],
      [new Date(now + 300_000).toUTCString(), 300_000],
    ] as const) {
      standIn.requests.length = 0;
      standIn.faults.next = { status: 429, times: 5, retryAfter };
      expect(await failureOf(source.read(window(), signal))).toMatchObject({
        kind: 'RATE_LIMITED',
        retryAfterMs: expected,
      });
      expect(standIn.requests).toHaveLength(1);
    }
  });

  it('gives up on a slow answer in time, and does not ask again', async () => {
    fill(3);
    standIn.faults.slowMs = 1_500;
    expect((await failureOf(open(kind, { timeoutMs: 1_000 }).read(window(), signal))).kind).toBe('TIMEOUT');
    expect(standIn.requests).toHaveLength(1);
  });

  it('repeats no secret that the provider throws back at it', async () => {
    fill(3);
    for (const status of [400, 401, 404, 429, 500, 418]) {
      // A client of its own, whose breaker has seen nothing yet.
      await http.close();
      http = newClient();
      standIn.faults.next = { status, times: 9 };
      const { message, stack } = await failureOf(open(kind).read(window(), signal));
      for (const secret of [standInAccount.password, standInAccount.deviceToken]) {
        expect(`${message} ${stack}`).not.toContain(secret);
        expect(`${message} ${stack}`).not.toContain(encodeURIComponent(secret));
      }
    }
  });

  it('does not go into a private network, and says so', async () => {
    await http.close();
    http = newClient(false);
    expect((await failureOf(open(kind).read(window(), signal))).kind).toBe('PRIVATE_ADDRESS');
    expect(standIn.requests).toHaveLength(0);
  });

  it('is left alone for a while when it keeps failing', async () => {
    const source = open(kind);
    standIn.faults.next = { status: 500, times: 100 };
    for (let tries = 0; tries < 3; tries += 1) await failureOf(source.read(window(), signal));
    const asked = standIn.requests.length;
    expect((await failureOf(source.read(window(), signal))).kind).toBe('CIRCUIT_OPEN');
    expect(standIn.requests).toHaveLength(asked);
  });

  it('knows how far its provider’s clock is ahead', async () => {
    fill(3);
    standIn.faults.skewMs = 90_000;
    const source = open(kind);
    expect(source.clockSkewMs()).toBeNull();
    await source.read(window(), signal);
    expect(source.clockSkewMs()).toBe(90_000);
  });
});

describe.each(['TWIN', 'TDATA'] as const)('the sign-in of %s', (kind) => {
  const signIns = () => standIn.requests.filter(({ path }) => path === '/twin/login').length;

  it('happens once for many readings, and again a minute before the session ends', async () => {
    fill(3);
    const source = open(kind);
    await Promise.all([1, 2, 3].map(() => source.read(window(), signal)));
    expect(signIns()).toBe(1);
    now += 3_600_000 - 61_000;
    await source.read(window(), signal);
    expect(signIns()).toBe(1);
    now += 2_000;
    await source.read(window(), signal);
    expect(signIns()).toBe(2);
  });

  it('happens again, once, when the provider has ended the session early', async () => {
    fill(3);
    const source = open(kind);
    await source.read(window(), signal);
    standIn.endSessions();
    const all = await Promise.all([1, 2, 3].map(() => source.read(window(), signal)));
    expect(all.every(({ values }) => values.length === 3)).toBe(true);
    expect(signIns()).toBe(2);
  });

  it('is not tried for ever with a wrong password', async () => {
    const source = open(kind, {}, { ...standInCredentials('d1'), password: 'another' });
    expect((await failureOf(source.read(window(), signal))).kind).toBe('SIGN_IN_REFUSED');
    expect(signIns()).toBe(1);
  });
});

describe('protocols', () => {
  it('TagoIO refuses with HTTP 200, and is understood', async () => {
    const source = open('TAGO', {}, { ...standInCredentials(), deviceTokens: { d1: 'foreign' } });
    expect((await failureOf(source.read(window(), signal))).kind).toBe('UNAUTHORISED');
  });

  it('NOVUS status codes are kept apart from measurements; TagoIO’s own negative values are values', async () => {
    standIn.add('d1', 'level', { at: minute(1), value: -3 });
    const of = async (kind: PulledKind) => (await open(kind).read(window(begin, minute(9), 'level'), signal)).values[0];
    expect(await of('NOVUS')).toMatchObject({ value: -3, isStatusCode: true });
    expect(await of('TAGO')).toMatchObject({ value: -3, isStatusCode: false });
  });

  it('thethings.io loses nothing when one second fills a page', async () => {
    standIn.add('d1', 'total', ...Array.from({ length: 40 }, (_, index) => ({ at: begin + index * 20, value: index })));
    expect(times((await open('NETTRA').read(window(), signal)).values)).toHaveLength(40);
  });

  it('a window with more than a pull can carry is refused, so that it is cut', async () => {
    fill(50_001);
    expect((await failureOf(open('TAGO', { pageSize: 10_000 }).read(window(begin, begin * 2), signal))).kind).toBe(
      'TOO_MANY',
    );
  });

  it('lists devices where the protocol can', async () => {
    fill(1);
    for (const kind of ['TWIN', 'HTTP_PULL'] as const) {
      expect(await open(kind).devices?.(signal)).toMatchObject([{ deviceId: 'd1' }]);
    }
    expect(open('NETTRA').devices).toBeNull();
  });

  it.each([
    ['a host that a placeholder decides', { url: 'https://{{device}}.example/x' }],
    ['another name than those there are', { url: 'https://a.example/{{env}}' }],
    ['credentials in the URL', { url: 'https://user:pass@a.example/x' }],
    ['a file', { url: 'file:///etc/passwd' }],
    ['a script in a path', { rows: '$.data[?(@.x)]' }],
    ['a header that is ours', { headers: { Host: 'b.example' } }],
    ['devices on another host', { devices: { url: 'https://b.example/', rows: '$', id: '$.id' } }],
  ])('a description with %s is refused', (_name, changes) => {
    const description = { url: 'https://a.example/x', rows: '$', fields: { time: '$.t', value: '$.v' }, ...changes };
    expect(connectionSchemas.HTTP_PULL.safeParse({ description }).success).toBe(false);
  });
});
