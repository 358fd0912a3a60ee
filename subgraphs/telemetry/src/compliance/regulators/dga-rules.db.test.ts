import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startDgaStandIn } from '../../test-support/dga-stand-in.ts';
import { ledgerRuns } from '../../test-support/ledger-runs.ts';
import { addRegulatedPoint, type RegulatedOptions } from '../../test-support/regulated-point.ts';
import { noFaults } from '../../test-support/regulator-server.ts';
import { dga } from './dga.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const secretBox = createSecretBox(deps.settings.encryptionKey);
const [minutes, hours] = [60_000, 3_600_000];
const begin = new Date('2026-07-20T12:05:00Z');
let now = begin;
const standIn = await startDgaStandIn(() => now.getTime());
const runs = ledgerRuns(db, deps, secretBox, () => now, standIn.faults);
afterAll(async () => {
  await standIn.close();
  await runs.close();
});
beforeEach(() => {
  now = begin;
  Object.assign(standIn.faults, noFaults(), { withoutVoucher: 0, duplicatesWithoutVoucher: false, isLying: false });
});

const at = (hour: number) => new Date(Date.parse('2026-07-20T00:00:00Z') + hour * hours);
const owed = (options: Partial<RegulatedOptions> = {}) =>
  addRegulatedPoint(db, secretBox, standIn.url, { slotTimes: [at(12)], ...options });
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const fault = (status: number, body: string, more: object = {}) => {
  standIn.faults.next = { status, isKept: false, body, times: 1, ...more };
};
const said = (message: string) => JSON.stringify({ status: '400', message });

