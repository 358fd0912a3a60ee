import type { Viewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { createMemoryQuotaCounters } from '@cauce/shared/coordination/memory-quota-counters';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testViewer } from '@cauce/shared/test/viewers';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createQuota } from './quota.ts';
import { createUsageLedger, type UsageBatch } from './usage-ledger.ts';

const clock = fixedClock(new Date('2026-11-20T23:58:30.000Z'));
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
const keyViewer = (id: string, quota: Partial<NonNullable<Viewer['quota']>> = {}): Viewer => ({
  ...testViewer({}),
  kind: 'apiKey',
  id,
  quota: { unitsPerMinute: 1_000, unitsPerDay: 5_000, day: '2026-11-20', spentThatDay: 0, ...quota },
});
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});

function world(time = clock) {
  const written: UsageBatch[] = [];
  const failures: Error[] = [];
  const ledger = createUsageLedger({
    write: async (batch) => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      written.push(batch);
    },
    log: silentLog,
    everyMs: 3_600_000,
  });
  stops.push(ledger.stop);
  const counters = createMemoryQuotaCounters(() => time.now().getTime());
  return { quota: createQuota({ counters, ledger, clock: time, metrics }), ledger, written, failures };
}

describe('the quota of an API key', () => {
  it('is never overspent by operations side by side, whatever they cost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }), async (costs) => {
        const { quota } = world();
        const answers = await Promise.allSettled(
          costs.map((cost) => quota.charge(keyViewer('k'), { name: 'A', cost })),
        );
        const spent = answers.reduce(
          (sum, answer, at) => sum + (answer.status === 'fulfilled' ? Math.max(1, costs[at] ?? 0) : 0),
          0,
        );
        expect(spent).toBeLessThanOrEqual(1_000);
        // Nothing is refused that there was room for.
        for (const [at, answer] of answers.entries())
          if (answer.status === 'rejected') expect(spent + Math.max(1, costs[at] ?? 0)).toBeGreaterThan(1_000);
      }),
      { numRuns: 200 },
    );
  });

  it('has room for no more than a minute’s units in any sixty seconds, and refuses nothing that sixty-five had room for', async () => {
    const step = fc.record({ afterMs: fc.integer({ min: 0, max: 20_000 }), cost: fc.integer({ min: 1, max: 700 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 60 }),
        fc.nat({ max: 59_999 }),
        async (steps, startMs) => {
          const time = fixedClock(new Date(Date.parse('2026-11-20T12:00:00.000Z') + startMs));
          const { quota } = world(time);
          const spent: { readonly atMs: number; readonly cost: number }[] = [];
          const within = (atMs: number, ms: number) =>
            spent.filter((one) => one.atMs > atMs - ms).reduce((sum, { cost }) => sum + cost, 0);
          const viewer = keyViewer('k', { unitsPerDay: 1_000_000 });
          for (const { afterMs, cost } of steps) {
            time.advance(afterMs);
            const atMs = time.now().getTime();
            const refusal = await quota.charge(viewer, { name: 'A', cost }).then(
              () => null,
              ({ detail }) => Number(detail.retryAfterSeconds),
            );
            if (refusal === null) {
              spent.push({ atMs, cost });
              expect(within(atMs, 60_000)).toBeLessThanOrEqual(1_000);
              continue;
            }
            expect(within(atMs, 65_000) + cost).toBeGreaterThan(1_000);
            // Who waits as told is let in.
            time.advance(refusal * 1_000);
            await quota.charge(viewer, { name: 'A', cost });
            spent.push({ atMs: time.now().getTime(), cost });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says how long to wait: until enough of the minute is over, or to the next day in UTC', async () => {
    const { quota } = world();
    const viewer = keyViewer('k', { unitsPerDay: 1_500 });
    await quota.charge(viewer, { name: null, cost: 1_000 });
    await expect(quota.charge(viewer, { name: null, cost: 1 })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      detail: { limit: 'api-key.minute', retryAfterSeconds: 65 },
    });
    clock.advance(65_000);
    expect(await quota.charge(viewer, { name: null, cost: 400 })).toEqual({
      unitsCharged: 400,
      ...{ unitsPerMinute: 1_000, unitsPerDay: 1_500, unitsLeftThisMinute: 600, unitsLeftToday: 100 },
    });
    await expect(quota.charge(viewer, { name: null, cost: 101 })).rejects.toMatchObject({
      detail: { limit: 'api-key.day', retryAfterSeconds: 25 },
    });
    clock.advance(65_000);
    expect(await quota.charge(viewer, { name: null, cost: 1_000 })).toMatchObject({ unitsLeftToday: 500 });
    clock.advance(-130_000);
  });

  it('starts from what is written down of the day when its count was lost, and not from another day', async () => {
    const viewer = keyViewer('k', { spentThatDay: 4_900 });
    await expect(world().quota.charge(viewer, { name: null, cost: 101 })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    expect(await world().quota.charge(viewer, { name: null, cost: 100 })).toMatchObject({ unitsLeftToday: 0 });
    const yesterday = keyViewer('k', { spentThatDay: 4_900, day: '2026-11-19' });
    expect(await world().quota.charge(yesterday, { name: null, cost: 101 })).toMatchObject({ unitsLeftToday: 4_899 });
  });

  it('refuses what no minute has room for as too costly, not as something to try again', async () => {
    await expect(world().quota.charge(keyViewer('k'), { name: null, cost: 1_001 })).rejects.toMatchObject({
      code: 'OPERATION_TOO_COSTLY',
    });
  });

  it('is its own: another key and a person spend nothing of it', async () => {
    const { quota } = world();
    await quota.charge(keyViewer('a'), { name: null, cost: 1_000 });
    expect(await quota.charge(keyViewer('b'), { name: null, cost: 1_000 })).not.toBeNull();
    expect(await quota.charge(testViewer({}), { name: null, cost: 1_000_000 })).toBeNull();
  });
});

describe('the usage ledger', () => {
  it('writes down every request, unit and refusal once, also when an answer was lost', async () => {
    const { quota, ledger, written, failures } = world();
    const viewer = keyViewer('k');
    await quota.charge(viewer, { name: 'Products', cost: 300 });
    await quota.charge(viewer, { name: 'Products', cost: 300 });
    await quota.charge(viewer, { name: 'Products', cost: 700 }).catch(() => {});
    failures.push(new Error('no answer'));
    await expect(ledger.flush()).rejects.toThrow('no answer');
    await quota.charge(viewer, { name: null, cost: 1 });
    await ledger.flush();
    await ledger.flush();
    expect(written.flatMap(({ entries }) => entries)).toEqual([
      { keyId: 'k', day: '2026-11-20', operation: 'Products', requests: 2, units: 600, refused: 1 },
      { keyId: 'k', day: '2026-11-20', operation: '(anonymous)', requests: 1, units: 1, refused: 0 },
    ]);
    expect(new Set(written.map(({ batchId }) => batchId)).size).toBe(2);
  });

  it('keeps names that a client makes up from becoming rows without end', async () => {
    const { ledger, written } = world();
    for (let n = 0; n < 5_000; n++) ledger.note({ keyId: 'k', day: '2026-11-20', operation: `Op${n}`, units: 1 });
    await ledger.stop();
    const entries = written.flatMap((batch) => batch.entries);
    expect(entries).toHaveLength(201);
    expect(entries.find(({ operation }) => operation === '(other)')).toMatchObject({ requests: 4_800, units: 4_800 });
  });
});
