import { randomUUID } from 'node:crypto';
import { parseApiKey } from '@cauce/shared/auth/api-key-format';
import { systemViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { countStatements } from '@cauce/shared/test/count-statements';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';

const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await accessWorld({ clock });
const { answer, db, errorCode } = world;
const company = await world.makeCompany();
const plant = await world.makeSite(company);
const owner = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant] });
const viewer = world.viewerFor(owner, { companies: [company], sites: [plant] });
const platform = systemViewer('gateway');
const hourMs = 60 * 60 * 1000;

const created = `__typename
  ... on CreatedApiKey { secret apiKey {
    id prefix lastUsedAt rotatedAt previousSecret { prefix endsAt lastUsedAt } quota { unitsPerMinute unitsPerDay unitsToday } } }
  ... on Failure { reason } ... on ValidationFailed { fields { path } }`;

interface Created {
  readonly __typename: string;
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly prefix: string };
}

const create = async (input: object = {}, by: Viewer = viewer) => {
  const query = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ${created} } }`;
  const variables = { input: { name: 'Tablero', permissions: ['inventory:read'], ...input } };
  return (await answer<{ createApiKey: Created }>(query, variables, { viewer: by })).createApiKey;
};
const rotateQuery = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { ${created} } }`;
const rotate = async (input: object, by: Viewer = viewer) =>
  (await answer<{ rotateApiKey: Created }>(rotateQuery, { input }, { viewer: by })).rotateApiKey;

/** Who a key belongs to, or the code of the refusal. */
const authenticate = async (secret: string): Promise<Viewer | unknown> => {
  const query = `query ($input: AuthenticateInput!) { authenticate(input: $input) }`;
  const { data, errors } = await world.ask(query, { input: { apiKey: parseApiKey(secret) } }, { viewer: platform });
  return errors === undefined ? data?.authenticate : errors[0]?.extensions.code;
};

const record = async (entries: readonly object[], batchId: string = randomUUID()) => {
  const query = `mutation ($input: RecordApiKeyUsageInput!) { recordApiKeyUsage(input: $input) }`;
  const variables = { input: { batchId, entries } };
  return (await answer<{ recordApiKeyUsage: boolean }>(query, variables, { viewer: platform })).recordApiKeyUsage;
};
const usageOf = async (id: string, days: number, by: Viewer = viewer) => {
  const query = `query ($days: Int!) { apiKeys(first: 100) { edges { node {
    id quota { unitsToday } usage(days: $days) { day requests units refused operations { name requests units refused } } } } } }`;
  const { apiKeys } = await answer<{ apiKeys: { edges: { node: { id: string; usage: unknown; quota: unknown } }[] } }>(
    query,
    { days },
    { viewer: by },
  );
  return apiKeys.edges.find(({ node }) => node.id === id)?.node;
};

describe('the quota of a key', () => {
  it('is the usual one unless another is asked for, and travels with who the key is', async () => {
    const usual = await create();
    expect(usual.apiKey).toMatchObject({ quota: { unitsPerMinute: 60_000, unitsPerDay: 2_000_000, unitsToday: 0 } });
    const own = await create({ quota: { unitsPerMinute: 500, unitsPerDay: 9_000 } });
    expect(await authenticate(own.secret)).toMatchObject({
      quota: { unitsPerMinute: 500, unitsPerDay: 9_000, day: '2026-11-20', spentThatDay: 0 },
    });
  });

  it('has its bounds: some, a day not less than a minute, and an end', async () => {
    for (const quota of [
      { unitsPerMinute: 0, unitsPerDay: 10 },
      { unitsPerMinute: 10, unitsPerDay: 9 },
      { unitsPerMinute: 600_001, unitsPerDay: 1_000_000 },
      { unitsPerMinute: 10, unitsPerDay: 50_000_001 },
    ]) {
      expect(await create({ quota })).toMatchObject({ __typename: 'ValidationFailed' });
    }
  });
});

