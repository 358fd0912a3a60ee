import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SubgraphName, subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { freePort } from '@cauce/shared/test/free-port';
import { startRedisServer } from '@cauce/shared/test/redis-server';
import pg from 'pg';
import { startMosquitto } from '../../scripts/processes/mosquitto.ts';
import { answers, type RunningProcess, startProcess } from '../../scripts/processes/start-process.ts';

/** Everything in one process, or each part in its own with real Redis and Mosquitto between them. */
export type Way = 'in-process' | 'services';

/** Where a running platform can be reached, and looked into at the end. */
export interface PlatformDoors {
  readonly way: Way;
  /** The gateway, without a path. */
  readonly url: string;
  readonly mqttUrl: string;
  readonly webOrigin: string;
  /** Its own database, for looking behind the doors at the end. */
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** What signs its tokens, for making ones that are no good. */
  readonly secrets: { readonly tokenSecret: string; readonly internalSecret: string };
  /** What another process of it starts with; null where all of it is one process. */
  readonly replicaEnv: Env | null;
  /** Where a subgraph that runs alone listens; null when it lives in the only process. */
  subgraphUrl(name: SubgraphName): string | null;
}

/** A platform of the scenario's own, whose parts it may crash. */
export interface TestPlatform extends PlatformDoors {
  /** What the processes printed, for a failure's message. */
  output(): string;
  /** Crashes the process that holds a subgraph: that subgraph's own, or the only one there is. */
  crash(name: SubgraphName): Promise<void>;
  /** Starts what was crashed. */
  revive(name: SubgraphName): Promise<void>;
  stop(): Promise<void>;
}

export interface PlatformTestOptions {
  /** A database with the whole demo; it is cloned. */
  readonly seededUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Puts something between the gateway and a subgraph that runs alone: given its address, says where to ask instead. */
  readonly inFrontOf?: (name: SubgraphName, url: string) => Promise<string>;
}

/** The way this run takes, from the project that runs it. */
export function currentWay(): Way {
  return process.env.CAUCE_E2E_WAY === 'services' ? 'services' : 'in-process';
}

