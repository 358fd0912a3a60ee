import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { createAccessTokenIssuer } from '@cauce/shared/auth/access-token';
import { freePort } from '@cauce/shared/test/free-port';
import { accepts } from '../../scripts/processes/mosquitto.ts';
import { findProgram, type RunningProcess, startProcess } from '../../scripts/processes/start-process.ts';
import { fourSubgraphsQuery } from './four-subgraphs.ts';
import { type Load, load } from './load.ts';

/**
 * Requests per second of a whole gateway on one core, from socket to socket, with 50 connections and the query that
 * public comparisons use: ours and `@apollo/gateway` with Apollo Server, in turns, in one run. The load and the
 * subgraphs share another core. Two modes that must never be compared with each other: every request from another
 * person, and one request over and over.
 *
 *   [CAUCE_PLANNER=hive] node bench/throughput/throughput.bench.ts [seconds a leg] [rounds] [unique|identical]
 */
const seconds = Number(process.argv[2] ?? 8);
const rounds = Number(process.argv[3] ?? 3);
const connections = 50;
const modes = (['unique', 'identical'] as const).filter(
  (mode) => process.argv[4] === undefined || process.argv[4] === mode,
);
const secret = randomUUID() + randomUUID();
const body = JSON.stringify({ query: fourSubgraphsQuery });

interface Rival {
  readonly name: string;
  readonly url: string;
  readonly process: RunningProcess;
  readonly loads: Load[];
  calls: number;
  cpuMs: number;
}

const taskset = findProgram('taskset');
// This process and what it starts unpinned stay off the gateways' core.
execFileSync(taskset, ['-cp', '1', String(process.pid)]);
const subgraphPort = await freePort();
const subgraphs = await start('subgraphs', 'subgraphs.ts', 1, subgraphPort, []);
const rivals: Rival[] = [];
try {
  for (const [name, file] of [
    ['cauce', 'our-gateway.ts'],
    ['@apollo/gateway', 'apollo-gateway.ts'],
  ] as const) {
    const port = await freePort();
    const running = await start(name, file, 0, port, [String(subgraphPort), secret]);
    rivals.push({ name, url: `http://127.0.0.1:${port}`, process: running, loads: [], calls: 0, cpuMs: 0 });
  }
  const tokens = await issueTokens(20_000);
  const bytes = await expectEqualAnswers(rivals, tokens[0] ?? '');
  console.log(`Four subgraphs, ${bytes} bytes an answer, ${connections} connections, one core, ${seconds} s a leg`);
  for (const mode of modes) {
    let issued = 0;
    const nextToken = () => tokens[mode === 'unique' ? (issued++ % (tokens.length - 1)) + 1 : 0] ?? '';
    const ask = ({ url }: Rival, forSeconds: number) =>
      load({ url, body, connections, seconds: forSeconds, nextToken });
    for (const rival of rivals) {
      rival.loads.length = 0;
      rival.calls = 0;
      rival.cpuMs = 0;
      await ask(rival, 4);
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const rival of rivals) {
        const before = await calls();
        const cpuBefore = cpuMs(rival.process.pid);
        rival.loads.push(await ask(rival, seconds));
        rival.cpuMs += cpuMs(rival.process.pid) - cpuBefore;
        rival.calls += (await calls()) - before;
      }
    }
    print(mode === 'unique' ? 'Every request with a token of its own' : 'The same request over and over', rivals);
  }
} finally {
  for (const rival of rivals) await rival.process.stop();
  await subgraphs.stop();
}

async function start(name: string, file: string, core: number, port: number, args: readonly string[]) {
  return startProcess({
    name,
    command: taskset,
    args: ['-c', String(core), process.execPath, new URL(file, import.meta.url).pathname, String(port), ...args],
    env: {
      ...{ NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' },
      CAUCE_PLANNER: process.env.CAUCE_PLANNER ?? 'apollo',
    },
    isReady: () => accepts(port),
  });
}

async function issueTokens(count: number): Promise<string[]> {
  const issue = createAccessTokenIssuer(secret);
  const tokens: string[] = [];
  for (let index = 0; index < count; index += 1) {
    tokens.push((await issue({ userId: randomUUID(), familyId: randomUUID(), version: 1 })).token);
  }
  return tokens;
}

async function calls(): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${subgraphPort}/calls`)).text());
}

async function expectEqualAnswers(all: readonly Rival[], token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answers: string[] = [];
  for (const { url } of all) {
    const text = await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).text();
    if (text.includes('"errors"')) throw new Error(text.slice(0, 500));
    answers.push(JSON.stringify(JSON.parse(text)));
  }
  if (new Set(answers).size !== 1) throw new Error('The gateways do not answer alike');
  return answers[0]?.length ?? 0;
}

function print(title: string, all: readonly Rival[]): void {
  console.log(`\n${title}   (load of the machine ${loadavg()[0]?.toFixed(1)})`);
  const apollo = median(all.find(({ name }) => name !== 'cauce')?.loads.map(({ perSecond }) => perSecond) ?? []);
  const answeredBy = ({ loads }: Rival) => loads.reduce((sum, one) => sum + one.answered, 0);
  const apolloCpu = Math.max(...all.map((rival) => rival.cpuMs / answeredBy(rival)));
  for (const rival of all) {
    const { name, loads, calls: made, process: running, cpuMs: spent } = rival;
    const perSecond = median(loads.map((one) => one.perSecond));
    const answered = answeredBy(rival);
    console.log(
      [
        `  ${name.padEnd(16)}`,
        `${perSecond.toFixed(0).padStart(5)}/s`,
        `ratio ${(perSecond / apollo).toFixed(1).padStart(5)}`,
        `p50 ${median(loads.map(({ p50Ms }) => p50Ms))
          .toFixed(0)
          .padStart(4)} ms`,
        `p99 ${median(loads.map(({ p99Ms }) => p99Ms))
          .toFixed(0)
          .padStart(4)} ms`,
        `CPU an operation ${(spent / answered).toFixed(2)} ms, ratio ${(apolloCpu / (spent / answered)).toFixed(1)}`,
        `subgraph calls an operation ${(made / answered).toFixed(2)}`,
        `peak memory ${peakMb(running.pid).toFixed(0)} MB`,
      ].join('   '),
    );
  }
}

/** All threads of a process since it began: what other programs do on the machine is not in it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function peakMb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
