import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from './check.ts';
import { generateClient, generateDocuments } from './generate.ts';
import { root, run } from './run.ts';
import { failedTests } from './test/failed-tests.ts';
import type { SeededDatabase } from './test/seeded-database.ts';
import { installPrograms, isInstalled } from './test/system-programs.ts';

interface Stage {
  readonly name: string;
  /** Programs without which it cannot be run. */
  readonly needs: readonly string[];
  /** Gives its output to `keep` when it has company, and shows it as it comes when it is alone. */
  readonly work: (keep: Keep | undefined) => Promise<void>;
}

type Keep = (output: string) => void;

/** Where nothing is left lying about when a run is broken off; the next one begins anew. */
const reports = join(root, 'node_modules', '.cache', 'cauce-test');
const reportOf = (project: string) => join(reports, `${project}.json`);
const projects = ['unit', 'db', 'e2e-in-process', 'e2e-services', 'browser'] as const;
type Project = (typeof projects)[number];

function vitest(project: Project, keep: Keep | undefined, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(project)}`];
  const way = keep === undefined ? { isLoud: true, env } : { keep, env };
  return run('vitest', ['run', '--project', project, ...reporters], way);
}

/** Made by the first stage that needs it and cloned by every scenario after it. */
let seeded: Promise<SeededDatabase> | null = null;

const scenarios = (project: Project) => async (keep: Keep | undefined) => {
  const { startSeededDatabase } = await import('./test/seeded-database.ts');
  seeded ??= startSeededDatabase();
  await vitest(project, keep, { CAUCE_E2E_SEEDED_URL: (await seeded).url });
};

/** Whoever is free takes the next one, so the long ones come before the short. */
const stages: readonly Stage[] = [
  { name: 'check', needs: [], work: check },
  { name: 'unit', needs: [], work: (keep) => vitest('unit', keep) },
  { name: 'database', needs: [], work: (keep) => vitest('db', keep) },
  { name: 'browser', needs: ['mosquitto', 'mosquitto_pub', 'chromium'], work: scenarios('browser') },
  {
    name: 'platform, as services',
    needs: ['mosquitto', 'mosquitto_pub', 'redis-server'],
    work: scenarios('e2e-services'),
  },
  { name: 'platform, in one process', needs: ['mosquitto', 'mosquitto_pub'], work: scenarios('e2e-in-process') },
];

/** As many as the smallest machine has cores: each takes nearly one whole, and more would only wait for each other. */
const atOnce = 2;

/** Installs what is missing, runs everything, and says at the end what could not be run. */
async function test(wanted: readonly string[]): Promise<void> {
  const missing = await installPrograms();
  await rm(reports, { recursive: true, force: true });
  const failed: string[] = [];
  const notRun: string[] = [];
  let ran = 0;
  const runStage = async ({ name, work }: Stage, isAlone: boolean) => {
    ran += 1;
    if (isAlone) console.log(`\n── ${name}`);
    const startedMs = performance.now();
    let said = '';
    const keep = (output: string) => {
      said = `\n── ${name}\n${output}\n`;
    };
    let failure = '';
    await work(isAlone ? undefined : keep).catch((error: unknown) => {
      failed.push(name);
      failure = error instanceof Error ? `${error.message}\n` : String(error);
    });
    const outcome = failed.includes(name) ? 'FAILED' : 'passed';
    console.log(`${said}${failure}── ${name}: ${outcome} (${((performance.now() - startedMs) / 1000).toFixed(0)} s)`);
  };
  const isWanted = ({ name, needs }: Stage): boolean => {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return false;
    const lacking = needs.filter((program) => !isInstalled(program));
    if (lacking.length > 0) notRun.push(`${name}: ${lacking.join(', ')}`);
    return lacking.length === 0;
  };
  const waiting = stages.filter(isWanted);
  const isAlone = waiting.length === 1;
  if (!isAlone) console.log(`\n── two at a time: ${waiting.map(({ name }) => name).join(' | ')}`);
  // Made before they share the machine: all of them read it.
  await generateClient();
  await generateDocuments();
  const takeTurns = async () => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) await runStage(stage, isAlone);
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  await (await seeded)?.stop();
  if (notRun.length > 0) {
    const lines = ['NOT RUN', ...notRun, ...missing];
    const width = Math.max(...lines.map((line) => line.length));
    console.log(`\n┌${'─'.repeat(width + 2)}┐`);
    for (const line of lines) console.log(`│ ${line.padEnd(width)} │`);
    console.log(`└${'─'.repeat(width + 2)}┘`);
  }
  const isIncomplete = notRun.length > 0 && process.env.CI === 'true';
  const lost = (await Promise.all(projects.map((project) => failedTests(reportOf(project))))).flat();
  if (failed.length > 0) console.error(`\n${lost.join('\n')}\n\nFailed: ${failed.join(', ')}`);
  console.log(`\n${ran - failed.length} passed, ${failed.length} failed, ${notRun.length} skipped`);
  process.exit(failed.length > 0 || isIncomplete ? 1 : 0);
}

await test(process.argv.slice(2));
