import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ledgerRuns } from '../../test-support/ledger-runs.ts';
import { addRegulatedPoint, type RegulatedOptions } from '../../test-support/regulated-point.ts';
import { noFaults } from '../../test-support/regulator-server.ts';
import { smaAccount, smaDevice, smaParameters, startSmaStandIn } from '../../test-support/sma-stand-in.ts';
import { sma } from './sma.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const secretBox = createSecretBox(deps.settings.encryptionKey);
const hours = 3_600_000;
const begin = new Date('2026-07-20T12:05:00Z');
let now = begin;
const standIn = await startSmaStandIn(() => now.getTime());
const runs = ledgerRuns(db, deps, secretBox, () => now, standIn.faults);
afterAll(async () => {
  await standIn.close();
  await runs.close();
});
beforeEach(() => {
  standIn.calls.length = 0;
  standIn.records.length = 0;
  Object.assign(standIn.faults, noFaults(), { withoutVerification: 0 });
});

const owed = (options: Partial<RegulatedOptions> = {}) =>
  addRegulatedPoint(db, secretBox, standIn.url, {
    ...{ slotTimes: [new Date('2026-07-20T12:00:00Z')], timeZone: 'America/Santiago', identifiers: smaDevice },
    ...{ config: { parametros: smaParameters }, credentials: smaAccount, values: { Q: '42.5', VA: '120934' } },
    ...options,
  });
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const paths = () => standIn.calls.map(({ path }) => path.split('/').at(-1));

describe('The SMA, called', () => {
  it('is signed in to once a day and given all parameters of a time in one call, in local time', async () => {
    const regulated = await owed();
    await runs.send(regulated, sma);
    expect(standIn.records).toEqual([
      { key: 'DISP-0001 2026-07-20T08:00:00', verification: 'id-1', values: { Q: '42.5', VA: '120934' } },
    ]);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT', voucher: 'id-1' });
    await runs.send(await owed(), sma);
    expect(paths()).toEqual(['auth', 'registros', 'registros']);
    later(23 * hours + 60_000);
    await runs.send(await owed(), sma);
    expect(paths().slice(3)).toEqual(['auth', 'registros']);
  });

  it('has ended the session early: nothing was sent, and it is signed in to anew', async () => {
    await runs.send(await owed(), sma);
    standIn.faults.skewMs = 30 * hours;
    const regulated = await owed();
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'DUE', attempts: 0 });
    later(6 * 60_000);
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT', attempts: 1 });
    expect(standIn.records).toHaveLength(2);
  });

  it('refuses the account: the point stops, and the password is not tried again', async () => {
    const regulated = await owed({ credentials: { ...smaAccount, password: 'another password' } });
    await runs.send(regulated, sma);
    later(hours);
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({
      status: 'STOPPED',
      lastError: 'The sign-in was refused',
    });
    expect(paths()).toEqual(['auth']);
  });

  it('cannot be signed in to for now: nothing was sent, and it is tried again by itself', async () => {
    later(24 * hours);
    const regulated = await owed();
    standIn.faults.nextSignIn = { status: 503, times: 1 };
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'DUE', attempts: 0 });
    later(6 * 60_000);
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT' });
  });

  it('takes no session for a whole day: a person is asked, and may have it tried at once', async () => {
    const regulated = await owed();
    standIn.faults.next = { status: 401, isKept: false, body: '{"mensaje":"Sin permiso"}', times: 100 };
    for (let hour = 0; hour < 24; hour += 1) {
      await runs.send(regulated, sma);
      later(hours);
    }
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'DUE', attempts: 0, lastError: 'Sin permiso' });
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'NEEDS_REVIEW', attempts: 0 });
    later(hours);
    await runs.send(regulated, sma);
    expect(standIn.records).toEqual([]);
  });

  it('is called for what nothing is wrong with first', async () => {
    const slotTimes = [new Date('2026-07-20T12:00:00Z'), new Date('2026-07-20T12:05:00Z')];
    const regulated = await owed({ slotTimes });
    await db.client.complianceSubmission.update({
      where: { id: regulated.slots[0] ?? '' },
      data: { lastError: 'Sin permiso' },
    });
    await runs.send(regulated, sma);
    expect(standIn.records.map(({ key }) => key.slice(-8))).toEqual(['08:05:00', '08:00:00']);
  });

  it('asks to be left alone: nothing was sent, and nothing is sent before', async () => {
    const regulated = await owed();
    standIn.faults.next = { status: 429, isKept: false, body: '{"mensaje":"Demasiadas"}', times: 1, retryAfter: '600' };
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'DUE', attempts: 0, lastError: 'Demasiadas' });
    later(9 * 60_000);
    await runs.send(regulated, sma);
    expect(standIn.records).toEqual([]);
    later(2 * 60_000);
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT' });
  });

  it.each([
    ['drops the line after it accepted', { dropsAfterAccept: 1 }, 1],
    ['drops the line before', { drops: 1 }, 0],
    ['is too slow', { slowMs: 400 }, 1],
    ['fails after it accepted', { next: { status: 500, isKept: true, body: '', times: 1 } }, 1],
    ['answers nonsense', { next: { status: 200, isKept: true, body: '<html>', times: 1 } }, 1],
    ['gives no verification id', { withoutVerification: 1 }, 1],
  ])('%s: a person decides, for it would keep it twice', async (_, faults, kept) => {
    // Signed in beforehand, so that the fault meets the record.
    await runs.send(await owed(), sma);
    standIn.records.length = 0;
    const regulated = await owed();
    Object.assign(standIn.faults, faults);
    await runs.send(regulated, sma);
    later(30 * hours);
    Object.assign(standIn.faults, noFaults(), { withoutVerification: 0 });
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'NEEDS_REVIEW', voucher: null });
    expect(standIn.records).toHaveLength(kept);
  });

  it.each([
    ['fewer parameters than are registered', { parametros: smaParameters.slice(0, 1) }],
    ['another unit', { parametros: smaParameters.map((one) => ({ ...one, unidad: 'gal' })) }],
  ])('refuses a set with %s: a person puts the registration right', async (_, config) => {
    const regulated = await owed({ config });
    await runs.send(regulated, sma);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({
      ...{ status: 'NEEDS_REVIEW', lastError: 'Campo inválido: conjunto de parámetros' },
    });
    expect(standIn.records).toEqual([]);
  });
});
