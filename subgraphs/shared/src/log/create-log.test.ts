import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { createLog } from './create-log.ts';
import type { Log } from './log.ts';

const jwt =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dBjftJeZ4CVPmB92K27uhbUJU1p1rqW1gFWFOEjXk';
const secret = 'hunter2-Zx9Qp4';

function capture(knownSecrets: readonly string[] = []): { log: Log; text: () => string } {
  let text = '';
  const log = createLog({
    name: 'test',
    level: 'trace',
    knownSecrets,
    write: (line) => {
      text += line;
    },
  });
  return { log, text: () => text };
}

/** Every way we know to log a secret; each must leave nothing of it. */
const ways: Readonly<Record<string, (log: Log) => void>> = {
  'a field named password': (log) => log.info({ password: secret }, 'x'),
  'a password that is a number': (log) => log.info({ pin: 90210771, password: 90210771 }, 'x'),
  'a field in another spelling': (log) =>
    log.info({ PASSWORD: secret, refresh_token: secret, 'X-Api-Key': secret, clientSecret: secret }, 'x'),
  'deep inside objects and arrays': (log) => log.info({ a: [{ b: { c: [{ refreshToken: secret }] } }] }, 'x'),
  'under a secret name as an object': (log) => log.info({ credentials: { user: 'ana', value: secret } }, 'x'),
  'in a Map, a Set and Headers': (log) =>
    log.info({ m: new Map([['token', secret]]), s: new Set([{ secret }]), h: new Headers({ authorization: secret }) }),
  'in raw headers': (log) => log.info({ rawHeaders: ['Host', 'a.example', 'Authorization', secret] }),
  'in pairs': (log) => log.info({ headers: [['x-api-key', secret]] }),
  'in request headers': (log) =>
    log.info({ req: { headers: { authorization: `Bearer ${secret}`, cookie: `sid=${secret}` } } }),
  'in the message': (log) => log.info(`sent Authorization: Bearer ${secret}`),
  'as a named value in the message': (log) => log.info(`signing in with password=${secret} as ana`),
  'as a quoted value with spaces': (log) => log.info(`password: "one two ${secret}" was refused`),
  'as an interpolated argument': (log) => log.info('password=%s', secret),
  'as an interpolated object': (log) => log.info('body %o and %j', { password: secret }, { token: secret }),
  'as JSON in a string': (log) => log.info({ body: JSON.stringify({ user: 'ana', password: secret, n: 1 }) }),
  'as JSON inside JSON': (log) => log.info({ body: JSON.stringify({ inner: JSON.stringify({ apiKey: secret }) }) }),
  'in a query string': (log) => log.info({ url: `/callback?access_token=${secret}&state=1` }),
  'percent-encoded in a query string': (log) => log.info({ url: `/callback?next=%2Fa%3Ftoken%3D${secret}` }),
  'in a form body': (log) => log.info({ body: `grant_type=refresh_token&client_secret=${secret}` }),
  'as credentials in a URL': (log) => log.info({ url: `postgres://cauce:${secret}@db.example:5432/cauce` }),
  'as credentials with odd characters': (log) => log.info(`redis://:p@ss/${secret}@cache.example:6379 refused`),
  'as a URL object': (log) => log.info({ url: new URL(`https://ana:${secret}@host.example/x`) }),
  'as a token in the path of a thing': (log) =>
    log.info({ url: `https://api.things.example/v2/things/${secret}/resources/level?limit=1` }),
  'as a bot token in a path': (log) => log.info(`POST https://chat.example/bot123456:${secret}aaaaaaaa/send`),
  'in the message of an error': (log) => log.error(new Error(`connect failed: mqtt://u:${secret}@broker.example`)),
  'in the cause of an error': (log) =>
    log.error({ err: new AppError('INTERNAL', 'failed', { cause: new Error('x', { cause: { token: secret } }) }) }),
  'in the detail of an error': (log) =>
    log.error({ err: new AppError('INTERNAL', 'f', { detail: { apiKey: secret } }) }),
  'in own properties of an error': (log) =>
    log.error(Object.assign(new Error('x'), { config: { headers: { Cookie: secret } } })),
  'in an error that is not under err': (log) =>
    log.error({ failure: new Error(`token=${secret}`), list: [new Error(`pwd=${secret}`)] }),
  'in an aggregate error': (log) => log.error(new AggregateError([new Error(`secret: ${secret}`)], 'many')),
  'in the bindings of a child': (log) => log.child({ token: secret, nested: { password: secret } }).info('x'),
  'in bindings set later': (log) => {
    const child = log.child({});
    child.setBindings({ apiKey: secret });
    child.info('x');
  },
  'through a child with its own serializer': (log) =>
    log.child({}, { serializers: { user: () => ({ password: secret }) } }).info({ user: 1 }),
  'through a child that gives up redaction': (log) =>
    log.child({ password: secret }, { redact: [] }).info({ token: secret }),
  'through a prefix of a child': (log) => log.child({}, { msgPrefix: `token=${secret} ` }).info('x'),
  'through toJSON': (log) => log.info({ session: { toJSON: () => ({ token: secret }) } }),
  'as a key of an object': (log) => log.info({ byToken: { [`Bearer ${secret}`]: 1 } }),
  'in a private key': (log) => log.info(`-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`),
  'in a cookie header text': (log) => log.info(`Set-Cookie: sid=${secret}; HttpOnly`),
  'in a Spanish word': (log) => log.info({ contraseña: secret, msg2: `contraseña=${secret}` }),
};

