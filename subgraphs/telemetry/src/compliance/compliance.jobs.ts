import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import { pause } from '@cauce/shared/pause';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { createDemoRegulator, inDemo } from './demo/demo-regulator.ts';
import { createLedger } from './ledger/run-ledger.ts';
import { regulators as allRegulators } from './regulators/regulators.ts';
import { planSlots } from './schedule/plan-slots.ts';
import { prepareSlots } from './schedule/prepare-slots.ts';

const leaseMs = 2 * 60_000;
const callsAtMost = 50;
/** Clocks further apart than this must not decide what a day is. */
const clockToleranceMs = 4 * 60_000;

/**
 * The work of the ledger, each minute: what points owe, its values, and what is due to each regulator. Any number of
 * processes may do it; the rows decide. In the demo nothing leaves the process: a regulator of its own answers.
 */
export function complianceJobs(deps: Deps, way: 'in-earnest' | 'in-demo'): readonly JobDefinition[] {
  const { db, clock, locks, settings } = deps;
  const http = way === 'in-demo' ? createDemoRegulator() : deps.http;
  const regulators = way === 'in-demo' ? inDemo(allRegulators) : allRegulators;
  const secretBox = createSecretBox(settings.encryptionKey);
  const ledger = createLedger({ ...{ client: db.client, http, secretBox, clock, pause, leaseMs, callsAtMost } });
  const cron = { expression: '* * * * *', timeZone: 'UTC' };
  const data = z.object({}).loose();
  const plan = defineJob({
    name: 'telemetry.prepare-submissions',
    ...{ data, cron, retryLimit: 0 },
    handle: async (_data, { log }) => {
      const planned = await planSlots(db.client, clock.now());
      const moved = await prepareSlots(db.client, regulators, clock.now());
      if (planned + moved > 0) log.info({ planned, moved }, 'Slots were planned or prepared');
    },
  });
  const send = defineJob({
    name: 'telemetry.send-submissions',
    ...{ data, cron, retryLimit: 0, expireInSeconds: 600 },
    handle: async (_data, { log, signal }) => {
      if (!(await isClockRight(deps))) throw new Error('The clock is not that of the database: nothing is sent');
      const sources = await db.client.complianceSource.findMany({ where: { isActive: true } });
      await Promise.all(
        sources.map(async (source) => {
          const regulator = regulators.get(source.code);
          if (regulator === undefined) return;
          // Saves calls; that nothing is sent twice does not hang on it.
          const run = await locks.tryRun(`telemetry.submissions:${source.id}`, 60_000, (lost) =>
            ledger(source, regulator, AbortSignal.any([signal, lost])),
          );
          if (run !== null && run.value > 0)
            log.info({ regulator: source.code, calls: run.value }, 'Called a regulator');
        }),
      );
    },
  });
  return [plan, send];
}

/** "The next day" is told by the clock: one that is wrong would send too early. */
async function isClockRight({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  const [row] = await db.client.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return row !== undefined && Math.abs(row.now.getTime() - clock.now().getTime()) <= clockToleranceMs;
}
