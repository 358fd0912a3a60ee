import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEnv } from './parse-env.ts';
import { EnvironmentProblem } from './platform-env.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cauce-env-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const strong = () => ({
  CAUCE_TOKEN_SECRET: randomBytes(32).toString('hex'),
  CAUCE_INTERNAL_SECRET: randomBytes(32).toString('hex'),
  CAUCE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
});

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    parseEnv({ CAUCE_DATA_DIR: dataDir, ...source });
  } catch (error) {
    if (error instanceof EnvironmentProblem) return error.problems;
    throw error;
  }
  return [];
}

describe('parseEnv', () => {
  it('runs a demo with nothing set: everything embedded, documented ports', () => {
    expect(parseEnv({ CAUCE_DATA_DIR: dataDir, REDIS_URL: ' ' })).toMatchObject({
      mode: 'demo',
      databaseUrl: null,
      redisUrl: null,
      mqttUrl: null,
      subgraphUrls: {},
      supergraphFile: null,
      webPort: 3000,
      gatewayPort: 4000,
      mqttPort: 1883,
      postgresPort: 25432,
      dataDir,
      corsOrigins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
      isPrivateNetworkAllowed: false,
    });
  });

  it('makes the secrets of the demo once, keeps them for the next start, and lets nobody else read them', () => {
    const first = parseEnv({ CAUCE_DATA_DIR: dataDir }).secrets;
    chmodSync(join(dataDir, 'secrets.json'), 0o644);
    expect(parseEnv({ CAUCE_DATA_DIR: dataDir }).secrets).toEqual(first);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(Buffer.from(first.encryptionKey, 'base64')).toHaveLength(32);
    expect(new Set(Object.values(first)).size).toBe(3);
  });

  it('prefers a secret that was given over the kept one', () => {
    const token = randomBytes(32).toString('hex');
    expect(parseEnv({ CAUCE_DATA_DIR: dataDir, CAUCE_TOKEN_SECRET: token }).secrets.tokenSecret).toBe(token);
  });

  it('refuses production without secrets, naming each and how to make it', () => {
    const problems = problemsOf({ CAUCE_MODE: 'production' });
    expect(problems).toHaveLength(3);
    for (const name of Object.keys(strong())) expect(problems.join('\n')).toContain(name);
    expect(problems.join('\n')).toContain('openssl rand');
  });

  it.each([
    ['short', { CAUCE_TOKEN_SECRET: 'Zk3v9Qp2' }],
    ['an example', { CAUCE_TOKEN_SECRET: 'change-me-change-me-change-me-change-me' }],
    ['repetitive', { CAUCE_INTERNAL_SECRET: 'abababababababababababababababababab' }],
    ['not 32 bytes', { CAUCE_ENCRYPTION_KEY: randomBytes(16).toString('base64') }],
  ])('refuses a production secret that is %s, without repeating it', (_name, override) => {
    const problems = problemsOf({ CAUCE_MODE: 'production', ...strong(), ...override });
    expect(problems).toHaveLength(1);
    for (const value of Object.values(override)) expect(problems.join()).not.toContain(value);
  });

  it('refuses in production the secrets that were made for the demo, and one secret used twice', () => {
    const demo = parseEnv({ CAUCE_DATA_DIR: dataDir }).secrets;
    expect(problemsOf({ CAUCE_MODE: 'production', ...strong(), CAUCE_TOKEN_SECRET: demo.tokenSecret })).toEqual([
      'CAUCE_TOKEN_SECRET is the one that was made for the demo; production needs its own.',
    ]);
    const twice = randomBytes(32).toString('hex');
    const problems = problemsOf({
      CAUCE_MODE: 'production',
      ...strong(),
      CAUCE_TOKEN_SECRET: twice,
      CAUCE_INTERNAL_SECRET: twice,
    });
    expect(problems.join()).toContain('must differ');
  });

  it('accepts production with strong secrets', () => {
    expect(problemsOf({ CAUCE_MODE: 'production', ...strong() })).toEqual([]);
  });

  it('names every bad variable at once, in sentences', () => {
    const problems = problemsOf({
      CAUCE_MODE: 'prod',
      WEB_PORT: '99999',
      GATEWAY_PORT: 'http',
      DATABASE_URL: 'mysql://u:topsecretpw@db.example/x',
      REDIS_URL: 'localhost:6379',
      SUBGRAPH_ACCESS_URL: 'ftp://access.example',
      SUBGRAPH_ACCES_URL: 'http://access.example',
      CORS_ORIGINS: 'https://app.example/path',
      LOG_LEVEL: 'loud',
      CAUCE_ALLOW_PRIVATE_NETWORK: 'yes',
    });
    expect(problems).toHaveLength(10);
    expect(problems).toContain('WEB_PORT must be a port number from 0 to 65535.');
    expect(problems.join('\n')).not.toContain('topsecretpw');
  });

  it('refuses two doors on one port, and any origin in production', () => {
    expect(problemsOf({ WEB_PORT: '4000' })).toEqual(['WEB_PORT and GATEWAY_PORT are both 4000.']);
    expect(problemsOf({ CAUCE_MODE: 'production', ...strong(), CORS_ORIGINS: '*' }).join()).toContain('CORS_ORIGINS');
  });

  it('says so in one sentence when the data directory cannot hold the secrets', () => {
    writeFileSync(join(dataDir, 'a-file'), '');
    const problems = problemsOf({ CAUCE_DATA_DIR: join(dataDir, 'a-file') });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('CAUCE_DATA_DIR');
  });

  it('reads how much live one gateway carries, and refuses none at all', () => {
    expect(parseEnv({ CAUCE_DATA_DIR: dataDir }).live).toEqual({
      connections: 20_000,
      streams: 50_000,
      streamsPerViewer: 1_000,
    });
    const given = { CAUCE_LIVE_CONNECTIONS: '5', CAUCE_LIVE_STREAMS: '6', CAUCE_LIVE_STREAMS_PER_VIEWER: '7' };
    expect(parseEnv({ CAUCE_DATA_DIR: dataDir, ...given }).live).toEqual({
      connections: 5,
      streams: 6,
      streamsPerViewer: 7,
    });
    expect(problemsOf({ CAUCE_LIVE_STREAMS: '0' })).toEqual(['CAUCE_LIVE_STREAMS must be a number from 1 to 9999999.']);
  });

  it('reads where each subgraph is', () => {
    expect(
      parseEnv({ CAUCE_DATA_DIR: dataDir, SUBGRAPH_TELEMETRY_URL: 'http://telemetry.example:4104' }).subgraphUrls,
    ).toEqual({ telemetry: 'http://telemetry.example:4104' });
  });
});
