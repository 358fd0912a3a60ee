import { createHash } from 'node:crypto';
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
let [one, two]: Key[] = [];

const products = 'query PartnerProducts { products(first: 2) { edges { node { sku } } } }';
const changes = 'subscription PartnerSync { syncStatusChanged { __typename } }';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const byHash = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
const ofNobody = hashOf('what nobody registered');

beforeAll(async () => {
  person = await signIn(platform, 'gerente');
  [one, two] = [await makeKey(), await makeKey()];
});

async function makeKey(): Promise<Key> {
  const { data, errors } = await person.ask(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret apiKey { id } } } }`,
    { input: { name: 'Tablero', permissions: ['inventory:read'] } },
  );
  const { secret, apiKey } = Object(data?.createApiKey) as { secret?: string; apiKey?: { id: string } };
  if (secret === undefined || apiKey === undefined) throw new Error(JSON.stringify(errors));
  return { id: apiKey.id, secret };
}

/** One of the mutations that change what a key has registered; answers `__typename`, or the code of the error. */
async function change(mutation: string, input: object): Promise<unknown> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { done: ${mutation}(input: $input) { __typename } }`;
  const { data, errors } = await person.ask(query, { input });
  return errors[0]?.extensions.code ?? Reflect.get(Object(data?.done), '__typename');
}
const register = (key: Key | undefined, documents: readonly string[]) =>
  change('registerApiKeyDocuments', { keyId: key?.id, documents });

/** Sends a body with a key as a partner's program does; the answer without the number of the request. */
async function send(key: Key | undefined, body: object, accept = 'application/graphql-response+json') {
  const response = await fetch(`${platform.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, 'x-api-key': key?.secret ?? '' },
    body: JSON.stringify(body),
  });
  const text = (await response.text()).replaceAll(/"requestId":"[^"]*"/g, '');
  return { status: response.status, text, code: /"code":"(\w+)"/.exec(text)?.[1] };
}

describe('documents that are registered for a key', () => {
  it('are answered by their hash, soon and without a restart; for any other key they do not exist', async () => {
    expect(await register(one, [products, changes])).toBe('ApiKey');
    for (const body of [byHash(hashOf(products)), { documentId: `sha256:${hashOf(products)}` }]) {
      await eventually(async () => (await send(one, body)).text.includes('"sku"'));
    }
    const asUnknown = await send(two, byHash(ofNobody));
    expect(asUnknown.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(await send(two, byHash(hashOf(products)))).toEqual(asUnknown);
    expect(await send(two, { documentId: hashOf(products) })).toEqual(asUnknown);
    // Nor when its owner sends hash and text together, which makes other documents everybody's.
    expect((await send(one, { query: products, ...byHash(hashOf(products)) })).status).toBe(200);
    expect(await send(two, byHash(hashOf(products)))).toEqual(asUnknown);
  });

  it('are refused at once when they do not fit the graph', async () => {
    expect(await register(one, ['query Wrong { products(first: 2) { noSuchField } }'])).toBe('BAD_USER_INPUT');
    expect(await register(one, ['{ me { id } }'])).toBe('ValidationFailed');
  });

  it('are all that a key answers to that is held to them; what is taken away ends with its streams', async () => {
    expect(await change('setApiKeyRegisteredOnly', { keyId: one?.id, registeredOnly: true })).toBe('ApiKey');
    await eventually(async () => (await send(one, { query: '{ me { id } }' })).code === 'DOCUMENT_NOT_TRUSTED');
    const refused = await send(one, byHash(ofNobody));
    expect(refused).toMatchObject({ status: 403, code: 'DOCUMENT_NOT_TRUSTED' });
    expect(await register(two, ['query Other { me { id } }'])).toBe('ApiKey');
    await eventually(async () => (await send(two, byHash(hashOf('query Other { me { id } }')))).status === 200);
    expect(await send(one, byHash(hashOf('query Other { me { id } }')))).toEqual(refused);
    expect(await send(one, { query: `${products} ` })).toEqual(refused);
    expect((await send(one, byHash(hashOf(products)))).text).toContain('"sku"');
    expect((await send(two, { query: '{ me { id } }' })).status).toBe(200);
    const table = await fetch(`${platform.url}/api/data/products?limit=1`, {
      headers: { 'x-api-key': one?.secret ?? '' },
    });
    expect(table.status).toBe(200);

    const stream = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-api-key': one?.secret ?? '' },
      body: JSON.stringify(byHash(hashOf(changes))),
    });
    expect(stream.status).toBe(200);
    const hashes = [hashOf(changes), hashOf(products)];
    expect(await change('removeApiKeyDocuments', { keyId: one?.id, hashes })).toBe('ApiKey');
    // Ends, or the test does.
    await stream.text();
    await eventually(async () => (await send(one, byHash(hashOf(products)))).status === 403);
    expect(await send(one, byHash(hashOf(products)))).toEqual(refused);
  });
});
