import { readFileSync } from 'node:fs';
import { Client, createRequest, fetchExchange, subscriptionExchange } from '@urql/core';
import { type DocumentNode, getOperationAST, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createHashExchange } from './by-hash.ts';
import { createCache } from './cache.ts';
import * as generated from './generated/graphql.ts';

const manifest: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('../../gateway/trusted-documents.json', import.meta.url), 'utf8'),
);
const registered = new Set(Object.values(manifest));

interface Sent {
  readonly query?: string | undefined;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } } | undefined;
}

const operations = Object.values(generated).flatMap((value) => {
  const document: DocumentNode | null = typeof value === 'object' && 'definitions' in value ? value : null;
  const operation = document === null ? null : getOperationAST(document);
  return document && operation ? [{ name: operation.name?.value ?? '', kind: operation.operation, document }] : [];
});

/** Runs an operation as the web app does, against a gateway that `answer`s; tells how it ended. */
function run({ kind, document }: (typeof operations)[number], answer: (sent: Sent) => object): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const client = new Client({
    url: 'http://graph.invalid',
    preferGetMethod: false,
    fetch: async (_url, init) => {
      const body = JSON.stringify(answer(JSON.parse(String(init?.body))));
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    },
    exchanges: [
      createCache(),
      createHashExchange(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (body) => ({
          subscribe: (sink) => {
            const { errors, data } = Object(answer(body));
            if (errors !== undefined) sink.error(errors);
            else sink.next({ data });
            return { unsubscribe: () => {} };
          },
        }),
      }),
    ],
  });
  const operation = client.createRequestOperation(kind, createRequest(document, {}));
  const { unsubscribe } = client.executeRequestOperation(operation).subscribe(({ data, error }) => {
    resolve(error?.message ?? data);
  });
  return promise.finally(unsubscribe);
}

describe.each(operations)('$name', (operation) => {
  it('is sent as a hash that the gateway has registered, for what the server prints as well', async () => {
    const asked: Sent[] = [];
    await run(operation, (sent) => {
      asked.push(sent);
      return { data: null };
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.query).toBeUndefined();
    expect(manifest).toHaveProperty(asked[0]?.extensions?.persistedQuery?.sha256Hash ?? '');
    expect(registered).toContain(print(operation.document));
  });
});

it.each(['query', 'mutation', 'subscription'])(
  'a %s that the gateway does not know is sent again in full',
  async (kind) => {
    const operation = operations.find((one) => one.kind === kind);
    if (operation === undefined) throw new Error(`The web app has no ${kind}`);
    const asked: Sent[] = [];
    await run(operation, (sent) => {
      asked.push(sent);
      return sent.query === undefined ? { errors: [{ message: 'PersistedQueryNotFound' }] } : { data: null };
    });
    expect(asked.map(({ query }) => query !== undefined)).toEqual([false, true]);
    expect(registered).toContain(asked[1]?.query);
    expect(asked[1]?.extensions?.persistedQuery?.sha256Hash).toBe(asked[0]?.extensions?.persistedQuery?.sha256Hash);
  },
);
