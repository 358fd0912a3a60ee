import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { endHolds, type Snapshot, takeSnapshot } from '../platform/snapshot.ts';
import { currentWay } from '../platform/start-platform.ts';
import { asks, refusedRequests } from './refused-requests.ts';
import { send } from './send.ts';

const platform = joinPlatform();
let client: GraphClient;
let before: Snapshot;

beforeAll(async () => {
  client = await signIn(platform, 'quillay');
  await endHolds(platform.pool);
  before = await takeSnapshot(platform.pool);
});

const id = '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000';
const injection = `x'); DROP TABLE access.users; --`;

describe('a request that is refused as a whole', () => {
  it.each(refusedRequests)('is answered $status $code: $title', async ({ request, status, code, isAnonymous }) => {
    const made = await request(platform);
    const hasCredential = Object.keys(made.headers ?? {}).some(
      (name) => name === 'authorization' || name === 'x-api-key',
    );
    const credential: Record<string, string> =
      isAnonymous || hasCredential ? {} : { authorization: `Bearer ${client.accessToken}` };
    const answer = await send(platform, { ...made, headers: { ...made.headers, ...credential } });
    expect(answer.errors.map(({ extensions }) => extensions.code)).toContain(code);
    expect(answer.status).toBe(status);
    expect(answer.data ?? null).toBeNull();
    expectHarmless(answer.text);
    for (const { extensions } of answer.errors) expect(extensions.requestId).toMatch(/^[\w.:-]{8,}$/);
  });
});

describe('a field that is refused', () => {
  it.each([
    ['more than 200 rows', 'BAD_USER_INPUT', '{ products(first: 201) { totalCount } }'],
    ['less than no rows', 'BAD_USER_INPUT', '{ products(first: -1) { totalCount } }'],
    ['a cursor that is none', 'BAD_USER_INPUT', '{ products(after: "garbage") { edges { node { id } } } }'],
    [
      'the cursor of another list',
      'BAD_USER_INPUT',
      `{ orders(after: "${cursor(['a', 'b', 'c', 'd', 'e'])}") { edges { node { id } } } }`,
    ],
    [
      'a cursor with a value of another kind',
      'BAD_USER_INPUT',
      `{ sites(after: "${cursor([{ a: 1 }, id])}") { edges { node { id } } } }`,
    ],
    [
      'a cursor with SQL in it',
      'BAD_USER_INPUT',
      `{ sites(after: "${cursor([injection, injection])}") { edges { node { id } } } }`,
    ],
    [
      'a day that is none',
      'BAD_USER_INPUT',
      '{ dailyMetrics(metrics: ["orders"], range: { from: "2026-02-30", to: "2026-03-01" }) { value } }',
    ],
    ['a permission that is not held', 'FORBIDDEN', '{ auditLog(first: 1) { totalCount } }'],
  ])('says why, and what it is: %s', async (_title, code, query) => {
    const { errors, data } = await client.ask(query);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expectHarmless(JSON.stringify(errors));
  });

  it('asks who shows no credential for one', async () => {
    for (const field of ['me { id }', 'sites { totalCount }', 'product(sku: "X") { id }', 'threads { totalCount }']) {
      const { errors, data } = await send(platform, asks(`{ ${field} }`));
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    }
  });
});

