import { hash } from 'node:crypto';
import { eventually } from '@cauce/shared/test/eventually';
import { getIntrospectionQuery } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { type RawAnswer, rawRequest } from './raw-request.ts';

const platform = joinPlatform();
let client: GraphClient;
let admin: GraphClient;

beforeAll(async () => {
  client = await signIn(platform, 'gerente');
  admin = await signIn(platform, 'admin');
});

const json = { 'content-type': 'application/json', accept: '*/*' };
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const post = (body: unknown, headers: Record<string, string> = json) =>
  rawRequest(`${platform.url}/graphql`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (search: string, accept = '*/*') =>
  rawRequest(`${platform.url}/graphql${search}`, { method: 'GET', headers: { accept } });
const codesOf = ({ text }: RawAnswer): unknown[] =>
  ((JSON.parse(text).errors ?? []) as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

/** What the usual auditor of GraphQL servers looks for, as it sends it: each would be a finding if it were answered. */
describe('the usual audit finds nothing', () => {
  it.each([
    ['101 aliases', `query cop { ${many(101, (index) => `alias${index}:__typename`)} }`, 'TOO_MANY_ALIASES'],
    ['one field 500 times', `query cop { ${many(500, () => '__typename')} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['the schema', 'query cop { __schema { types { name fields { name } } } }', 'INTROSPECTION_DISABLED'],
    [
      'the schema in circles',
      'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['suggestions', 'query cop { __schema { directive } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['what is no GraphQL', 'qwerty cop { abc }', 'GRAPHQL_PARSE_FAILED'],
  ])('%s', async (_title, query, code) => {
    const answer = await post({ query, operationName: 'cop' });
    expect(codesOf(answer)[0]).toBe(code);
    expect(JSON.parse(answer.text).data).toBeUndefined();
    expect(answer.text).not.toMatch(/Did you mean|stack|exception|tracing/i);
  });

  it('ten unknown directives on one field are not answered one by one', async () => {
    const { errors } = JSON.parse((await post({ query: `query cop { __typename ${'@aa'.repeat(10)} }` })).text);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(10);
  });

  it('a list of operations', async () => {
    const answer = await post(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })));
    expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_REQUEST']]);
  });

  it('a form', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: '*/*' };
    const answer = await post('query=query+cop+%7B+__typename+%7D', headers);
    expect([answer.status, codesOf(answer)]).toEqual([415, ['UNSUPPORTED_MEDIA_TYPE']]);
  });

  it.each([
    ['a query by a bare GET', 'query cop {__typename}', '*/*', 'CSRF_PREVENTED'],
    ['a mutation by a bare GET', 'mutation cop {__typename}', '*/*', 'CSRF_PREVENTED'],
    ['a mutation by a GET that reads JSON', 'mutation cop {__typename}', 'application/json', 'METHOD_NOT_ALLOWED'],
  ])('%s', async (_title, query, accept, code) => {
    expect(codesOf(await get(`?query=${encodeURIComponent(query)}`, accept))).toEqual([code]);
  });

  it('a page to explore the graph with', async () => {
    const answer = await get('', 'text/html');
    expect([answer.status, codesOf(answer)]).toEqual([406, ['NOT_ACCEPTABLE']]);
    expect(answer.text).not.toMatch(/graphiql|playground/i);
  });

  it('traces of how a plain query was answered', async () => {
    const answer = await post({ query: '{ __typename }', extensions: { cost: true, queryPlan: true } });
    expect(JSON.parse(answer.text)).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('who may inspect the platform', () => {
  const explained = async (query: string): Promise<{ extensions: { cost: unknown; queryPlan: string } }> => {
    const headers = { ...json, authorization: `Bearer ${admin.accessToken}` };
    return JSON.parse((await post({ query, extensions: { cost: true, queryPlan: true } }, headers)).text);
  };

  it('is told the schema, suggestions, and what an operation costs and how it is planned', async () => {
    expect((await admin.ask(getIntrospectionQuery({ descriptions: false }))).errors).toEqual([]);
    expect(JSON.stringify((await admin.ask('{ me { nam } }')).errors)).toContain('Did you mean');
    const { extensions } = await explained('{ sites(first: 7) { edges { node { id name } } } }');
    expect(extensions.cost).toEqual({ estimated: 1 + 7 * 2, budget: 40_000 });
    expect(extensions.queryPlan).toMatch(/^fetch access/);
  });
});

describe('persisted queries', () => {
  const query = '{ me { id role } }';
  const sha256Hash = hash('sha256', query, 'hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };

  it('are asked for by hash, sent once, and then known, also over a live connection', async () => {
    const headers = { ...json, authorization: `Bearer ${client.accessToken}` };
    expect(codesOf(await post({ extensions }, headers))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(JSON.parse((await post({ query, extensions }, headers)).text).data.me.role).toBe('MANAGER');
    expect(JSON.parse((await post({ extensions }, headers)).text).data.me.role).toBe('MANAGER');
    const socket = client.connect();
    const result = await new Promise((resolve, reject) => {
      socket.subscribe({ query: '', extensions }, { next: resolve, error: reject, complete: () => undefined });
    });
    await socket.dispose();
    expect(result).toMatchObject({ data: { me: { role: 'MANAGER' } } });
  });
});

describe('an operation whose client has left', () => {
  it('ends in Postgres, wherever its subgraph runs', async () => {
    const holder = await platform.pool.connect();
    const waiting = async () => {
      const { rows } = await platform.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%produccion_aliar%'`,
      );
      return rows[0]?.count ?? -1;
    };
    try {
      await holder.query('BEGIN; LOCK TABLE production.produccion_aliar IN ACCESS EXCLUSIVE MODE');
      const leaving = new AbortController();
      const answer = fetch(`${platform.url}/graphql`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${client.accessToken}` },
        body: JSON.stringify({ query: '{ productionOrders(first: 1) { edges { node { id } } } }' }),
        signal: leaving.signal,
      }).catch(() => null);
      await eventually(async () => (await waiting()) > 0, { what: 'the statement waits for the lock' });
      leaving.abort();
      await answer;
      await eventually(async () => (await waiting()) === 0, { what: 'the statement is gone' });
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  });
});