describe('The DGA, called', () => {
  it('keeps what it gave a voucher for, and is asked for it back', async () => {
    const regulated = await owed();
    await runs.send(regulated, dga);
    const [id] = regulated.slots;
    const held = standIn.records.get(`${regulated.work} 2026-07-20 08:00:00`);
    expect(await runs.slot(id)).toMatchObject({ status: 'SENT', voucher: held?.voucher });
    later(11 * minutes);
    await runs.send(regulated, dga);
    expect(await runs.slot(id)).toMatchObject({ status: 'VERIFIED', verifiedAt: now });
  });

  it('holds other values: the slot says so and is not taken for verified', async () => {
    const regulated = await owed();
    await runs.send(regulated, dga);
    standIn.faults.isLying = true;
    later(11 * minutes);
    await runs.send(regulated, dga);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({
      ...{ status: 'SENT', lastError: 'The regulator holds other values' },
    });
  });

  it('answers without a voucher, or that it has it without one: a person decides, nothing is sent again', async () => {
    const [forgotten, repeated] = [await owed(), await owed()];
    standIn.faults.withoutVoucher = 1;
    await runs.send(forgotten, dga);
    standIn.faults.duplicatesWithoutVoucher = true;
    standIn.records.set(`${repeated.work} 2026-07-20 08:00:00`, { voucher: 'V0', values: {} });
    await runs.send(repeated, dga);
    const before = standIn.posts.length;
    for (const regulated of [forgotten, repeated]) {
      expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'NEEDS_REVIEW', voucher: null });
      later(30 * hours);
      await runs.send(regulated, dga);
    }
    expect(standIn.posts).toHaveLength(before);
  });

  it.each([
    ['drops the line after it accepted', { dropsAfterAccept: 1 }],
    ['is too slow', { slowMs: 400 }],
    ['fails after it accepted', { next: { status: 500, isKept: true, body: '', times: 1 } }],
    ['answers nonsense', { next: { status: 200, isKept: true, body: '<html>', times: 1 } }],
    ['answers nothing', { next: { status: 200, isKept: true, body: '', times: 1 } }],
  ])(
    '%s: it is sent again after a day and no sooner, and the duplicate answer yields the voucher',
    async (_, faults) => {
      const regulated = await owed();
      Object.assign(standIn.faults, faults);
      await runs.send(regulated, dga);
      Object.assign(standIn.faults, noFaults());
      expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'UNKNOWN', voucher: null });
      const of = () => standIn.posts.filter(({ key }) => key.startsWith(`${regulated.work} `)).length;
      later(24 * hours);
      await runs.send(regulated, dga);
      expect(of()).toBe(1);
      later(11 * minutes);
      await runs.send(regulated, dga);
      const held = standIn.records.get(`${regulated.work} 2026-07-20 08:00:00`);
      expect(await runs.slot(regulated.slots[0])).toMatchObject({
        status: 'SENT',
        voucher: held?.voucher,
        attempts: 2,
      });
    },
  );

  it.each([
    ['another rejection', 400, JSON.stringify({ status: '99', message: 'Rechazado', data: null })],
    ['a refused sign-in', 401, ''],
    ['a block', 403, said('Centro de control bloqueado')],
  ])('answers with %s: the next day, and not more often than it was set to', async (_, status, body) => {
    const regulated = await owed({ maximumAttempts: 2 });
    fault(status, body, { times: 2 });
    await runs.send(regulated, dga);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'RETRY_NEXT_DAY' });
    later(25 * hours);
    await runs.send(regulated, dga);
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'REJECTED', attempts: 2 });
  });

  it('asks to be left alone: nothing of any point is sent to it before', async () => {
    const regulated = await owed({ slotTimes: [at(11), at(12)] });
    fault(429, '', { retryAfter: '90' });
    const of = () => standIn.posts.filter(({ key }) => key.startsWith(`${regulated.work} `)).length;
    await runs.send(regulated, dga);
    expect(of()).toBe(1);
    later(80_000);
    await runs.sendTwice(regulated, dga);
    expect(of()).toBe(1);
    later(11_000);
    await runs.send(regulated, dga);
    expect(of()).toBe(2);
    const [first, second] = [await runs.slot(regulated.slots[0]), await runs.slot(regulated.slots[1])];
    expect([first.status, second.status]).toEqual(['RETRY_NEXT_DAY', 'SENT']);
  });

  it('knows another informant: the point stops, with all that waited, and says why', async () => {
    const regulated = await owed({ slotTimes: [at(11), at(12)] });
    fault(400, said('Usuario no es el informante registrado en la Obra'));
    await runs.send(regulated, dga);
    for (const id of regulated.slots) expect(await runs.slot(id)).toMatchObject({ status: 'STOPPED' });
    const config = await db.client.complianceConfig.findUniqueOrThrow({ where: { id: regulated.configId } });
    expect(config.stoppedReason).toMatch(/no es el informante/);
    expect(standIn.posts.filter(({ key }) => key.startsWith(`${regulated.work} `))).toHaveLength(1);
  });

  it('answers two that came at once in the other order: each keeps its own voucher', async () => {
    const regulated = await owed({ slotTimes: [at(11), at(12)] });
    standIn.faults.isReordered = true;
    await runs.sendTwice(regulated, dga);
    const vouchers = ['07', '08'].map(
      (hour) => standIn.records.get(`${regulated.work} 2026-07-20 ${hour}:00:00`)?.voucher,
    );
    const slots = [await runs.slot(regulated.slots[0]), await runs.slot(regulated.slots[1])];
    expect(slots.map(({ voucher }) => voucher)).toEqual(vouchers);
    expect(new Set(vouchers).size).toBe(2);
  });

  it('has a clock that is hours off: times of the record and of the sending are ours, four hours behind UTC', async () => {
    standIn.faults.skewMs = -7 * hours;
    const regulated = await owed();
    await runs.send(regulated, dga);
    const post = standIn.posts.findLast(({ key }) => key.startsWith(`${regulated.work} `));
    expect(post?.key).toBe(`${regulated.work} 2026-07-20 08:00:00`);
    expect(post?.headers.timestamporigen).toBe('2026-07-20T08:05:00-0000');
    expect(await runs.slot(regulated.slots[0])).toMatchObject({ status: 'SENT', sentAt: now });
  });

  it('blocks who sends too much: the rest of the hour waits for the next day', async () => {
    standIn.faults.perMinute = 2;
    later(100 * hours);
    const regulated = await owed({ slotTimes: [at(9), at(10), at(11)] });
    await runs.send(regulated, dga);
    const states = await Promise.all(regulated.slots.map((id) => runs.slot(id)));
    expect(states.map(({ status }) => status)).toEqual(['SENT', 'SENT', 'RETRY_NEXT_DAY']);
  });

  it('never sees a secret in what is kept of the call', async () => {
    const regulated = await owed();
    fault(400, said('clave a regulator/password incorrecta'));
    await runs.send(regulated, dga);
    const [attempt] = await db.client.submissionAttempt.findMany({ where: { submissionId: regulated.slots[0] ?? '' } });
    expect(JSON.stringify(attempt)).not.toContain('a regulator/password');
    expect(standIn.posts.at(-1)?.body).toContain('a regulator/password');
  });
});
