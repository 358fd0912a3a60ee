import { parseEnv } from '@cauce/shared/env/parse-env';
import { failWith, untilToldToStop } from '@cauce/shared/subgraph/until-told';
import { startPlatform } from './platform.ts';

try {
  const env = parseEnv();
  if (env.databaseUrl === null)
    throw new Error('A gateway that runs alone needs DATABASE_URL; `npm start` brings its own.');
  // With every subgraph in this process there is nobody else to work their jobs.
  const isWorker = Object.keys(env.subgraphUrls).length === 0;
  const platform = await startPlatform({ env, databaseUrl: env.databaseUrl, process: 'gateway', isWorker });
  await untilToldToStop();
  await platform.stop();
  process.exit(0);
} catch (error) {
  failWith(error);
}
