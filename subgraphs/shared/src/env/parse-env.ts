import { resolve } from 'node:path';
import { z } from 'zod';
import { logLevels } from '../log/create-log.ts';
import { type SubgraphName, subgraphNames } from '../subgraph/subgraph.ts';
import { EnvironmentProblem, type PlatformEnv } from './platform-env.ts';
import { resolveSecrets } from './resolve-secrets.ts';

export type EnvSource = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment of this process, the only place that does. In demo mode secrets that are not given are made
 * once and kept in the data directory; in test mode they are made anew; in production they must be given.
 * Throws `EnvironmentProblem` with every problem at once, in sentences that repeat no secret.
 */
export function parseEnv(source: EnvSource = process.env): PlatformEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim() !== ''));
  const parsed = variables.safeParse(given);
  const problems = [...(parsed.error?.issues.map(describe) ?? []), ...unknownSubgraphs(given)];
  if (!parsed.success) throw new EnvironmentProblem(problems);

  const values = parsed.data;
  const dataDir = resolve(values.CAUCE_DATA_DIR);
  const ports = {
    WEB_PORT: values.WEB_PORT,
    GATEWAY_PORT: values.GATEWAY_PORT,
    MQTT_PORT: values.MQTT_PORT,
    POSTGRES_PORT: values.POSTGRES_PORT,
  };
  problems.push(...clashes(ports));
  if (values.CAUCE_MODE === 'production' && values.CORS_ORIGINS?.includes('*')) {
    problems.push(
      'CORS_ORIGINS must list origins in production; "*" would let any site use the sign-ins of its visitors.',
    );
  }
  const secrets = resolveSecrets({
    mode: values.CAUCE_MODE,
    dataDir,
    given: {
      tokenSecret: values.CAUCE_TOKEN_SECRET,
      internalSecret: values.CAUCE_INTERNAL_SECRET,
      encryptionKey: values.CAUCE_ENCRYPTION_KEY,
    },
  });
  problems.push(...secrets.problems);
  if (problems.length > 0 || secrets.secrets === null) throw new EnvironmentProblem(problems);

  return {
    mode: values.CAUCE_MODE,
    databaseUrl: values.DATABASE_URL ?? null,
    redisUrl: values.REDIS_URL ?? null,
    mqttUrl: values.MQTT_URL ?? null,
    subgraphUrls: subgraphUrls(values),
    supergraphFile: values.CAUCE_SUPERGRAPH_FILE === undefined ? null : resolve(values.CAUCE_SUPERGRAPH_FILE),
    host: values.CAUCE_HOST,
    subgraphPort: values.SUBGRAPH_PORT,
    webPort: values.WEB_PORT,
    gatewayPort: values.GATEWAY_PORT,
    mqttPort: values.MQTT_PORT,
    postgresPort: values.POSTGRES_PORT,
    dataDir,
    corsOrigins: values.CORS_ORIGINS ?? [`http://localhost:${values.WEB_PORT}`, `http://127.0.0.1:${values.WEB_PORT}`],
    logLevel: values.LOG_LEVEL ?? defaultLogLevel[values.CAUCE_MODE],
    tracing: { endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null, ratio: values.OTEL_TRACES_SAMPLER_ARG },
    slowOperationMs: values.CAUCE_SLOW_OPERATION_MS,
    cache: { mode: values.CAUCE_CACHE, maxBytes: values.CAUCE_CACHE_MB * 1024 * 1024 },
    planner: values.CAUCE_PLANNER,
    live: {
      connections: values.CAUCE_LIVE_CONNECTIONS,
      streams: values.CAUCE_LIVE_STREAMS,
      streamsPerViewer: values.CAUCE_LIVE_STREAMS_PER_VIEWER,
    },
    subgraphTimeoutMs: values.CAUCE_SUBGRAPH_TIMEOUT_MS,
    isPrivateNetworkAllowed: values.CAUCE_ALLOW_PRIVATE_NETWORK,
    trustedDocuments: values.CAUCE_TRUSTED_DOCUMENTS,
    secrets: secrets.secrets,
  };
}

/** The demo shares its terminal with a person: only what went wrong is worth a line. */
const defaultLogLevel = { demo: 'warn', production: 'info', test: 'silent' } as const;

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .transform(Number)
    .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535')
    .default(fallback);

