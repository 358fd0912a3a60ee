import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { createLog } from '../log/create-log.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { createHttpClient, type HttpClientOptions } from './create-http-client.ts';
import type { HttpClient, HttpRequest } from './http-client.ts';
import { PrivateAddressError, publicLookup } from './public-agent.ts';
import { retryDelayMs } from './retry-after.ts';

let server: Server;
let port = 0;
let hits = 0;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const clients: HttpClient[] = [];
let logged = '';
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });

beforeEach(async () => {
  hits = 0;
  logged = '';
  answer = (_request, response) => response.end('ok');
  server = createServer((request, response) => {
    hits += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  const log = createLog({
    name: 't',
    level: 'trace',
    write: (line) => {
      logged += line;
    },
  });
  const made = createHttpClient({ log, metrics, isPrivateNetworkAllowed: false, retryMs: 5, ...options });
  clients.push(made);
  return made;
}

function get(options: Partial<HttpRequest> = {}): HttpRequest {
  return { system: 'partner', method: 'GET', url: `http://127.0.0.1:${port}/a`, timeoutMs: 1_000, ...options };
}

async function reasonOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  return error instanceof AppError ? error.detail.reason : null;
}

/** A name server that answers with each list in turn. */
function names(...answers: readonly (readonly string[])[]): LookupFunction & { asked(): number } {
  let asked = 0;
  const lookup: LookupFunction = (_hostname, _options, callback) => {
    const found = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { asked: () => asked });
}

describe('the HTTP client', () => {
  it('sends method, headers and body, and returns any answer whatever its status', async () => {
    let seen = '';
    answer = (request, response) => {
      request.on('data', (chunk) => {
        seen += `${request.method} ${request.headers['x-sign']} ${chunk}`;
      });
      request.on('end', () => response.writeHead(422, { 'x-a': '1' }).end('{"no":true}'));
    };
    const response = await client().request(get({ method: 'POST', headers: { 'x-sign': 's' }, body: 'hola' }));
    expect(seen).toBe('POST s hola');
    expect(response).toMatchObject({ status: 422, body: '{"no":true}', headers: { 'x-a': '1' } });
  });

  it('gives up in time on a server that does not answer, or never finishes its answer', async () => {
    answer = () => {};
    expect(await reasonOf(client().request(get({ timeoutMs: 60 })))).toBe('TIMEOUT');
    answer = (_request, response) => response.write('begin');
    expect(await reasonOf(client().request(get({ timeoutMs: 60 })))).toBe('TIMEOUT');
  });

  it('stops reading an answer that is larger than allowed', async () => {
    answer = (_request, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', write);
      };
      write();
    };
    expect(await reasonOf(client().request(get({ maxResponseBytes: 100_000 })))).toBe('RESPONSE_TOO_LARGE');
  });

  it('ends when the caller gives up, also between tries', { timeout: 15_000 }, async () => {
    answer = () => {};
    expect(await reasonOf(client().request(get({ signal: AbortSignal.timeout(30) })))).toBe('ABORTED');
    answer = (_request, response) => response.writeHead(503, { 'retry-after': '20' }).end();
    // Twenty seconds between two tries, which is more than this test is given.
    expect(await reasonOf(client().request(get({ signal: AbortSignal.timeout(50), retries: 3 })))).toBe('ABORTED');
  });

  it('does not repeat unless told so', async () => {
    answer = (_request, response) => response.writeHead(503).end();
    expect((await client().request(get())).status).toBe(503);
    expect(hits).toBe(1);
  });

  it('repeats failures that may pass, as often as told, and returns the last answer', async () => {
    answer = (request, response) => (hits < 3 ? request.socket.destroy() : response.end('at last'));
    expect((await client().request(get({ retries: 3 }))).body).toBe('at last');
    expect(hits).toBe(3);
    hits = 0;
    answer = (_request, response) => response.writeHead(502).end('still');
    expect(await client().request(get({ retries: 2 }))).toMatchObject({ status: 502, body: 'still' });
    expect(hits).toBe(3);
  });

  it('does not repeat what was answered with a refusal', async () => {
    answer = (_request, response) => response.writeHead(400).end();
    await client().request(get({ retries: 5 }));
    expect(hits).toBe(1);
  });

  it('waits as long as the answer asks for', async () => {
    answer = (_request, response) =>
      hits === 1 ? response.writeHead(429, { 'retry-after': '1' }).end() : response.end('now');
    const startedAt = performance.now();
    expect((await client().request(get({ retries: 1 }))).body).toBe('now');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  });

  it('reads Retry-After as seconds or as a date, within reason, and else backs off', () => {
    const at = Date.parse('2026-01-01T00:00:00Z');
    const answered = (text: string) => ({ status: 429, headers: { 'retry-after': text }, body: '' });
    expect(retryDelayMs(answered('7'), 1, 100, at)).toBe(7_000);
    expect(retryDelayMs(answered('Thu, 01 Jan 2026 00:00:05 GMT'), 1, 100, at)).toBe(5_000);
    expect(retryDelayMs(answered('Thu, 01 Jan 2020 00:00:05 GMT'), 1, 100, at)).toBe(0);
    expect(retryDelayMs(answered('86400'), 1, 100, at)).toBe(30_000);
    expect(retryDelayMs(answered('soon'), 3, 100, at)).toBeGreaterThanOrEqual(200);
    expect(retryDelayMs(null, 3, 100, at)).toBeLessThanOrEqual(400);
  });

  it('leaves a system alone that keeps failing, tries it again later, and does not hold it against others', async () => {
    const breaking = client({ breaker: { volumeThreshold: 5, resetMs: 120 } });
    answer = (_request, response) => response.writeHead(500).end();
    for (let n = 0; n < 5; n += 1) await breaking.request(get());
    expect(await reasonOf(breaking.request(get()))).toBe('CIRCUIT_OPEN');
    expect(hits).toBe(5);
    answer = (_request, response) => response.end('well');
    expect((await breaking.request(get({ system: 'other' }))).body).toBe('well');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await breaking.request(get())).body).toBe('well');
  });

  it('does not count it against a system when the caller gives up', async () => {
    answer = () => {};
    const breaking = client({ breaker: { volumeThreshold: 3 } });
    for (let n = 0; n < 8; n += 1) await reasonOf(breaking.request(get({ signal: AbortSignal.timeout(5) })));
    answer = (_request, response) => response.end('fine');
    expect((await breaking.request(get())).body).toBe('fine');
  });

  it('returns redirects instead of following them', async () => {
    answer = (_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/b` }).end();
    expect(await client().request(get())).toMatchObject({ status: 302 });
    expect(hits).toBe(1);
  });

  it.each(['ftp://127.0.0.1/x', 'file:///etc/passwd', 'nonsense', 'http://user:secret@127.0.0.1/'])(
    'refuses the URL %s',
    async (url) => {
      expect(await reasonOf(client().request(get({ url })))).toBe('INVALID_URL');
    },
  );

  it('logs and counts each call without path, query, headers or body', async () => {
    await client().request(
      get({
        system: 'webhook:127.0.0.1',
        url: `http://127.0.0.1:${port}/things/abc123token/x?key=hunter2`,
        headers: { 'x-api-key': 'hunter2' },
      }),
    );
    expect(logged).toContain('"outcome":"200"');
    expect(logged).not.toMatch(/abc123token|hunter2/);
    expect(await metrics.registry.metrics()).toMatch(
      /cauce_http_out_seconds_count\{system="webhook",outcome="200",process="test"\} [1-9]/,
    );
  });
});

