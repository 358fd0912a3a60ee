import { fixedClock } from '@cauce/shared/clock';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { addRegulatedPoint, type RegulatedPoint } from '../../test-support/regulated-point.ts';
import { telemetryWorld } from '../../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const secretBox = createSecretBox(world.deps.settings.encryptionKey);
const viewerOf = ({ point }: RegulatedPoint) => testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });
const share = `mutation ($id: ID!) { shareVoucher(submissionId: $id) {
  __typename ... on MadeVoucherLink { token } ... on Failure { reason } } }`;
const unshare = 'mutation ($id: ID!) { unshareVoucher(submissionId: $id) { __typename } }';
const look = `query ($token: String!) { publicVoucher(token: $token) {
  regulator workCode slotAt timeZone values { name value } voucher acceptedAt verifiedAt } }`;

const accepted = async (): Promise<RegulatedPoint> => {
  const slotTimes = [new Date('2026-11-20T11:00:00Z')];
  const regulated = await addRegulatedPoint(db, secretBox, 'http://127.0.0.1:1', { slotTimes });
  await db.pool.query(
    `UPDATE telemetry.compliance_submissions SET status = 'SENT', voucher = 'V1ABCDEF', sent_at = '2026-11-20T11:02Z' WHERE id = $1`,
    [regulated.slots[0]],
  );
  return regulated;
};
const shared = async (regulated: RegulatedPoint): Promise<string> =>
  JSON.parse(JSON.stringify(await world.get(share, viewerOf(regulated), { id: regulated.slots[0] }))).shareVoucher
    .token;
const seen = async (token: string) => (await world.get(look, testOutsider(), { token })).publicVoucher;

describe('a voucher that was shared', () => {
  it('says to anybody with the link what the regulator’s voucher says, and nothing of who holds the work', async () => {
    const regulated = await accepted();
    const token = await shared(regulated);
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    const voucher = await seen(token);
    expect(voucher).toMatchObject({
      ...{ workCode: regulated.work, voucher: 'V1ABCDEF', slotAt: '2026-11-20T11:00:00.000Z', verifiedAt: null },
    });
    const text = JSON.stringify(voucher);
    for (const id of [regulated.point.id, regulated.point.code, regulated.point.siteId, regulated.point.companyId]) {
      expect(text).not.toContain(id);
    }
    const { rows } = await db.pool.query('SELECT to_json(l)::text AS row FROM telemetry.voucher_links l');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('is gone at once when the link is ended or made anew, and nobody learns that it was', async () => {
    const regulated = await accepted();
    const first = await shared(regulated);
    const second = await shared(regulated);
    expect(await seen(first)).toBeNull();
    expect(await seen(second)).not.toBeNull();
    await world.get(unshare, viewerOf(regulated), { id: regulated.slots[0] });
    expect(await seen(second)).toBeNull();
    expect(await seen('x'.repeat(32))).toBeNull();
  });

  it('is shared by nobody else, and only where there is a voucher', async () => {
    const regulated = await accepted();
    const token = await shared(regulated);
    const [id] = regulated.slots;
    for (const query of [share, unshare]) {
      expect(Object.values(await world.get(query, viewerOf(regulated), { id: 'a\0b' }))[0]).toMatchObject({
        __typename: 'NotFound',
      });
      expect(Object.values(await world.get(query, testOutsider(), { id }))[0]).toMatchObject({
        __typename: 'NotFound',
      });
    }
    expect(await seen(token)).not.toBeNull();
    const slotTimes = [new Date('2026-11-20T11:00:00Z')];
    const open = await addRegulatedPoint(db, secretBox, 'http://127.0.0.1:1', { slotTimes });
    expect(await world.get(share, viewerOf(open), { id: open.slots[0] })).toMatchObject({
      shareVoucher: { __typename: 'Conflict', reason: 'NO_VOUCHER' },
    });
  });

  it('is looked for so often from one address and no more', async () => {
    let looked = 0;
    const ask = async () => (await world.ask(look, testOutsider(), { token: 'y' })).errors?.[0]?.extensions?.code;
    while ((await ask()) === undefined && looked < 100) looked += 1;
    expect(await ask()).toBe('RATE_LIMITED');
  });
});
