import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { igamAccount, startIgamStandIn } from '../../test-support/igam-stand-in.ts';
import { ledgerRuns } from '../../test-support/ledger-runs.ts';
import { addRegulatedPoint, type RegulatedOptions } from '../../test-support/regulated-point.ts';
import { noFaults } from '../../test-support/regulator-server.ts';
import { igam } from './igam.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const secretBox = createSecretBox(deps.settings.encryptionKey);
let now = new Date('2026-07-20T12:05:00Z');
const standIn = await startIgamStandIn(() => now.getTime());
const runs = ledgerRuns(db, deps, secretBox, () => now, standIn.faults);
afterAll(async () => {
  await standIn.close();
  await runs.close();
});
beforeEach(() => {
  standIn.records.length = 0;
  Object.assign(standIn.faults, noFaults());
});

const owed = (options: Partial<RegulatedOptions> = {}) =>
  addRegulatedPoint(db, secretBox, standIn.url, {
    ...{ slotTimes: [new Date('2026-07-20T12:00:00Z')], identifiers: { rotulo: 'PONTO-1' }, credentials: igamAccount },
    ...{ values: { vazao: '2.500', volume: '1500.000', duracao: '600' }, ...options },
  });
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

describe('IGAM, called', () => {
  it('is given numbers in UTC under the key of the account, and gives no voucher', async () => {
    const regulated = await owed();
    await runs.send(regulated, igam);
    expect(standIn.records).toEqual([{ key: 'PONTO-1 2026-07-20T12:00:00Z', vazao: 2.5, volume: 1500, duracao: 600 }]);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT', voucher: null });
  });

  it.each([
    ['drops the line after it accepted', { dropsAfterAccept: 1 }, 1],
    ['is too slow', { slowMs: 400 }, 1],
    ['fails', { next: { status: 503, isKept: false, body: '', times: 1 } }, 0],
    ['refuses', { next: { status: 400, isKept: false, body: '{"message":"não"}', times: 1 } }, 0],
  ])('%s: a person decides, for what it would do with a second one is not documented', async (_, faults, kept) => {
    const regulated = await owed();
    Object.assign(standIn.faults, faults);
    await runs.send(regulated, igam);
    Object.assign(standIn.faults, noFaults());
    later(30 * 3_600_000);
    await runs.send(regulated, igam);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'NEEDS_REVIEW' });
    expect(standIn.records).toHaveLength(kept);
  });

  it('refuses the key: a person puts it right, and what it said is kept without the key', async () => {
    const regulated = await owed({ credentials: { apiKey: 'another key' } });
    await runs.send(regulated, igam);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'NEEDS_REVIEW', lastError: 'Chave inválida' });
    const attempts = await db.client.submissionAttempt.findMany({ where: { submissionId: regulated.slots[0] ?? '' } });
    expect(JSON.stringify(attempts)).not.toContain('another key');
  });

  it('asks to be left alone: nothing was sent, and nothing is sent before', async () => {
    const regulated = await owed();
    standIn.faults.next = { status: 429, isKept: false, body: '', times: 1, retryAfter: '600' };
    await runs.send(regulated, igam);
    later(9 * 60_000);
    await runs.send(regulated, igam);
    expect(standIn.records).toEqual([]);
    later(2 * 60_000);
    await runs.send(regulated, igam);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT', attempts: 1 });
  });
});
