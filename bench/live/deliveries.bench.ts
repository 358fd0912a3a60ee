import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSupergraph } from '@cauce/gateway/compose';
import { createAccessTokenIssuer } from '@cauce/shared/auth/access-token';
import { freePort } from '@cauce/shared/test/free-port';
import { accepts } from '../../scripts/processes/mosquitto.ts';
import { findProgram, startProcess } from '../../scripts/processes/start-process.ts';
import { eventSubgraphs, eventSubscription } from './event-graph.ts';
import { gatherMeasuredCrowd } from './measured-crowd.ts';
import type { CrowdReport } from './measured-subscribers.ts';

/**
 * Events of one subgraph, completed from another, to many graphql-ws subscribers of one gateway on one core, in turns
 * with the least there can be: a bare server that sends the same text to as many sockets. Subscribers and the source of
 * events share another core; a delivery is timed from when its event was due to when its subscriber reads it.
 *
 *   node bench/live/deliveries.bench.ts [seconds a leg] [rounds] [identical|tokens|crowd]
 *
 * `CAUCE_BENCH_FLAGS` are flags of Node for the gateway, in place of the one that docs/live.md names for a gateway of
 * many live viewers: `--cpu-prof --cpu-prof-dir=/somewhere`, or none at all.
 */
const seconds = Number(process.argv[2] ?? 10);
const rounds = Number(process.argv[3] ?? 2);
const gatewayFlags = (process.env.CAUCE_BENCH_FLAGS ?? '--max-semi-space-size=8')
  .split(' ')
  .filter((flag) => flag !== '');
const aim = { perSecond: 10_000, p99Ms: 50, upstreams: 1, peakMb: 200 };

interface Leg {
  readonly name: string;
  readonly title: string;
  readonly subscribers: number;
  readonly rate: number;
  readonly hasOwnTokens: boolean;
}

const legs: readonly Leg[] = [
  ...[{ name: 'identical', title: '1,000 with one token', subscribers: 1_000, rate: 10, hasOwnTokens: false }],
  ...[{ name: 'tokens', title: '1,000 people of equal rights', subscribers: 1_000, rate: 10, hasOwnTokens: true }],
  ...[{ name: 'crowd', title: '10,000 people on one topic', subscribers: 10_000, rate: 1, hasOwnTokens: true }],
];

interface Figures extends CrowdReport {
  readonly perSecond: number;
  readonly upstreams: number;
  readonly emptyMb: number;
  readonly peakMb: number;
  readonly serverCpuMs: number;
  readonly entityFetches: number;
}

const servers = { cauce: 'live-gateway.ts', bare: 'bare-fan-out.ts' } as const;
const secret = randomUUID() + randomUUID();
const taskset = findProgram('taskset');
// This process and what it starts unpinned stay off the gateway's core.
execFileSync(taskset, ['-cp', '1', String(process.pid)]);
const folder = mkdtempSync(join(tmpdir(), 'cauce-deliveries-'));
const supergraphFile = join(folder, 'supergraph.graphql');
writeFileSync(supergraphFile, composeSupergraph(Object.entries(eventSubgraphs).map(([name, sdl]) => ({ name, sdl }))));
const sourcePort = await freePort();
const source = await start('source', 'event-source.ts', 1, sourcePort, []);
try {
  console.log(`Aim: ${aim.perSecond}/s, p99 under ${aim.p99Ms} ms, ${aim.upstreams} upstream, under ${aim.peakMb} MB`);
  for (const leg of legs.filter(({ name }) => process.argv[4] === undefined || process.argv[4] === name)) {
    const tokens = await issueTokens(leg.subscribers, leg.hasOwnTokens);
    const cauce: Figures[] = [];
    const bare: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      cauce.push(await measure('cauce', leg, tokens));
      bare.push(await measure('bare', leg, tokens));
    }
    print(leg, cauce, bare);
  }
} finally {
  await source.stop();
  rmSync(folder, { recursive: true });
}