describe('rotateApiKey', () => {
  it('gives a new secret while the old one stays good for the overlap and not a moment longer', async () => {
    const old = await create();
    await authenticate(old.secret);
    clock.advance(90_000);
    const fresh = await rotate({ id: old.apiKey.id, overlapHours: 2 });
    expect(fresh.secret).not.toBe(old.secret);
    const endsAt = new Date(clock.now().getTime() + 2 * hourMs);
    expect(fresh.apiKey).toMatchObject({
      ...{ id: old.apiKey.id, rotatedAt: clock.now().toISOString(), lastUsedAt: null },
      previousSecret: { prefix: old.apiKey.prefix, endsAt: endsAt.toISOString() },
    });
    expect(fresh.apiKey.prefix).not.toBe(old.apiKey.prefix);
    expect(await authenticate(fresh.secret)).toMatchObject({ id: old.apiKey.id });
    // The old secret's own end is what closes its streams and what the door remembers it until.
    expect(await authenticate(old.secret)).toMatchObject({ id: old.apiKey.id, expiresAtMs: endsAt.getTime() });
    const row = await db.client.apiKey.findUniqueOrThrow({ where: { id: old.apiKey.id } });
    expect(row.previousLastUsedAt).toEqual(clock.now());
    clock.advance(2 * hourMs);
    expect(await authenticate(old.secret)).toBe('UNAUTHENTICATED');
    expect(await authenticate(fresh.secret)).toMatchObject({ id: old.apiKey.id });
  });

  it('ends the secret before the last one, and the last one itself when no overlap is wanted; the gateway is told', async () => {
    const first = await create();
    const { id } = first.apiKey;
    const second = await rotate({ id });
    const third = await rotate({ id });
    expect(await authenticate(first.secret)).toBe('UNAUTHENTICATED');
    expect(await authenticate(second.secret)).toMatchObject({ id });
    const fourth = await rotate({ id, overlapHours: 0 });
    for (const { secret } of [first, second, third]) expect(await authenticate(secret)).toBe('UNAUTHENTICATED');
    expect(await authenticate(fourth.secret)).toMatchObject({ id });
    const events = await db.client.outboxEvent.findMany({ where: { topic: 'access.viewerChanged', key: owner.id } });
    expect(events.filter(({ payload }) => Reflect.get(Object(payload), 'keyId') === id)).toHaveLength(2);
    const { rows } = await db.pool.query(`SELECT string_agg(a::text, '') AS all FROM access.audit_log a`);
    const hashes = [first, second, third, fourth].map(({ secret }) => parseApiKey(secret)?.secretHash ?? '?');
    for (const hash of hashes) expect(rows[0].all).not.toContain(hash);
  });

  it('happens once when it is asked for twice at the same time', async () => {
    const { apiKey } = await create();
    const answers = await Promise.all(Array.from({ length: 6 }, () => rotate({ id: apiKey.id })));
    const good = await Promise.all(
      answers.filter(({ secret }) => secret !== undefined).map(({ secret }) => authenticate(secret)),
    );
    // Whatever was answered as the newest secret, only two of all can be good: the last, and the one before it.
    expect(good.filter((one) => one !== 'UNAUTHENTICATED').length).toBeLessThanOrEqual(2);
    expect(answers.filter(({ __typename }) => __typename === 'CreatedApiKey').length).toBeGreaterThan(0);
  });

  it('is for its owner: not for an ADMIN, who may end it, nor for a key, nor for one that has ended', async () => {
    const { apiKey } = await create();
    expect(await rotate({ id: apiKey.id }, testAdmin())).toMatchObject({ __typename: 'NotFound' });
    const asKey: Viewer = { ...viewer, kind: 'apiKey', id: apiKey.id };
    expect(await errorCode(rotateQuery, { input: { id: apiKey.id } }, { viewer: asKey })).toBe('FORBIDDEN');
    await db.client.apiKey.update({ where: { id: apiKey.id }, data: { revokedAt: clock.now() } });
    expect(await rotate({ id: apiKey.id })).toMatchObject({ __typename: 'Conflict', reason: 'KEY_ENDED' });
    for (const overlapHours of [-1, 169]) {
      expect(await rotate({ id: apiKey.id, overlapHours })).toMatchObject({ __typename: 'ValidationFailed' });
    }
  });
});

describe('the usage of a key', () => {
  it('is added up by day and operation, once for each batch however often it is sent', async () => {
    const { apiKey } = await create();
    const entry = { keyId: apiKey.id, day: '2026-11-20', operation: 'Products', requests: 2, units: 700, refused: 1 };
    const batch = randomUUID();
    const written = await Promise.all(Array.from({ length: 5 }, () => record([entry], batch)));
    expect(written.filter(Boolean)).toHaveLength(1);
    await record([
      { ...entry, requests: 1, units: 50, refused: 0 },
      { ...entry, operation: 'Stock', requests: 1, units: 900, refused: 0 },
      { ...entry, day: '2026-11-18', requests: 1, units: 10, refused: 0 },
    ]);
    expect(await usageOf(apiKey.id, 3)).toMatchObject({
      quota: { unitsToday: 1_650 },
      usage: [
        { day: '2026-11-18', requests: 1, units: 10, refused: 0, operations: [{ name: 'Products' }] },
        { day: '2026-11-19', requests: 0, units: 0, refused: 0, operations: [] },
        {
          ...{ day: '2026-11-20', requests: 4, units: 1_650, refused: 1 },
          operations: [
            { name: 'Stock', requests: 1, units: 900, refused: 0 },
            { name: 'Products', requests: 3, units: 750, refused: 1 },
          ],
        },
      ],
    });
  });

  it('of a key that is gone is left out, and the rest of the batch is kept', async () => {
    const { apiKey } = await create();
    const entry = { day: '2026-11-20', operation: 'A', requests: 1, units: 5, refused: 0 };
    expect(
      await record([
        { ...entry, keyId: randomUUID() },
        { ...entry, keyId: apiKey.id },
      ]),
    ).toBe(true);
    expect(await usageOf(apiKey.id, 1)).toMatchObject({ usage: [{ units: 5 }] });
  });

  it('is read for all keys of a page at once, and never for more than 90 days', async () => {
    const statements = await countStatements(db, () => usageOf('none', 7));
    // The page of keys, and the usage of all of them for each of the two stretches that were asked for.
    expect(statements).toBe(3);
    const query = (days: number) => `{ apiKeys(first: 50) { edges { node { id usage(days: ${days}) { units } } } } }`;
    expect(await errorCode(query(91), {}, { viewer })).toBe('BAD_USER_INPUT');
    expect(await errorCode(query(0), {}, { viewer })).toBe('BAD_USER_INPUT');
  });

  it('is told by nobody but the platform, and of one company to nobody of another', async () => {
    const { apiKey } = await create();
    const query = `mutation ($input: RecordApiKeyUsageInput!) { recordApiKeyUsage(input: $input) }`;
    const variables = { input: { batchId: randomUUID(), entries: [] } };
    expect(await errorCode(query, variables, { viewer: testAdmin() })).toBe('FORBIDDEN');
    const elsewhere = await world.makeCompany();
    const stranger = await world.makeUser({ role: 'MANAGER', companies: [elsewhere] });
    expect(await usageOf(apiKey.id, 1, world.viewerFor(stranger, { companies: [elsewhere] }))).toBeUndefined();
    expect(await rotate({ id: apiKey.id }, world.viewerFor(stranger, { companies: [elsewhere] }))).toMatchObject({
      __typename: 'NotFound',
    });
  });
});
