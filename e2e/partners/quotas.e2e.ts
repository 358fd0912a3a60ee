import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { eventually } from '@cauce/shared/test/eventually';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

interface Key {
  readonly id: string;
  readonly secret: string;
}

const platform = joinPlatform();
let person: GraphClient;

beforeAll(async () => {
  person = await signIn(platform, 'gerente');
});

const created = `... on CreatedApiKey { secret apiKey { id } } ... on Failure { reason message }`;

async function createKey(input: object): Promise<Key> {
  const { data, errors } = await person.ask(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ${created} } }`,
    { input: { name: 'Tablero', permissions: ['inventory:read'], ...input } },
  );
  return readKey(data?.createApiKey, errors);
}

function readKey(answer: unknown, errors: unknown): Key {
  const { secret, apiKey } = Object(answer) as { secret?: string; apiKey?: { id: string } };
  if (secret === undefined || apiKey === undefined) throw new Error(JSON.stringify([answer, errors]));
  return { id: apiKey.id, secret };
}

/** Asks with the key as a partner's program does. */
async function askWith({ secret }: Key, query: string, variables: object = {}) {
  const response = await fetch(`${platform.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': secret },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] }: { data?: Record<string, unknown>; errors?: { extensions: Record<string, unknown> }[] } =
    JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, data, code: errors[0]?.extensions.code, errors };
}

/** What the last operation took from the key's minute. */
function leftOf(headers: Headers): number {
  return Number(/"minute";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
}

const page = `query Products { products(first: 5) { edges { node { sku } } } }`;

describe('the quota of an API key', () => {
  it('cannot be overspent by many requests side by side; who is refused is told when to come back', async () => {
    const probe = await createKey({ quota: { unitsPerMinute: 10_000, unitsPerDay: 10_000 } });
    const { headers: told } = await askWith(probe, page);
    const cost = 10_000 - leftOf(told);
    expect(cost).toBeGreaterThan(0);
    expect(told.get('x-operation-cost')).toBe(String(cost));
    const key = await createKey({ quota: { unitsPerMinute: cost * 10 + 1, unitsPerDay: cost * 1_000 } });
    const answers = await Promise.all(Array.from({ length: 60 }, () => askWith(key, page)));
    const refused = answers.filter(({ code }) => code === 'RATE_LIMITED');
    expect(answers.filter(({ data }) => data?.products !== undefined)).toHaveLength(10);
    expect(refused).toHaveLength(50);
    for (const { status, headers, errors } of refused) {
      expect(status).toBe(429);
      const waitSeconds = Number(headers.get('retry-after'));
      expect(waitSeconds).toBeGreaterThanOrEqual(1);
      expect(waitSeconds).toBeLessThanOrEqual(65);
      expect(errors[0]?.extensions).toMatchObject({ limit: 'api-key.minute', retryAfterSeconds: waitSeconds });
    }

    const usage = `query { apiKeys(first: 50) { edges { node { id quota { unitsToday }
      usage(days: 1) { requests units refused operations { name requests units refused } } } } } }`;
    await eventually(
      async () => {
        const { data } = await person.ask(usage);
        const text = JSON.stringify(data);
        return text.includes(`"requests":10,"units":${cost * 10},"refused":50,"operations":[{"name":"Products"`);
      },
      { timeoutMs: 20_000 },
    );
  }, 90_000);

  it('counts every door: what was spent over HTTP is not there for a stream', async () => {
    const key = await createKey({ quota: { unitsPerMinute: 3, unitsPerDay: 3 }, permissions: ['inventory:read'] });
    expect((await askWith(key, '{ __typename }')).status).toBe(200);
    expect((await askWith(key, '{ __typename }')).status).toBe(200);
    expect((await askWith(key, '{ __typename }')).status).toBe(200);
    const stream = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': key.secret },
      body: JSON.stringify({ query: 'subscription { syncStatusChanged { __typename } }' }),
    });
    expect(stream.status).toBe(429);
    expect(await stream.text()).toContain('RATE_LIMITED');
  });

  it('refuses what no minute has room for, once and for all', async () => {
    const key = await createKey({ quota: { unitsPerMinute: 5, unitsPerDay: 50 } });
    expect(await askWith(key, `{ products(first: 100) { edges { node { sku } } } }`)).toMatchObject({
      code: 'OPERATION_TOO_COSTLY',
    });
  });
});

describe('an API key', () => {
  it('of one company reaches nothing of another, by id, by filter or by being asked for more', async () => {
    const key = await createKey({});
    const { data, errors } = await askWith(
      key,
      `query ($company: ID!, $site: ID!) {
        company(id: $company) { id } site(id: $site) { id } sites(first: 50) { edges { node { company { id } } } }
        products(first: 5, filter: { siteIds: [$site] }) { edges { node { stock { site { id } } } } } }`,
      { company: demoCompanies.quillay.id, site: demoSites.plantaQuillay.id },
    );
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ company: null, site: null });
    expect(JSON.stringify(data)).not.toContain(demoCompanies.quillay.id);
    expect(JSON.stringify(data)).not.toContain(demoSites.plantaQuillay.id);
    const wider = { input: { name: 'x', permissions: ['inventory:read'], companyIds: [demoCompanies.quillay.id] } };
    const refused = await person.ask(
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }`,
      wider,
    );
    expect(refused.data).toEqual({ createApiKey: { __typename: 'NotFound' } });
    expect((await askWith(key, '{ orders(first: 1) { edges { node { id } } } }')).code).toBe('FORBIDDEN');
  });

  it('goes on with either secret while it is rotated, and ends at once with both when it is revoked', async () => {
    const old = await createKey({});
    const { data, errors } = await person.ask(
      `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { ${created} } }`,
      { input: { id: old.id, overlapHours: 1 } },
    );
    const fresh = readKey(data?.rotateApiKey, errors);
    for (const key of [old, fresh]) expect((await askWith(key, page)).status).toBe(200);
    await person.ask(`mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { __typename } }`, {
      input: { id: old.id },
    });
    await eventually(async () => {
      const codes = await Promise.all([old, fresh].map(async (key) => (await askWith(key, page)).code));
      return codes.every((code) => code === 'UNAUTHENTICATED');
    });
  });
});