async function measure(name: keyof typeof servers, leg: Leg, tokens: readonly string[]): Promise<Figures> {
  const port = await freePort();
  const server = await start(name, servers[name], 0, port, [String(sourcePort), secret, supergraphFile]);
  try {
    const emptyMb = memoryMb(server.pid, 'VmRSS');
    const crowd = await gatherMeasuredCrowd({
      url: `ws://127.0.0.1:${port}/graphql`,
      query: eventSubscription,
      tokens,
    });
    // What compiles itself on the way does so now.
    await emit(leg.rate, 2);
    await settled();
    await crowd.report();
    const before = { cpuMs: cpuMs(server.pid), ...(await counts(sourcePort)) };
    const events = await emit(leg.rate, seconds);
    await settled();
    const serverCpuMs = cpuMs(server.pid) - before.cpuMs;
    const after = await counts(sourcePort);
    const report = await crowd.report();
    if (report.deliveries !== events * leg.subscribers || report.faults > 0)
      throw new Error(`${name}: ${report.deliveries} deliveries and ${report.faults} faults for ${events} events`);
    const peakMb = memoryMb(server.pid, 'VmHWM');
    await crowd.stop();
    return {
      ...report,
      ...{ emptyMb, peakMb, serverCpuMs, upstreams: after.streams },
      perSecond: report.deliveries / seconds,
      entityFetches: after.entityFetches - before.entityFetches,
    };
  } finally {
    await server.stop();
  }
}

function start(name: string, file: string, core: number, port: number, args: readonly string[]) {
  const flags = name === 'cauce' ? gatewayFlags : [];
  return startProcess({
    name,
    command: taskset,
    args: [
      ...['-c', String(core), process.execPath, ...flags],
      ...[new URL(file, import.meta.url).pathname, String(port), ...args],
    ],
    env: { NODE_ENV: 'production' },
    isReady: () => accepts(port),
  });
}

async function issueTokens(count: number, isEachTheirOwn: boolean): Promise<string[]> {
  const issue = createAccessTokenIssuer(secret);
  const one = async () => (await issue({ userId: randomUUID(), familyId: randomUUID(), version: 1 })).token;
  const first = await one();
  return Promise.all(Array.from({ length: count }, () => (isEachTheirOwn ? one() : first)));
}

async function emit(rate: number, forSeconds: number): Promise<number> {
  const url = `http://127.0.0.1:${sourcePort}/emit?rate=${rate}&seconds=${forSeconds}`;
  return Number(await (await fetch(url, { method: 'POST' })).text());
}

async function counts(port: number): Promise<{ readonly streams: number; readonly entityFetches: number }> {
  return (await fetch(`http://127.0.0.1:${port}/counts`)).json() as Promise<{ streams: number; entityFetches: number }>;
}

/** Time for the last event to reach the last subscriber. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_500));
}

function print(leg: Leg, cauce: readonly Figures[], bare: readonly Figures[]): void {
  const of = (all: readonly Figures[], figure: keyof Figures) => median(all.map((one) => one[figure]));
  const cpu = (all: readonly Figures[]) => (of(all, 'serverCpuMs') * 1_000) / of(all, 'deliveries');
  console.log(
    `\n${leg.title}, ${leg.rate} events/s, node ${gatewayFlags.join(' ')}   (load of the machine ${loadavg()[0]?.toFixed(1)})`,
  );
  for (const [name, all] of [
    ['cauce', cauce],
    ['bare', bare],
  ] as const) {
    console.log(
      [
        `  ${name.padEnd(6)}`,
        `${of(all, 'perSecond').toFixed(0)}/s`,
        `p50 ${of(all, 'p50Ms').toFixed(1)} ms`,
        `p99 ${of(all, 'p99Ms').toFixed(1)} ms`,
        `longest ${of(all, 'longestMs').toFixed(1)} ms`,
        `CPU a delivery ${cpu(all).toFixed(1)} µs`,
        `peak ${of(all, 'peakMb').toFixed(0)} MB (empty ${of(all, 'emptyMb').toFixed(0)})`,
        `${of(all, 'upstreams')} upstream`,
        `${of(all, 'entityFetches')} entity fetches`,
      ].join('   '),
    );
  }
  console.log(
    `  ratio to bare: p50 ${(of(cauce, 'p50Ms') / of(bare, 'p50Ms')).toFixed(2)}   p99 ${(of(cauce, 'p99Ms') / of(bare, 'p99Ms')).toFixed(2)}   CPU ${(cpu(cauce) / cpu(bare)).toFixed(2)}`,
  );
  console.log(
    `  of the aim: rate ${(of(cauce, 'perSecond') / aim.perSecond).toFixed(2)}   p99 ${(of(cauce, 'p99Ms') / aim.p99Ms).toFixed(2)}   memory ${(of(cauce, 'peakMb') / aim.peakMb).toFixed(2)}   (under 1 is within, for the last two)`,
  );
}

/** All threads of a process since it began: what other programs do on the machine is not in it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function memoryMb(pid: number, figure: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1_024;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
