import { Client, fetchExchange } from '@urql/core';
import { expect, it } from 'vitest';
import { createCache } from './cache.ts';
import { SaveWaterSourceDocument } from './generated/graphql.ts';

it('what the server finds wrong with a field comes through the cache to the form', async () => {
  const refused = {
    ...{ __typename: 'ValidationFailed', reason: 'VALIDATION_FAILED', message: 'name: too long' },
    fields: [{ __typename: 'FieldFailure', path: 'name', code: 'TOO_BIG', message: 'too long' }],
  };
  const client = new Client({
    url: 'http://graph.invalid',
    preferGetMethod: false,
    exchanges: [createCache(), fetchExchange],
    fetch: async () =>
      new Response(JSON.stringify({ data: { saveProvider: refused } }), {
        headers: { 'content-type': 'application/json' },
      }),
  });
  const input = { name: 'x', kind: 'TWIN' as const };
  const { data, error } = await client.mutation(SaveWaterSourceDocument, { input }).toPromise();
  expect(error).toBeUndefined();
  expect(data?.saveProvider).toMatchObject({
    reason: 'VALIDATION_FAILED',
    fields: [{ path: 'name', code: 'TOO_BIG' }],
  });
});