describe('createLog', () => {
  it.each(Object.entries(ways))('lets no secret survive %s', (_name, act) => {
    const { log, text } = capture();
    act(log);
    expect(text()).not.toBe('');
    expect(text()).not.toContain(secret);
    expect(text()).not.toContain('90210771');
  });

  it.each([
    ['a JWT', jwt],
    ['a model key', 'sk-proj-abcDEF1234567890'],
    ['one of our API keys', 'cauce_live_3fKd9sLq0ZxP7vBn'],
    ['a cloud key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a repository token', 'ghp_abcdefghijklmnopqrstuvwxyz012345'],
    ['a messaging token', 'EAAGm0PX4ZCpsBAKabcdefghijkl'],
    ['a webhook secret', 'whsec_abcdefghijklmnop'],
  ])('recognises %s by its shape alone', (_name, key) => {
    const { log, text } = capture();
    log.info({ note: `it was ${key}, they said`, list: [key] }, `and ${key}`);
    expect(text()).not.toContain(key);
  });

  it('hides the secrets the process was started with, whatever they look like', () => {
    const { log, text } = capture(['plain words as a key']);
    log.info({ a: ['plain words as a key'] }, 'using plain words as a key now');
    expect(text()).not.toContain('plain words');
  });

  it('lets no value survive under a secret name, whatever the value and wherever the name is nested', () => {
    const names = fc.constantFrom('password', 'Authorization', 'api_key', 'refreshToken', 'client-secret', 'cookie');
    fc.assert(
      fc.property(names, fc.string({ minLength: 8 }), fc.array(fc.constantFrom('a', 'b')), (name, tail, path) => {
        const value = `Qz7${tail}`;
        const { log, text } = capture();
        log.info(path.reduce<object>((inner, key) => ({ [key]: [inner] }), { [name]: value }));
        const line: unknown = JSON.parse(text());
        expect(JSON.stringify(line)).not.toContain(JSON.stringify(value).slice(1, -1));
      }),
    );
  });

  it('lets no password survive inside a text that quotes JSON, whatever quotes and escapes it holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.constantFrom(1, 2), (tail, depth) => {
        const value = `Qz7${tail}Zq7`;
        const quote = (inner: unknown): string => JSON.stringify(inner);
        const json = depth === 1 ? quote({ password: value }) : quote({ body: quote({ password: value }) });
        const { log, text } = capture();
        log.info({ body: json });
        log.info({ body: [json, { raw: json }] });
        if (depth === 1) log.info(`the body was ${json} and nothing else`);
        expect(text()).not.toMatch(/Qz7|Zq7/);
      }),
    );
  });

  it.each([
    ['one long word', (size: number) => 'a'.repeat(size)],
    ['a secret word again and again', (size: number) => 'token'.repeat(size / 5)],
    ['dots', (size: number) => 'a.'.repeat(size / 2)],
    ['starts of JWTs', (size: number) => 'eyJ-'.repeat(size / 4)],
    ['starts of URLs', (size: number) => 'a://'.repeat(size / 4)],
    ['colons', (size: number) => 'a://b:'.repeat(size / 6)],
    ['open quotes', (size: number) => 'password="\\'.repeat(size / 11)],
    ['spaces', (size: number) => `token${' '.repeat(size)}x`],
  ])('reads %s in time that grows as its length does', (_name, hostile) => {
    const { log } = capture();
    /** Milliseconds that this thread works on one line, whatever else the machine does; counted in ticks of 4 ms. */
    const cost = (size: number) => {
      const text = hostile(size);
      const before = process.threadCpuUsage();
      for (let lines = 1; ; lines += 1) {
        log.info(text);
        const { user, system } = process.threadCpuUsage(before);
        if (user + system > 25_000) return (user + system) / 1_000 / lines;
      }
    };
    cost(2_000);
    // Eight times the length costs eight times as much; were it quadratic, sixty-four times.
    expect(cost(16_000) / cost(2_000)).toBeLessThan(32);
  });

  it('keeps what people need to read', () => {
    const { log, text } = capture();
    const id = '0199c0de-7a11-7000-8000-000000000001';
    log.info({ siteId: id, tokens: 512, apiKeyId: id, hasToken: true, tookMs: 3, when: new Date(0) }, 'stored 3 rows');
    expect(JSON.parse(text())).toMatchObject({
      level: 'info',
      name: 'test',
      siteId: id,
      tokens: 512,
      apiKeyId: id,
      hasToken: true,
      tookMs: 3,
      when: '1970-01-01T00:00:00.000Z',
      msg: 'stored 3 rows',
    });
  });

  it('writes an error with its type, stack and causes', () => {
    const { log, text } = capture();
    log.error({ err: new TypeError('outer', { cause: new RangeError('inner') }) }, 'failed');
    expect(JSON.parse(text())).toMatchObject({
      err: { type: 'TypeError', message: 'outer', cause: { type: 'RangeError', message: 'inner' } },
      msg: 'failed',
    });
  });

  it('survives cycles, throwing getters, bigints, invalid dates, bytes and endless depth', () => {
    const { log, text } = capture();
    const cycle: { self?: unknown; emitter: EventEmitter } = { emitter: new EventEmitter() };
    cycle.self = cycle;
    const deep = Array.from({ length: 100 }).reduce<object>((inner) => ({ inner }), {});
    const trap = {
      get boom(): never {
        throw new Error('no');
      },
      ok: 1,
    };
    log.info({ cycle, deep, trap, big: 10n, date: new Date(Number.NaN), bytes: Buffer.from('abc'), f: () => 1 }, 'odd');
    expect(JSON.parse(text())).toMatchObject({
      cycle: { self: '[circular]' },
      trap: { boom: '[unreadable]', ok: 1 },
      big: '10',
      bytes: '[3 bytes]',
    });
  });

  it('writes one readable line for people when asked to', () => {
    let line = '';
    const log = createLog({
      name: 'gateway',
      level: 'info',
      isPretty: true,
      write: (text) => {
        line = text;
      },
    });
    log.info({ port: 4000, password: secret }, 'listening');
    expect(line).toContain('listening');
    expect(line).toContain('4000');
    expect(line).not.toContain(secret);
    expect(line.trim().split('\n')).toHaveLength(1);
  });

  it('writes nothing below its level', () => {
    let lines = 0;
    const log = createLog({
      name: 't',
      level: 'warn',
      write: () => {
        lines += 1;
      },
    });
    log.info('no');
    log.warn('yes');
    expect(lines).toBe(1);
  });
});