describe('what is not there', () => {
  const odd = ['', ' ', '1', id, id.slice(1), injection, '💧', 'null', '../..', 'x'.repeat(5_000)];
  it.each([
    'site',
    'company',
    'productionOrder',
    'product',
    'catchmentPoint',
    'order',
    'appointment',
    'conversation',
    'thread',
    'answer',
    'apiKey',
  ])('is null by whatever is given for an id: %s', async (field) => {
    for (const value of odd) {
      const { data, errors } = await client.ask(`query($id: ID!) { found: ${field}(id: $id) { id } }`, { id: value });
      const codes = errors.map(({ extensions }) => extensions.code);
      // No text at all may also count as no id given, which fields with several keys refuse.
      const isRefused = value === '' && codes.length > 0;
      expect({ value, data, codes }).toEqual({
        value,
        data: { found: null },
        codes: isRefused ? ['BAD_USER_INPUT'] : [],
      });
    }
  });

  it.each([
    'sites(filter: { search: $text }) { totalCount }',
    'companies(filter: { search: $text }) { totalCount }',
    'users(filter: { search: $text }) { totalCount }',
    'products(filter: { search: $text }) { totalCount }',
    'customers(filter: { search: $text }) { totalCount }',
    'productionOrders(filter: { search: $text }) { totalCount }',
    'orders(filter: { search: $text }) { totalCount }',
    'catchmentPoints(filter: { search: $text }) { totalCount }',
  ])('gives no more, and no failure, for SQL, wildcards or long text: %s', async (field) => {
    const all = await client.ask(`{ found: ${field.replace('(filter: { search: $text })', '')} }`);
    const most = Number(Reflect.get(Object(all.data?.found), 'totalCount'));
    for (const text of [injection, `' OR 1=1 --`, '\\', 'zzzzqqqq%', '_', '💧💧💧', 'z'.repeat(5_000)]) {
      const { data, errors } = await client.ask(`query($text: String!) { found: ${field} }`, { text });
      const codes = errors.map(({ extensions }) => extensions.code);
      // Text that cannot be there may also be refused, but never be our fault.
      if (codes.length > 0) expect({ text, codes }).toEqual({ text, codes: ['BAD_USER_INPUT'] });
      else expect(Number(Reflect.get(Object(data?.found), 'totalCount'))).toBeLessThanOrEqual(most);
    }
  });

  it('is answered as data by mutations, for ids of every shape', async () => {
    for (const value of odd) {
      const { data, errors } = await client.ask(
        `mutation($id: ID!) {
          updateProduct(input: { id: $id, name: "X" }) { __typename }
          updateProductionOrder(input: { id: $id, plannedTons: 1 }) { __typename }
          updateCatchmentPoint(input: { id: $id, name: "X" }) { __typename }
          acknowledgeAlert(input: { alertId: $id }) { __typename }
          cancelAppointment(input: { id: $id }) { __typename }
          deleteWebhook(input: { id: $id }) { __typename }
          revokeApiKey(input: { id: $id }) { __typename }
          rotateApiKey(input: { id: $id }) { __typename }
          rotateWebhookSecret(input: { id: $id }) { __typename }
          testWebhook(input: { id: $id }) { __typename }
        }`,
        { id: value },
      );
      expect({ value, errors }).toEqual({ value, errors: [] });
      for (const result of Object.values(data ?? {}))
        expect(JSON.stringify(result)).toMatch(/NotFound|ValidationFailed/);
    }
  });
});

it('answers aliases with the names of an object’s own machinery like all others', async () => {
  const query =
    '{ __proto__: me { name } constructor: me { __proto__: name toString: id } hasOwnProperty: __typename }';
  const { text, errors } = await send(platform, asks(query, {}, { authorization: `Bearer ${client.accessToken}` }));
  expect(errors).toEqual([]);
  expect(text).toContain('"__proto__":{"name":"Fernanda Bascuñán Ortiz"}');
  expect(text).toContain('"constructor":{"__proto__":"Fernanda Bascuñán Ortiz"');
  const { data } = await client.ask('{ me { name } }');
  expect(data).toEqual({ me: { name: 'Fernanda Bascuñán Ortiz' } });
});

it('gives pages of other origins no leave to read answers', async () => {
  const preflight = (origin: string) =>
    fetch(`${platform.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });
  expect((await preflight(platform.webOrigin)).headers.get('access-control-allow-origin')).toBe(platform.webOrigin);
  expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).not.toBe(
    'https://evil.example',
  );
  expect((await preflight('null')).headers.get('access-control-allow-origin')).not.toBe('null');
});

it.runIf(currentWay() === 'services')(
  'gets nothing out of a subgraph asked directly, without the gateway’s token or with a person’s',
  async () => {
    for (const name of ['access', 'inventory', 'telemetry'] as const) {
      const url = platform.subgraphUrl(name);
      if (url === null) throw new Error(`${name} has no address`);
      for (const headers of [{}, { authorization: `Bearer ${client.accessToken}` }, { authorization: 'Bearer x' }]) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query: '{ __typename }' }),
        });
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
      }
    }
  },
);

it('leaves no trace of any of it: no row, no audit entry', async () => {
  expect(await takeSnapshot(platform.pool)).toEqual(before);
});

function cursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Nothing of our insides: no stack, no SQL, no file, no library. */
function expectHarmless(text: string): void {
  expect(text).not.toMatch(
    /node_modules|\.ts:\d|at async|SELECT .* FROM access|prisma|ECONNREFUSED|stacktrace|syntax error at or near/i,
  );
}
