import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Something whose work is measured, one `run` after another. */
export interface Contestant {
  /** Called before each round, untimed, with the number of runs to come. */
  prepare(count: number): void;
  run(): Promise<unknown>;
}

const rounds = 15;

setFlagsFromString('--expose-gc');
const collectGarbage: (options: { readonly type: 'minor' }) => void = runInNewContext('gc');

/** CPU microseconds for one run of each contestant: the median of rounds that they take in turns. */
export async function measureInTurns(contestants: readonly Contestant[], roundMs: number): Promise<number[]> {
  const entries = [];
  for (const contestant of contestants) {
    entries.push({ contestant, count: await runsPerRound(contestant, roundMs), times: [] as number[] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { contestant, count, times } of entries) times.push(await timeRound(contestant, count));
  }
  return entries.map(({ times }) => median(times));
}

/** Warms up until the time of a round is steady, and says how many runs fill one. */
async function runsPerRound(contestant: Contestant, roundMs: number): Promise<number> {
  let count = 4;
  for (let warmUp = 0; warmUp < 8; warmUp += 1) {
    const eachUs = await timeRound(contestant, count);
    count = Math.max(4, Math.min(4_000, Math.round((roundMs * 1000) / Math.max(1, eachUs))));
  }
  return count;
}

async function timeRound(contestant: Contestant, count: number): Promise<number> {
  contestant.prepare(count);
  // What the round before left behind is not this one's work.
  collectGarbage({ type: 'minor' });
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) await contestant.run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
