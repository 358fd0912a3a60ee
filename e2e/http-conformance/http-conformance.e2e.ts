import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

const platform = joinPlatform();

/** The public list of what GraphQL over HTTP asks of a server, sent by who may ask for types: some of it does. */
const { accessToken } = await signIn(platform, 'admin');
const audits = serverAudits({
  url: () => `${platform.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${accessToken}`);
    return fetch(url, { ...init, headers });
  },
});

describe('GraphQL over HTTP', () => {
  it('has as many audits as we say we pass', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id: $name', async ({ fn }) => {
    const result = await fn();
    // A warning or a notice is a miss as well.
    expect(result).toMatchObject({ status: 'ok' });
  });
});

describe('beyond the audits', () => {
  const ask = (init: RequestInit & { readonly search?: string }) =>
    fetch(`${platform.url}/graphql${init.search ?? ''}`, init);

  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD'])('%s is answered 405 with the methods there are', async (method) => {
    const response = await ask({ method, search: '?query=%7B__typename%7D' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });

  it('what nobody can read is answered 406', async () => {
    const response = await ask({
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/html' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(406);
  });

  it('a refusal of the caller keeps its status in either format, in the format asked for', async () => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const response = await ask({
        method: 'POST',
        headers: { 'content-type': 'application/json', accept, authorization: 'Bearer garbage' },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toContain(accept);
    }
  });

  it('no cache between may keep an answer, and each names its request', async () => {
    const response = await ask({ search: '?query=%7B__typename%7D', headers: { 'x-request-id': 'audit-0001' } });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toBe('audit-0001');
  });

  it('a subscription asked for as JSON is told where to go', async () => {
    const response = await ask({
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: 'subscription { measurementAdded { value } }' }),
    });
    expect(response.status).toBe(406);
    expect(await response.text()).toContain('text/event-stream');
  });
});
