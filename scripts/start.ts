import { join } from 'node:path';
import { failWith, untilToldToStop } from '@cauce/shared/subgraph/until-told';
import { generateClient, generateDocuments } from './generate.ts';
import { createProgress } from './start/progress.ts';

const progress = createProgress();

/** Cauce on one machine: everything in one terminal, until Ctrl-C. */
async function start(): Promise<void> {
  const startedMs = performance.now();
  progress.say('Cauce');
  await progress.step('generated the database client', generateClient);
  // Imported only now: they need the client that was just made.
  const { parseEnv } = await import('@cauce/shared/env/parse-env');
  const { createStopStack } = await import('@cauce/shared/subgraph/stop-stack');
  const { findObstacles, isFree } = await import('./start/preflight.ts');
  const { prepareDatabase } = await import('./start/database.ts');
  const { buildWeb, startWeb } = await import('./start/web.ts');
  const { startEmbeddedPostgres } = await import('@cauce/shared/embedded/postgres');
  const { startEmbeddedBroker } = await import('../gateway/src/embedded/broker.ts');
  const { startPlatform } = await import('../gateway/src/platform.ts');
  const { createBanner, demoSignIns } = await import('./start/banner.ts');
  const { silentLog } = await import('./start/silent-log.ts');

  const env = parseEnv();
  const obstacles = await findObstacles(env);
  if (obstacles.length > 0) throw new Error(obstacles.join('\n       '));
  const told = untilToldToStop();
  const parts = createStopStack(silentLog);
  try {
    let databaseUrl = env.databaseUrl;
    if (databaseUrl === null) {
      const postgres = await progress
        .step('started the database', () =>
          startEmbeddedPostgres({
            dir: join(env.dataDir, 'postgres'),
            port: env.postgresPort,
            database: 'cauce',
            isDurable: true,
          }),
        )
        .catch(async (error: unknown) => {
          if (await isFree(env.postgresPort)) throw error;
          throw new Error(`Port ${env.postgresPort} is taken; free it or set POSTGRES_PORT to another.`);
        });
      parts.push('database', postgres.stop, 30_000);
      databaseUrl = postgres.url;
    }
    const url = databaseUrl;
    const building = generateDocuments().then(() => progress.step('built the web app', buildWeb));
    // Reported when it is waited for below, not as an unhandled rejection while the database is prepared.
    building.catch(() => {});
    await prepareDatabase(url, env.mode, progress);
    let mqttUrl = env.mqttUrl;
    if (mqttUrl === null) {
      const broker = await startEmbeddedBroker(env.mqttPort, env.host);
      parts.push('broker', broker.stop);
      mqttUrl = broker.url;
    }
    await building;
    const platform = await progress.step('started the graph', () =>
      startPlatform({ env: { ...env, mqttUrl }, databaseUrl: url, process: 'platform', isWorker: true }),
    );
    parts.push('platform', platform.stop, 60_000);
    const web = await progress.step('started the web app', () =>
      startWeb({
        port: env.webPort,
        gatewayUrl: platform.url,
        gatewayPort: env.gatewayPort,
        demoSignIns: env.mode === 'demo' ? demoSignIns() : [],
      }),
    );
    parts.push('web', web.stop, 10_000);
    const seconds = (performance.now() - startedMs) / 1000;
    for (const line of createBanner({ env, webUrl: web.url, gatewayUrl: platform.url, mqttUrl, seconds }))
      progress.say(line);
    await told;
    progress.say('\n  · stopping');
    await parts.stop();
    progress.say('  · stopped');
    process.exit(0);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

await start().catch(failWith);
