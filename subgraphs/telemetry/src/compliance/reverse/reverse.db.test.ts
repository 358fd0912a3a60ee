import { fixedClock } from '@cauce/shared/clock';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { addRegulatedPoint, type RegulatedPoint } from '../../test-support/regulated-point.ts';
import { smaDevice, smaParameters } from '../../test-support/sma-stand-in.ts';
import { telemetryWorld } from '../../test-support/telemetry-world.ts';

const db = await testDatabase();
const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await telemetryWorld(db, { clock });
const secretBox = createSecretBox(world.deps.settings.encryptionKey);
const nowhere = 'http://127.0.0.1:1';
const [own, other] = [await addDevice('DISP-1'), await addDevice('DISP-2')];
const viewerOf = ({ point }: RegulatedPoint) => testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });

const make = `mutation ($company: ID!) { makeRegulatorAccount(companyId: $company, sourceCode: "SMA") {
  __typename ... on MadeRegulatorAccount { password account { id username } } ... on Failure { reason } } }`;
const signIn = `mutation ($username: String!, $password: String!) {
  signInRegulator(username: $username, password: $password) { token expiresAt } }`;
const history = `query ($token: String!, $device: String!, $from: String = "2026-11-20", $to: String = "2026-11-20", $limit: Int, $after: String) {
  regulatorHistory(token: $token, deviceId: $device, from: $from, to: $to, limit: $limit, after: $after) {
    entries { at parameters { name value unit } } endCursor hasNextPage } }`;

interface Made {
  readonly makeRegulatorAccount: {
    readonly reason?: string;
    readonly password: string;
    readonly account: { readonly id: string; readonly username: string };
  };
}

const nobody = testOutsider();
const makeFor = async (
  regulated: RegulatedPoint,
  viewer = viewerOf(regulated),
): Promise<Made['makeRegulatorAccount']> =>
  JSON.parse(JSON.stringify(await world.get(make, viewer, { company: regulated.point.companyId })))
    .makeRegulatorAccount;
const tokenOf = async (account: Made['makeRegulatorAccount']): Promise<string> => {
  const { username } = account.account;
  const answer = await world.get(signIn, nobody, { username, password: account.password });
  return JSON.parse(JSON.stringify(answer)).signInRegulator.token;
};

describe('a regulator that reads', () => {
  it('sees what its company reports of a device, page by page, in local time and as on the wire, and no shadow', async () => {
    const token = await tokenOf(await makeFor(own));
    const first = await world.get(history, nobody, { token, device: 'DISP-1', limit: 2 });
    const parameters = [
      { name: 'Q', value: '42.5', unit: 'l/s' },
      { name: 'VA', value: '120934', unit: 'm3' },
    ];
    expect(first).toMatchObject({
      regulatorHistory: {
        entries: [
          { at: '2026-11-20T06:00:00', parameters },
          { at: '2026-11-20T07:00:00', parameters },
        ],
        hasNextPage: true,
      },
    });
    const { endCursor } = JSON.parse(JSON.stringify(first)).regulatorHistory;
    expect(await world.get(history, nobody, { token, device: 'DISP-1', limit: 2, after: endCursor })).toMatchObject({
      regulatorHistory: { entries: [{ at: '2026-11-20T08:00:00' }], hasNextPage: false },
    });
    await db.pool.query(`UPDATE telemetry.compliance_submissions SET status = 'SHADOWED' WHERE id = $1`, [
      own.slots[1],
    ]);
    const without = await world.get(history, nobody, { token, device: 'DISP-1' });
    expect(JSON.stringify(without)).not.toContain('07:00:00');
  });

  it('finds no device of another company, whatever it asks for', async () => {
    const token = await tokenOf(await makeFor(own));
    expect(await world.get(history, nobody, { token, device: 'DISP-2' })).toEqual({ regulatorHistory: null });
    const otherToken = await tokenOf(await makeFor(other));
    expect(await world.get(history, nobody, { token: otherToken, device: 'DISP-2' })).toMatchObject({
      regulatorHistory: { entries: [{}, {}, {}] },
    });
  });

  it('is refused without a good password, with another’s token, after its day, and once its account has ended', async () => {
    const account = await makeFor(own);
    const { username } = account.account;
    expect(await world.get(signIn, nobody, { username, password: 'x'.repeat(32) })).toEqual({ signInRegulator: null });
    expect(await world.get(signIn, nobody, { username: 'a\0b', password: 'x' })).toEqual({ signInRegulator: null });
    const token = await tokenOf(account);
    const codeOf = async (given: string) =>
      (await world.ask(history, nobody, { token: given, device: 'DISP-1' })).errors?.[0]?.extensions?.code;
    expect(await codeOf(`${token.slice(0, -2)}xx`)).toBe('UNAUTHENTICATED');
    clock.advance(24 * 3_600_000);
    expect(await codeOf(token)).toBe('TOKEN_EXPIRED');
    const fresh = await tokenOf(account);
    const next = await makeFor(own);
    expect(await codeOf(fresh)).toBe('UNAUTHENTICATED');
    expect(await world.get(signIn, nobody, { username, password: account.password })).toEqual({
      signInRegulator: null,
    });
    const nextToken = await tokenOf(next);
    const revoke = 'mutation ($id: ID!) { revokeRegulatorAccount(id: $id) { __typename } }';
    expect(await world.get(revoke, viewerOf(other), { id: next.account.id })).toMatchObject({
      revokeRegulatorAccount: { __typename: 'NotFound' },
    });
    expect(await codeOf(nextToken)).toBeUndefined();
    await world.get(revoke, viewerOf(own), { id: next.account.id });
    expect(await codeOf(nextToken)).toBe('UNAUTHENTICATED');
  });

  it('is told what is wrong with its dates, and to come back later when it asks too much', async () => {
    const token = await tokenOf(await makeFor(other));
    const codeOf = async (more: object) =>
      (await world.ask(history, nobody, { token, device: 'DISP-2', ...more })).errors?.[0]?.extensions?.code;
    for (const wrong of [
      { from: 'ayer' },
      { from: '2026-11-21' },
      { from: '2024-11-20' },
      { after: 'x' },
      { limit: 201 },
    ]) {
      expect(await codeOf(wrong)).toBe('BAD_USER_INPUT');
    }
    let asked = 0;
    while ((await codeOf({})) === undefined && asked < 100) asked += 1;
    expect(asked).toBe(55);
    expect(await codeOf({})).toBe('RATE_LIMITED');
  });

  it('cannot guess: a name is shut after ten wrong passwords', async () => {
    const { account, password } = await makeFor(own);
    const { username } = account;
    for (let wrong = 0; wrong < 10; wrong += 1) await world.get(signIn, nobody, { username, password: `no-${wrong}` });
    const shut = await world.ask(signIn, nobody, { username, password });
    expect(shut.errors?.[0]?.extensions?.code).toBe('RATE_LIMITED');
  });
});