const url = (...protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1)),
      `must be a URL that starts with ${protocols.map((name) => `${name}://`).join(' or ')}`,
    )
    .optional();

const origins = z
  .string()
  .transform((value) => value.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every((origin) => origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)),
    'must be origins separated by commas, such as https://app.example, without a path',
  )
  .optional();

const flag = z
  .enum(['true', 'false', '1', '0'], 'must be true or false')
  .default('false')
  .transform((value) => value === 'true' || value === '1');

const atMost = (fallback: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be a number from 1 to 9999999')
    .transform(Number)
    .default(fallback);

const variables = z.looseObject({
  CAUCE_MODE: z.enum(['demo', 'production', 'test'], 'must be demo, production or test').default('demo'),
  DATABASE_URL: url('postgres', 'postgresql'),
  REDIS_URL: url('redis', 'rediss'),
  MQTT_URL: url('mqtt', 'mqtts', 'ws', 'wss'),
  CAUCE_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  SUBGRAPH_PORT: port(4001),
  WEB_PORT: port(3000),
  GATEWAY_PORT: port(4000),
  MQTT_PORT: port(1883),
  POSTGRES_PORT: port(25_432),
  CAUCE_DATA_DIR: z.string().default('.cauce'),
  CAUCE_SUPERGRAPH_FILE: z.string().optional(),
  CAUCE_TOKEN_SECRET: z.string().optional(),
  CAUCE_INTERNAL_SECRET: z.string().optional(),
  CAUCE_ENCRYPTION_KEY: z.string().optional(),
  CORS_ORIGINS: origins,
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  CAUCE_ALLOW_PRIVATE_NETWORK: flag,
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'must be a share of traces from 0 to 1')
    .transform(Number)
    .default(1),
  CAUCE_SLOW_OPERATION_MS: z
    .string()
    .regex(/^\d{1,7}$/, 'must be a number of milliseconds, 0 for none')
    .transform(Number)
    .default(1_000),
  CAUCE_PLANNER: z.enum(['apollo', 'hive'], 'must be apollo or hive').default('apollo'),
  CAUCE_CACHE: z.enum(['off', 'memory', 'redis'], 'must be off, memory or redis').default('memory'),
  CAUCE_CACHE_MB: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a whole number of megabytes from 1')
    .transform(Number)
    .default(64),
  CAUCE_LIVE_CONNECTIONS: atMost(20_000),
  CAUCE_LIVE_STREAMS: atMost(50_000),
  CAUCE_LIVE_STREAMS_PER_VIEWER: atMost(1_000),
  CAUCE_SUBGRAPH_TIMEOUT_MS: z
    .string()
    .regex(/^[1-9]\d{2,4}$/, 'must be a number of milliseconds from 100 to 99999')
    .transform(Number)
    .default(10_000),
  CAUCE_TRUSTED_DOCUMENTS: z.enum(['open', 'only'], 'must be open or only').default('open'),
  ...Object.fromEntries(subgraphNames.map((name) => [subgraphVariable(name), url('http', 'https')])),
});

function subgraphVariable(name: SubgraphName): string {
  return `SUBGRAPH_${name.toUpperCase()}_URL`;
}

function subgraphUrls(values: Readonly<Record<string, unknown>>): Partial<Record<SubgraphName, string>> {
  return Object.fromEntries(
    subgraphNames.flatMap((name) => {
      const value = values[subgraphVariable(name)];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}.`;
}

/** A misspelt name would silently run that subgraph in this process. */
function unknownSubgraphs(given: EnvSource): string[] {
  const known = subgraphNames.map(subgraphVariable);
  return Object.keys(given)
    .filter((name) => /^SUBGRAPH_.*_URL$/.test(name) && !known.includes(name))
    .map((name) => `${name} names no subgraph; there are ${known.join(', ')}.`);
}

function clashes(ports: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(ports).filter(([, value]) => value !== 0);
  return entries.flatMap(([name, value], index) =>
    entries
      .slice(index + 1)
      .filter(([, other]) => other === value)
      .map(([other]) => `${name} and ${other} are both ${value}.`),
  );
}
