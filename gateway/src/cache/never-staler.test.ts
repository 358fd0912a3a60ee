import { createCoordination } from '@cauce/shared/coordination/create-coordination';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { describeWithRedis } from '@cauce/shared/test/describe-with-redis';
import { startRedisServer } from '@cauce/shared/test/redis-server';
import { silentLog } from '@cauce/shared/test/silent-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type HistoryResult, history, runHistory } from './test/random-history.ts';

// A fixed seed and some hundred histories by default; `CACHE_RUNS=20000 CACHE_SEED=7` looks further.
const numRuns = Number(process.env.CACHE_RUNS ?? 300);
const seed = Number(process.env.CACHE_SEED ?? 1);
const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

it('never gives what is older than the bus, the own mutation or another’s rights, whatever comes between', async () => {
  const results: HistoryResult[] = [];
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const result = await runHistory(steps, { shared: () => null, settle: immediate });
      results.push(result);
      expect(result.wrongs).toEqual([]);
    }),
    { numRuns, seed },
  );
  report('memory', results);
}, 600_000);

describeWithRedis('with values shared over a real Redis', () => {
  it('never gives what is older than the bus, not even what another gateway has kept', async () => {
    const server = await startRedisServer();
    const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
    const connect = () => createCoordination({ redisUrl: server.url, log: silentLog, metrics });
    const ends = [await connect(), await connect()];
    const results: HistoryResult[] = [];
    try {
      await fc.assert(
        fc.asyncProperty(history, fc.boolean(), async (steps, isHasty) => {
          let turns = 0;
          // Sometimes Redis has answered before the next thing happens, sometimes not.
          const settle = () =>
            isHasty || turns++ % 3 === 0 ? immediate() : new Promise<void>((r) => setTimeout(r, 1));
          const result = await runHistory(steps, { shared: (index) => ends[index]?.sharedValues ?? null, settle });
          results.push(result);
          expect(result.wrongs).toEqual([]);
        }),
        { numRuns: Math.ceil(numRuns / 15), seed },
      );
    } finally {
      await Promise.all(ends.map((end) => end.close()));
      await server.stop();
    }
    report('Redis', results);
  }, 600_000);
});

/** A cache that never answered would be right as well. */
function report(name: string, results: readonly HistoryResult[]): void {
  const sum = (pick: (result: HistoryResult) => number) => results.reduce((total, one) => total + pick(one), 0);
  const [reads, fetched, asked] = [sum((one) => one.reads), sum((one) => one.fetched), sum((one) => one.asked)];
  console.info(`${name}: ${results.length} histories, ${reads} reads of ${asked} entities, ${fetched} fetched`);
  expect(fetched).toBeLessThan(asked * 0.9);
}
