import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { createHttpClient } from '@cauce/shared/http/create-http-client';
import type { HttpClient } from '@cauce/shared/http/http-client';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type DgaStandIn, startDgaStandIn } from '../../test-support/dga-stand-in.ts';
import { addRegulatedPoint, type RegulatedPoint } from '../../test-support/regulated-point.ts';
import { dga } from '../regulators/dga.ts';
import { createLedger, type LedgerStep, ledgerSteps } from './run-ledger.ts';

const schedules = Number(process.env.CAUCE_FAULT_SCHEDULES ?? 10);
const seed = process.env.CAUCE_FAULT_SEED === undefined ? {} : { seed: Number(process.env.CAUCE_FAULT_SEED) };

const db = await testDatabase();
const { deps } = await testDeps(db);
const secretBox = createSecretBox(deps.settings.encryptionKey);
// The breaker would keep faults from reaching the ledger; it counts in real time.
const real = createHttpClient({
  ...{ log: silentLog, metrics: deps.metrics, isPrivateNetworkAllowed: true },
  breaker: { volumeThreshold: 1e9 },
});
const impatient: HttpClient = { ...real, request: (request) => real.request({ ...request, timeoutMs: 120 }) };
const minute = 60_000;
const day = 24 * 60 * minute;
const begin = Date.parse('2026-11-20T12:05:00Z');
/** The regulator's own clock, which is right. */
let now = begin;
const standIn = await startDgaStandIn(() => now);
afterAll(async () => {
  await standIn.close();
  await real.close();
});

const faultNames = [
  ...(['none', 'none', 'dropAfterAccept', 'drop', 'kept500', 'lost500', 'keptNonsense', 'empty', 'rejected'] as const),
  ...(['blocked', 'tooSlow', 'withoutVoucher', 'duplicateWithoutVoucher', 'lying', 'informant', 'tooMany'] as const),
  ...(['refused', 'ahead'] as const),
];
const worker = fc.record({
  skewMinutes: fc.integer({ min: -4, max: 4 }),
  crashAt: fc.option(fc.constantFrom(...ledgerSteps), { freq: 2 }),
});
const step = fc.record({
  fault: fc.constantFrom(...faultNames),
  minutes: fc.constantFrom(0, 1, 3, 10, 59, 300, 1_380, 1_439, 1_451, 1_500, 3_000),
  workers: fc.array(worker, { minLength: 1, maxLength: 2 }),
});

describe('the ledger under faults', () => {
  it(`never lets the regulator see a slot twice within a day, and ends where a person can act (${schedules} schedules)`, {
    timeout: 60_000 + schedules * 5_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, most) => {
          now = begin;
          const slotTimes = [0, 1].map((hours) => new Date(begin - 5 * minute - hours * 60 * minute));
          const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes, maximumAttempts: most });
          for (const { fault, minutes, workers } of steps) {
            now += minutes * minute;
            misbehave(standIn, fault);
            await Promise.all(workers.map((one) => run(regulated, one.skewMinutes, one.crashAt)));
          }
          misbehave(standIn, 'none');
          for (let days = 0; days <= most; days += 1) {
            now += day + 30 * minute;
            await run(regulated, 0, null);
          }
          await judge(regulated);
        },
      ),
      { numRuns: schedules, ...seed },
    );
  });

  it('sends each slot once however many work at it', async () => {
    now = begin;
    misbehave(standIn, 'none');
    const slotTimes = Array.from({ length: 12 }, (_, hours) => new Date(begin - 5 * minute - hours * 60 * minute));
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes });
    await Promise.all([0, 1, -1, 2].map((skew) => run(regulated, skew, null)));
    const posts = standIn.posts.filter(({ key }) => key.startsWith(`${regulated.work} `));
    expect(posts).toHaveLength(12);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(12);
    await judge(regulated);
  });
});

class Killed extends Error {}

/** A worker with a clock of its own that may end at any step. Another takes over later. */
async function run(regulated: RegulatedPoint, skewMinutes: number, crashAt: LedgerStep | null): Promise<void> {
  const ledger = createLedger({
    ...{ client: db.client, http: impatient, secretBox, leaseMs: 2 * minute, callsAtMost: 10 },
    clock: { now: () => new Date(now + skewMinutes * minute) },
    pause: async () => {},
    onStep: (at) => {
      if (at === crashAt) throw new Killed();
    },
  });
  try {
    await ledger(regulated.source, { ...dga, paceMs: 0 }, new AbortController().signal);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
}

async function judge({ slots, work }: RegulatedPoint): Promise<void> {
  const rows = await db.client.complianceSubmission.findMany({
    where: { id: { in: [...slots] } },
    include: { attemptRows: true, config: true },
  });
  expect(rows).toHaveLength(slots.length);
  for (const row of rows) {
    const local = new Date(row.slotAt.getTime() - 4 * 60 * minute).toISOString();
    const key = `${work} ${local.slice(0, 10)} ${local.slice(11, 19)}`;
    const times = standIn.posts.filter((post) => post.key === key).map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(day);
    // Each call has its row, and none is left open.
    expect(row.attemptRows.length).toBeGreaterThanOrEqual(times.length);
    expect(row.attemptRows.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
    // What was stopped on the way keeps what is not known of it; the point says why it stands still.
    const isStopped = row.config.stoppedAt !== null && row.status === 'UNKNOWN';
    if (!isStopped) expect(['SENT', 'VERIFIED', 'NEEDS_REVIEW', 'REJECTED', 'STOPPED']).toContain(row.status);
    if (row.status === 'SENT' || row.status === 'VERIFIED') {
      expect(row.voucher).toBe(standIn.records.get(key)?.voucher);
    } else {
      expect(row.lastError).not.toBeNull();
    }
  }
}

function misbehave({ faults }: DgaStandIn, name: (typeof faultNames)[number]): void {
  const answer = (status: number, isKept: boolean, body: string) => ({ status, isKept, body, times: 2 });
  const said = (message: string) => JSON.stringify({ status: '400', message });
  Object.assign(faults, {
    slowMs: name === 'tooSlow' ? 250 : 0,
    dropsAfterAccept: name === 'dropAfterAccept' ? 2 : 0,
    drops: name === 'drop' ? 2 : 0,
    withoutVoucher: name === 'withoutVoucher' ? 1 : 0,
    duplicatesWithoutVoucher: name === 'duplicateWithoutVoucher',
    isLying: name === 'lying',
    perMinute: null,
    skewMs: name === 'ahead' ? 3 * 60 * minute : 0,
    next:
      {
        kept500: answer(500, true, said('Error interno')),
        lost500: answer(503, false, ''),
        keptNonsense: answer(200, true, '<html>'),
        empty: answer(200, true, ''),
        rejected: answer(400, false, JSON.stringify({ status: '99', message: 'Rechazado', data: null })),
        blocked: answer(403, false, said('Bloqueado')),
        tooMany: { ...answer(429, false, ''), retryAfter: '90' },
        refused: answer(401, false, ''),
        informant: answer(400, false, said('Usuario no es el informante registrado en la Obra')),
      }[String(name)] ?? null,
  });
}
