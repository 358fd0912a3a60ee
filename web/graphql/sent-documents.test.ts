import { readFileSync } from 'node:fs';
import { Client, createRequest, fetchExchange, subscriptionExchange } from '@urql/core';
import { type DocumentNode, getOperationAST, print } from 'graphql';
import { expect, it } from 'vitest';
import { createCache } from './cache.ts';
import * as generated from './generated/graphql.ts';

const manifest: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../gateway/trusted-documents.json', import.meta.url), 'utf8'),
);
const registered = new Set(Object.values(manifest));

const operations = Object.values(generated).flatMap((value) => {
  const document: DocumentNode | null = typeof value === 'object' && 'definitions' in value ? value : null;
  const operation = document === null ? null : getOperationAST(document);
  return document && operation ? [{ name: operation.name?.value ?? '', kind: operation.operation, document }] : [];
});

it.each(operations)('$name is sent as the gateway has it registered', async ({ kind, document }) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const client = new Client({
    url: 'http://graph.invalid',
    preferGetMethod: false,
    fetch: async (_url, init) => {
      resolve(JSON.parse(String(init?.body)).query);
      return new Response('{"data":null}', { headers: { 'content-type': 'application/json' } });
    },
    exchanges: [
      createCache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query }) => ({
          subscribe: () => {
            resolve(query ?? '');
            return { unsubscribe: () => {} };
          },
        }),
      }),
    ],
  });
  const operation = client.createRequestOperation(kind, createRequest(document, {}));
  const { unsubscribe } = client.executeRequestOperation(operation).subscribe(() => {});
  expect(registered).toContain(await promise);
  unsubscribe();
  expect(registered).toContain(print(document));
});
