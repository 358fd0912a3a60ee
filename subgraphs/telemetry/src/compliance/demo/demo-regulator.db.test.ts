import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { describe, expect, it } from 'vitest';
import { addRegulatedPoint } from '../../test-support/regulated-point.ts';
import { smaDevice, smaParameters } from '../../test-support/sma-stand-in.ts';
import { createLedger } from '../ledger/run-ledger.ts';
import { regulators } from '../regulators/regulators.ts';
import { createDemoRegulator, inDemo } from './demo-regulator.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const secretBox = createSecretBox(deps.settings.encryptionKey);
let now = new Date('2026-11-20T12:05:00Z');
const slotTimes = [new Date('2026-11-20T12:00:00Z')];
const ledger = createLedger({
  ...{ client: db.client, http: createDemoRegulator(), secretBox, leaseMs: 120_000, callsAtMost: 10 },
  clock: { now: () => now },
  pause: async () => {},
});

describe('the demo', () => {
  it('reports to nobody outside: a point without address or account gets its voucher and is verified', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, 'http://127.0.0.1:1', { slotTimes, credentials: null });
    const sma = await addRegulatedPoint(db, secretBox, 'http://127.0.0.1:1', {
      ...{ slotTimes, credentials: null, identifiers: smaDevice, config: { parametros: smaParameters } },
      values: { Q: '1', VA: '2' },
    });
    const demo = inDemo(regulators);
    const run = async () => {
      for (const [code, { source }] of [
        ['DGA', regulated],
        ['SMA', sma],
      ] as const) {
        const regulator = demo.get(code);
        if (regulator !== undefined) await ledger(source, { ...regulator, paceMs: 0 }, new AbortController().signal);
      }
    };
    await run();
    now = new Date(now.getTime() + 11 * 60_000);
    await run();
    const slots = await db.client.complianceSubmission.findMany({ orderBy: { createdAt: 'asc' } });
    expect(slots.map(({ status, voucher }) => [status, voucher])).toEqual([
      ['VERIFIED', expect.stringMatching(/^[0-9A-F]{32}$/)],
      ['SENT', expect.stringMatching(/^[0-9A-F]{32}$/)],
    ]);
  });
});