export async function startTestPlatform(options: PlatformTestOptions, way: Way = currentWay()): Promise<TestPlatform> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const databaseUrl = await cloneDatabase(options.seededUrl, stops);
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    // The database is dropped under it at the end.
    pool.on('error', () => {});
    stops.push(() => pool.end());
    const dataDir = mkdtempSync(join(tmpdir(), 'cauce-e2e-data-'));
    stops.push(async () => rmSync(dataDir, { recursive: true, force: true }));
    const mosquitto = await startMosquitto();
    stops.push(mosquitto.stop);
    const webOrigin = 'http://localhost:3999';
    const secrets = {
      CAUCE_TOKEN_SECRET: randomBytes(32).toString('base64'),
      CAUCE_INTERNAL_SECRET: randomBytes(32).toString('base64'),
      CAUCE_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    };
    const env = {
      NODE_ENV: 'production',
      CAUCE_MODE: 'test',
      CAUCE_ALLOW_PRIVATE_NETWORK: 'true',
      LOG_LEVEL: 'warn',
      DATABASE_URL: databaseUrl,
      MQTT_URL: mosquitto.url,
      CAUCE_DATA_DIR: dataDir,
      CORS_ORIGINS: webOrigin,
      TELEMETRY_SIMULATOR: 'off',
      TELEMETRY_ANALYSES_AT_START: 'off',
      ...secrets,
      ...options.env,
    };
    const start = way === 'services' ? await servicesPlan(env, stops, options.inFrontOf) : await oneProcessPlan(env);
    const running = new Map<string, RunningProcess>();
    stops.push(async () => {
      // The gateway first, so that nothing new comes in while the others end.
      await running.get('gateway')?.stop();
      await Promise.all([...running.values()].map((process) => process.stop()));
    });
    const launch = async (name: string, begin: () => Promise<RunningProcess>) => {
      running.set(name, await begin());
    };
    const { gateway, ...others } = start.processes;
    // All have to end their start before an error may stop what runs.
    const started = await Promise.allSettled(Object.entries(others).map(([name, begin]) => launch(name, begin)));
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    await launch('gateway', gateway);
    const holder = (name: SubgraphName) => (way === 'services' ? name : 'gateway');
    return {
      way,
      url: start.url,
      mqttUrl: mosquitto.url,
      webOrigin,
      pool,
      databaseUrl,
      secrets: { tokenSecret: secrets.CAUCE_TOKEN_SECRET, internalSecret: secrets.CAUCE_INTERNAL_SECRET },
      replicaEnv: start.replicaEnv,
      subgraphUrl: (name) => start.subgraphUrls[name] ?? null,
      output: () => [...running.values()].map((one) => `--- ${one.name}\n${one.output()}`).join('\n'),
      async crash(name) {
        await running.get(holder(name))?.kill();
      },
      async revive(name) {
        const begin = start.processes[holder(name)];
        if (begin !== undefined) await launch(holder(name), begin);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Plan {
  readonly url: string;
  readonly subgraphUrls: Readonly<Partial<Record<SubgraphName, string>>>;
  readonly replicaEnv: Env | null;
  /** The gateway starts when the others are ready. */
  readonly processes: { readonly gateway: Begin; readonly [name: string]: Begin };
}

type Begin = () => Promise<RunningProcess>;
type Env = Readonly<Record<string, string>>;

async function oneProcessPlan(env: Env): Promise<Plan> {
  const port = await freePort();
  const begin = () => startNode('gateway', 'gateway/src/main.ts', { ...env, GATEWAY_PORT: String(port) }, port);
  return { url: `http://127.0.0.1:${port}`, subgraphUrls: {}, replicaEnv: null, processes: { gateway: begin } };
}

async function servicesPlan(
  env: Env,
  stops: (() => Promise<void>)[],
  inFrontOf: PlatformTestOptions['inFrontOf'] = async (_name, url) => url,
): Promise<Plan> {
  const redis = await startRedisServer();
  stops.push(redis.stop);
  const shared: Env = { ...env, REDIS_URL: redis.url };
  const processes: Record<string, Begin> = {};
  const urls: Record<string, string> = {};
  const subgraphUrls: Partial<Record<SubgraphName, string>> = {};
  for (const name of subgraphNames) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/graphql`;
    subgraphUrls[name] = url;
    urls[`SUBGRAPH_${name.toUpperCase()}_URL`] = await inFrontOf(name, url);
    processes[name] = () =>
      startNode(name, `subgraphs/${name}/src/main.ts`, { ...shared, SUBGRAPH_PORT: String(port) }, port);
  }
  processes.worker = () =>
    startProcess({
      name: 'worker',
      command: process.execPath,
      args: ['gateway/src/worker.ts'],
      env: { ...shared, LOG_LEVEL: 'warn' },
      isReady: async () => true,
    });
  const port = await freePort();
  const gateway = () =>
    startNode('gateway', 'gateway/src/main.ts', { ...shared, ...urls, GATEWAY_PORT: String(port) }, port);
  return {
    ...{ url: `http://127.0.0.1:${port}`, subgraphUrls, replicaEnv: { ...shared, ...urls } },
    processes: { ...processes, gateway },
  };
}

/** Starts a server of the platform and waits until it is ready. */
export function startNode(name: string, file: string, env: Env, port: number): Promise<RunningProcess> {
  return startProcess({
    name,
    command: process.execPath,
    args: [file],
    env,
    isReady: () => answers(`http://127.0.0.1:${port}/readyz`),
  });
}

async function cloneDatabase(seededUrl: string, stops: (() => Promise<void>)[]): Promise<string> {
  const name = `cauce_e2e_${randomBytes(6).toString('hex')}`;
  const admin = new URL(seededUrl);
  const template = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  stops.push(() => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const url = new URL(seededUrl);
  url.pathname = `/${name}`;
  return url.href;
}
