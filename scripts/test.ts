import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.ts';
import { run } from './run.ts';
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

const reports = await mkdtemp(join(tmpdir(), 'cauce-test-'));
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

/** Stages that run one after the other. */
type Lane = readonly Stage[];

/** One round after the other; its lanes run side by side, because each waits half of its time. */
const rounds: readonly (readonly Lane[])[] = [
  [[{ name: 'check', needs: [], work: check }]],
  [
    [{ name: 'unit', needs: [], work: (keep) => vitest('unit', keep) }],
    [{ name: 'database', needs: [], work: (keep) => vitest('db', keep) }],
  ],
  [
    [
      { name: 'platform, in one process', needs: ['mosquitto', 'mosquitto_pub'], work: scenarios('e2e-in-process') },
      {
        name: 'platform, as services',
        needs: ['mosquitto', 'mosquitto_pub', 'redis-server'],
        work: scenarios('e2e-services'),
      },
    ],
    [{ name: 'browser', needs: ['mosquitto', 'mosquitto_pub', 'chromium'], work: scenarios('browser') }],
  ],
];

/** Installs what is missing, runs everything, and says at the end what could not be run. */
async function test(wanted: readonly string[]): Promise<void> {
  const missing = await installPrograms();
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
  for (const round of rounds) {
    const lanes = round.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0);
    if (lanes.length > 1) {
      const names = lanes.map((lane) => lane.map(({ name }) => name).join(', then '));
      console.log(`\n── side by side: ${names.join(' | ')}`);
    }
    await Promise.all(
      lanes.map(async (lane) => {
        for (const stage of lane) await runStage(stage, lanes.length === 1);
      }),
    );
  }
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
  await rm(reports, { recursive: true });
  if (failed.length > 0) console.error(`\n${lost.join('\n')}\n\nFailed: ${failed.join(', ')}`);
  console.log(`\n${ran - failed.length} passed, ${failed.length} failed, ${notRun.length} skipped`);
  process.exit(failed.length > 0 || isIncomplete ? 1 : 0);
}

await test(process.argv.slice(2));
