import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastThirtyDays, overviewQuery } from '@cauce/e2e/overview/overview-query';
import { signIn } from '@cauce/e2e/platform/graph-client';
import { startTestPlatform } from '@cauce/e2e/platform/start-platform';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { freePort } from '@cauce/shared/test/free-port';
import { answers, startProcess } from '../../scripts/processes/start-process.ts';
import { startSeededDatabase } from '../../scripts/test/seeded-database.ts';
import { measureDatabaseTime } from './database-time.ts';
import { measureLatencies } from './latencies.ts';

/**
 * The overview query from the socket to the last byte, on the seeded demo, against two limits in the same run: a bare
 * server that sends the same bytes, and the time that Postgres spends on it. The load comes from this process, on the
 * same cores.
 *
 *   node bench/overview/overview.bench.ts [in-process|services] [milliseconds per measurement]
 */
const way = process.argv[2] === 'services' ? 'services' : 'in-process';
const forMs = Number(process.argv[3] ?? 6_000);

const database = await startSeededDatabase();
const platform = await startTestPlatform({ seededUrl: database.url }, way);
const folder = mkdtempSync(join(tmpdir(), 'cauce-bench-'));
try {
  const client = await signIn(platform, 'gerente');
  const body = JSON.stringify({
    query: overviewQuery,
    variables: { site: demoSites.plantaNorte.id, range: lastThirtyDays() },
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${client.accessToken}` };
  const ask = async (url: string): Promise<string> => {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    const text = await response.text();
    if (response.status !== 200 || text.includes('"errors"'))
      throw new Error(`${response.status} ${text.slice(0, 500)}`);
    return text;
  };
  const answer = await ask(platform.url);
  const file = join(folder, 'answer.json');
  writeFileSync(file, answer);
  const port = await freePort();
  const bareUrl = `http://127.0.0.1:${port}`;
  const bare = await startProcess({
    name: 'bare reply',
    command: process.execPath,
    args: [new URL('bare-reply.ts', import.meta.url).pathname, String(port), file],
    isReady: () => answers(`${bareUrl}/readyz`),
  });
  try {
    console.log(`Overview query, ${way}, ${answer.length} bytes`);
    for (const concurrency of [1, 10, 50]) {
      const ours = await measureLatencies(async () => void (await ask(platform.url)), { concurrency, forMs });
      const floor = await measureLatencies(async () => void (await ask(bareUrl)), { concurrency, forMs: forMs / 2 });
      const figures = (['p50', 'p95', 'p99'] as const).map(
        (name) => `${name} ${ms(ours[name])} (bare ${ms(floor[name])}, ratio ${(ours[name] / floor[name]).toFixed(1)})`,
      );
      console.log(
        `  ${String(concurrency).padStart(2)} at once   ${figures.join('   ')}   ${ours.perSecond.toFixed(0)}/s`,
      );
    }
    const { statements, ms: databaseMs } = await measureDatabaseTime(
      platform.databaseUrl,
      async () => void (await ask(platform.url)),
      20,
    );
    const alone = await measureLatencies(async () => void (await ask(platform.url)), {
      concurrency: 1,
      forMs: forMs / 2,
    });
    console.log(
      `  in Postgres ${ms(databaseMs)} of it in ${statements.toFixed(1)} statements; end to end p50 ${ms(alone.p50)}, ratio ${(alone.p50 / databaseMs).toFixed(1)}`,
    );
  } finally {
    await bare.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  await platform.stop();
  await database.stop();
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}
