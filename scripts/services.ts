import { join } from 'node:path';
import { subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { failWith, untilToldToStop } from '@cauce/shared/subgraph/until-told';
import { generateClient, generateDocuments } from './generate.ts';
import { createProgress } from './start/progress.ts';

const progress = createProgress();
const firstSubgraphPort = 4101;

/** Cauce as a company runs it, on one machine and without Docker: each part in its own process, Redis and Mosquitto between. */
async function startServices(): Promise<void> {
  progress.say('Cauce, as services');
  await progress.step('generated the database client', generateClient);
  const { parseEnv } = await import('@cauce/shared/env/parse-env');
  const { createStopStack } = await import('@cauce/shared/subgraph/stop-stack');
  const { startEmbeddedPostgres } = await import('@cauce/shared/embedded/postgres');
  const { startRedisServer } = await import('@cauce/shared/test/redis-server');
  const { startMosquitto } = await import('./processes/mosquitto.ts');
  const { answers, startProcess } = await import('./processes/start-process.ts');
  const { createBanner, demoSignIns } = await import('./start/banner.ts');
  const { prepareDatabase } = await import('./start/database.ts');
  const { findObstacles } = await import('./start/preflight.ts');
  const { silentLog } = await import('./start/silent-log.ts');
  const { buildWeb, startWeb } = await import('./start/web.ts');

  const env = parseEnv();
  const obstacles = await findObstacles(env);
  if (obstacles.length > 0) throw new Error(obstacles.join('\n       '));
  const told = untilToldToStop();
  const parts = createStopStack(silentLog);
  try {
    const given = async (
      url: string | null,
      name: string,
      start: () => Promise<{ url: string; stop(): Promise<void> }>,
    ) => {
      if (url !== null) return url;
      const service = await progress.step(`started ${name}`, start);
      parts.push(name, service.stop, 30_000);
      return service.url;
    };
    const databaseUrl = await given(env.databaseUrl, 'Postgres', () =>
      startEmbeddedPostgres({
        dir: join(env.dataDir, 'postgres'),
        port: env.postgresPort,
        database: 'cauce',
        isDurable: true,
      }),
    );
    const redisUrl = await given(env.redisUrl, 'Redis', startRedisServer);
    const mqttUrl = await given(env.mqttUrl, 'Mosquitto', () => startMosquitto(env.mqttPort));
    await prepareDatabase(databaseUrl, env.mode, progress);
    await generateDocuments();
    await progress.step('built the web app', buildWeb);

    const urls: Record<string, string> = {};
    const shared = {
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      MQTT_URL: mqttUrl,
      CAUCE_TOKEN_SECRET: env.secrets.tokenSecret,
      CAUCE_INTERNAL_SECRET: env.secrets.internalSecret,
      CAUCE_ENCRYPTION_KEY: env.secrets.encryptionKey,
    };
    const launch = async (name: string, file: string, extra: Readonly<Record<string, string>>, port: number | null) => {
      const process_ = await startProcess({
        name,
        command: process.execPath,
        args: [file],
        env: { ...shared, ...extra },
        isReady: async () => port === null || answers(`http://127.0.0.1:${port}/readyz`),
      });
      parts.push(name, process_.stop, 30_000);
    };
    await progress.step('started seven subgraphs and a worker', () =>
      Promise.all([
        ...subgraphNames.map((name, index) => {
          const port = firstSubgraphPort + index;
          urls[`SUBGRAPH_${name.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/graphql`;
          return launch(name, `subgraphs/${name}/src/main.ts`, { SUBGRAPH_PORT: String(port) }, port);
        }),
        launch('worker', 'gateway/src/worker.ts', {}, null),
      ]),
    );
    await progress.step('started the gateway', () => launch('gateway', 'gateway/src/main.ts', urls, env.gatewayPort));
    const gatewayUrl = `http://localhost:${env.gatewayPort}`;
    const web = await progress.step('started the web app', () =>
      startWeb({
        port: env.webPort,
        gatewayUrl,
        gatewayPort: env.gatewayPort,
        demoSignIns: env.mode === 'demo' ? demoSignIns() : [],
      }),
    );
    parts.push('web', web.stop, 10_000);
    for (const line of createBanner({ env, webUrl: web.url, gatewayUrl, mqttUrl, seconds: performance.now() / 1000 }))
      progress.say(line);
    await told;
    progress.say('\n  · stopping');
    await parts.stop();
    process.exit(0);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

await startServices().catch(failWith);