describe('an account of a regulator', () => {
  it('is kept as a hash, audited without its password, and given by nobody who does not see all of it', async () => {
    const { account, password } = await makeFor(own);
    const { rows } = await db.pool.query('SELECT to_json(a)::text AS row FROM telemetry.regulator_accounts a');
    expect(JSON.stringify(rows)).not.toContain(password);
    const log = await db.pool.query('SELECT to_json(l)::text AS row FROM access.audit_log l WHERE entity_id = $1', [
      account.id,
    ]);
    expect(log.rows).toHaveLength(1);
    expect(JSON.stringify(log.rows)).not.toContain(password);
    const siteless = testViewer({ companyIds: [own.point.companyId], siteIds: [] });
    expect(await makeFor(own, siteless)).toMatchObject({ reason: 'NOT_ALL_SITES' });
    expect(await makeFor(own, testOutsider())).toMatchObject({ reason: 'NOT_FOUND' });
    const list = 'query ($company: ID!) { regulatorAccounts(companyId: $company) { username } }';
    const company = own.point.companyId;
    expect(await world.get(list, viewerOf(own), { company })).toEqual({
      regulatorAccounts: [{ username: account.username }],
    });
    expect(await world.get(list, viewerOf(other), { company })).toEqual({ regulatorAccounts: [] });
  });
});

/** A well whose device the SMA knows, with three slots that were sent. */
async function addDevice(dispositivoId: string): Promise<RegulatedPoint> {
  const slotTimes = ['09', '10', '11'].map((hour) => new Date(`2026-11-20T${hour}:00:00Z`));
  const regulated = await addRegulatedPoint(db, secretBox, nowhere, {
    ...{ slotTimes, timeZone: 'America/Santiago', identifiers: { ...smaDevice, dispositivoId } },
    ...{ config: { parametros: smaParameters }, values: { VA: '120934', Q: '42.5' }, credentials: null },
  });
  // One regulator for all of them, as there is.
  const { rows } = await db.pool.query<{ id: string }>(
    `INSERT INTO telemetry.compliance_sources (code, name, time_zone) VALUES ('SMA', 'SMA', 'America/Santiago')
     ON CONFLICT (code) DO UPDATE SET name = 'SMA' RETURNING id`,
  );
  const id = rows[0]?.id;
  await db.pool.query('UPDATE telemetry.compliance_configs SET source_id = $1 WHERE id = $2', [id, regulated.configId]);
  await db.pool.query('UPDATE telemetry.compliance_submissions SET source_id = $1 WHERE config_id = $2', [
    id,
    regulated.configId,
  ]);
  return regulated;
}
