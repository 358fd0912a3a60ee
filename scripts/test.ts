import { check } from './check.ts';
import { run } from './run.ts';
import type { SeededDatabase } from './test/seeded-database.ts';
import { installPrograms, isInstalled } from './test/system-programs.ts';

interface Stage {
  readonly name: string;
  /** Programs without which it cannot be run. */
  readonly needs: readonly string[];
  readonly work: () => Promise<void>;
}

const vitest = (project: string, env: Readonly<Record<string, string>> = {}) =>
  run('vitest', ['run', '--project', project], { isLoud: true, env });

/** Made by the first stage that needs it and cloned by every scenario after it. */
let seeded: SeededDatabase | null = null;

const scenarios = async (project: string) => {
  const { startSeededDatabase } = await import('./test/seeded-database.ts');
  seeded ??= await startSeededDatabase();
  await vitest(project, { CAUCE_E2E_SEEDED_URL: seeded.url });
};

const stages: readonly Stage[] = [
  { name: 'check', needs: [], work: check },
  { name: 'unit', needs: [], work: () => vitest('unit') },
  { name: 'database', needs: [], work: () => vitest('db') },
  { name: 'platform, in one process', needs: ['mosquitto', 'mosquitto_pub'], work: () => scenarios('e2e-in-process') },
  {
    name: 'platform, as services',
    needs: ['mosquitto', 'mosquitto_pub', 'redis-server'],
    work: () => scenarios('e2e-services'),
  },
  { name: 'browser', needs: ['mosquitto', 'mosquitto_pub', 'chromium'], work: () => scenarios('browser') },
];

/** Installs what is missing, runs everything, and says at the end what could not be run. */
async function test(wanted: readonly string[]): Promise<void> {
  const missing = await installPrograms();
  const failed: string[] = [];
  const notRun: string[] = [];
  let ran = 0;
  for (const { name, needs, work } of stages) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    const lacking = needs.filter((program) => !isInstalled(program));
    if (lacking.length > 0) {
      notRun.push(`${name}: ${lacking.join(', ')}`);
      continue;
    }
    console.log(`\n── ${name}`);
    ran += 1;
    const startedMs = performance.now();
    await work().catch((error: unknown) => {
      failed.push(name);
      console.error(error instanceof Error ? error.message : error);
    });
    console.log(
      `── ${name}: ${failed.includes(name) ? 'FAILED' : 'passed'} (${((performance.now() - startedMs) / 1000).toFixed(0)} s)`,
    );
  }
  await seeded?.stop();
  if (notRun.length > 0) {
    const lines = ['NOT RUN', ...notRun, ...missing];
    const width = Math.max(...lines.map((line) => line.length));
    console.log(`\n┌${'─'.repeat(width + 2)}┐`);
    for (const line of lines) console.log(`│ ${line.padEnd(width)} │`);
    console.log(`└${'─'.repeat(width + 2)}┘`);
  }
  const isIncomplete = notRun.length > 0 && process.env.CI === 'true';
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  console.log(`\n${ran - failed.length} passed, ${failed.length} failed, ${notRun.length} skipped`);
  process.exit(failed.length > 0 || isIncomplete ? 1 : 0);
}

await test(process.argv.slice(2));