describe('requests to the public internet only', () => {
  it.each([
    ...['127.0.0.1', 'localhost', '0.0.0.0', '0', '2130706433', '017700000001', '0x7f000001', '0x7f.1', '127.1'],
    ...['[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '169.254.169.254', '10.0.0.1'],
  ])('do not reach %s', async (host) => {
    expect(await reasonOf(client().request(get({ url: `http://${host}:${port}/`, isPublicOnly: true })))).toBe(
      'PRIVATE_ADDRESS',
    );
    expect(hits).toBe(0);
  });

  it('refuse a name with any private address among its answers', async () => {
    const lookup = names(['93.184.215.14', '127.0.0.1']);
    const call = client({ lookup }).request(get({ url: `http://mixed.example:${port}/`, isPublicOnly: true }));
    expect(await reasonOf(call)).toBe('PRIVATE_ADDRESS');
    expect(lookup.asked()).toBe(1);
    expect(hits).toBe(0);
  });

  it('connect to the very address that was checked, and check again for the next connection', async () => {
    const rebinding = names(['93.184.215.14'], ['127.0.0.1']);
    const lookup = publicLookup(rebinding);
    const resolve = (all: boolean): Promise<unknown> =>
      new Promise((settle) => lookup('rebind.example', { all }, (error, found) => settle(error ?? found)));
    expect(await resolve(false)).toBe('93.184.215.14');
    expect(rebinding.asked()).toBe(1);
    expect(await resolve(true)).toBeInstanceOf(PrivateAddressError);
    const again = client({ lookup: rebinding }).request(
      get({ url: `http://rebind.example:${port}/`, isPublicOnly: true }),
    );
    expect(await reasonOf(again)).toBe('PRIVATE_ADDRESS');
    expect(hits).toBe(0);
  });

  it('reach private networks where the configuration allows it', async () => {
    const allowed = client({ isPrivateNetworkAllowed: true });
    expect((await allowed.request(get({ isPublicOnly: true }))).status).toBe(200);
  });

  it('leave requests that did not ask for it alone', async () => {
    expect((await client().request(get())).status).toBe(200);
  });
});
