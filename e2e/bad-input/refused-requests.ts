import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { ErrorCode } from '@cauce/shared/errors/error-codes';
import type { PlatformDoors } from '../platform/start-platform.ts';
import { badTokens } from './bad-tokens.ts';

/** A request that must be refused, and how. */
export interface RefusedRequest {
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** What is sent; a good token is added when it brings no credential of its own and is not `anonymous`. */
  readonly request: (platform: PlatformDoors) => HttpRequest | Promise<HttpRequest>;
  readonly isAnonymous?: boolean;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
}

/** Asks for the answers that show a refusal's own status. */
const json = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

/** An operation as clients send it. */
export const asks = (
  query: string,
  variables: unknown = {},
  headers: Readonly<Record<string, string>> = {},
): HttpRequest => ({
  headers: { ...json, ...headers },
  body: JSON.stringify({ query, variables }),
});
const sends = (body: string | FormData, headers: Readonly<Record<string, string>> = json): HttpRequest => ({
  headers,
  body,
});

const site = demoSites.plantaNorte.id;
const mutation = 'mutation { signOut(input: { refreshToken: "x" }) { isEnded } }';
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Requests that cannot be read at all. */
const unreadable: readonly RefusedRequest[] = [
  { title: 'a body that is no JSON', status: 400, code: 'BAD_REQUEST', request: () => sends('{"query": "{ me ') },
  { title: 'an empty body', status: 400, code: 'BAD_REQUEST', request: () => sends('') },
  { title: 'JSON that is no request', status: 400, code: 'BAD_REQUEST', request: () => sends('"text"') },
  { title: 'a request without a query', status: 400, code: 'BAD_REQUEST', request: () => sends('{"variables":{}}') },
  {
    title: 'variables that are a list',
    status: 400,
    code: 'BAD_REQUEST',
    request: () => sends('{"query":"{ me { id } }","variables":[1]}'),
  },
  {
    title: 'a list of requests',
    status: 400,
    code: 'BAD_REQUEST',
    request: () => sends('[{"query":"{ me { id } }"},{"query":"{ me { id } }"}]'),
  },
  {
    title: 'a body of 600 KB',
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    request: () => asks(`{ me { id } } #${'x'.repeat(600 * 1024)}`),
  },
  {
    title: 'a form as a page of any origin can send it',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: () => sends('query=%7Bme%7Bid%7D%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
  },
  {
    title: 'plain text as a page of any origin can send it',
    status: 400,
    code: 'CSRF_PREVENTED',
    request: () => sends(JSON.stringify({ query: mutation }), { 'content-type': 'text/plain' }),
  },
  {
    title: 'a GET as a page of another origin can cause it',
    status: 400,
    code: 'CSRF_PREVENTED',
    isAnonymous: true,
    request: () => ({
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent('{ me { id } }')}`,
      headers: { origin: 'https://elsewhere.example' },
    }),
  },
  {
    title: 'a mutation by GET',
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    request: () => ({
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(mutation)}`,
      headers: { 'apollo-require-preflight': '1' },
    }),
  },
  {
    title: 'a mutation by GET as an event stream',
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    request: () => ({
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(mutation)}`,
      headers: { accept: 'text/event-stream' },
    }),
  },
  {
    title: 'an event stream whose request is no operation',
    status: 400,
    code: 'BAD_REQUEST',
    request: () => sends('{"q":1}', { ...json, accept: 'text/event-stream' }),
  },
  {
    title: 'an address that is not there',
    status: 404,
    code: 'NOT_FOUND',
    request: () => ({ method: 'GET', path: '/graphql/../../etc/passwd' }),
  },
];

/** Operations that are refused before anything is fetched. */
const unacceptable: readonly RefusedRequest[] = [
  {
    title: 'a document that is not GraphQL',
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
    request: () => asks('SELECT * FROM access.users; --'),
  },
  {
    title: 'a document that is not GraphQL, over an event stream',
    status: 400,
    code: 'GRAPHQL_PARSE_FAILED',
    request: () => asks('{ me', {}, { accept: 'text/event-stream' }),
  },
  {
    title: 'a field that the graph does not have',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    request: () => asks('{ me { passwordHash } }'),
  },
  {
    title: 'a field that only the platform may ask for',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    request: () => asks('{ authenticate(input: {}) }'),
  },
  {
    title: 'entities, which only gateways ask for',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    request: () => asks('{ _entities(representations: []) { __typename } }'),
  },
  {
    title: 'an operation that the document does not have',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    request: () => sends(JSON.stringify({ query: 'query A { me { id } }', operationName: 'B' })),
  },
  {
    title: 'several operations, none of them named',
    status: 400,
    code: 'GRAPHQL_VALIDATION_FAILED',
    request: () => asks('query A { me { id } } query B { me { id } }'),
  },
  {
    title: 'a document of more than 4,000 tokens',
    status: 400,
    code: 'TOO_MANY_TOKENS',
    request: () => asks(`{ ${many(4_001, () => '__typename')} }`),
  },
  {
    title: 'fields nested 31 deep',
    status: 400,
    code: 'OPERATION_TOO_DEEP',
    request: () =>
      asks(`{ company(code: "RIBERA") ${many(15, () => '{ sites { company')} { name } ${'} }'.repeat(15)} }`),
  },
  {
    title: '200 aliases',
    status: 400,
    code: 'TOO_MANY_ALIASES',
    request: () => asks(`{ ${many(200, (index) => `a${index}: me { id }`)} }`),
  },
  {
    title: '41 aliases with the names of an object’s own machinery',
    status: 400,
    code: 'TOO_MANY_ALIASES',
    request: () =>
      asks(`{ ${many(41, (index) => `${['__proto__', 'constructor', 'toString'][index % 3]}: __typename`)} }`),
  },
  {
    title: 'aliases hidden in fragments',
    status: 400,
    code: 'TOO_MANY_ALIASES',
    request: () =>
      asks(`{ ${many(5, () => '...F')} } fragment F on Query { ${many(10, (index) => `a${index}: me { id }`)} }`),
  },
  {
    title: '100 directives',
    status: 400,
    code: 'TOO_MANY_DIRECTIVES',
    request: () => asks(`{ ${many(100, () => `... @include(if: true) { __typename }`)} }`),
  },
  {
    title: 'pages within pages',
    status: 400,
    code: 'OPERATION_TOO_COSTLY',
    request: () => asks('{ sites(first: 200) { edges { node { stock(first: 200) { edges { node { id } } } } } } }'),
  },
  {
    title: 'pages within pages by way of variables',
    status: 400,
    code: 'OPERATION_TOO_COSTLY',
    request: () =>
      asks('query($n: Int) { sites(first: $n) { edges { node { stock(first: $n) { edges { node { id } } } } } } }', {
        n: 200,
      }),
  },
  {
    title: 'pages within pages by way of default values',
    status: 400,
    code: 'OPERATION_TOO_COSTLY',
    request: () =>
      asks(
        'query($n: Int = 200) { sites(first: $n) { edges { node { stock(first: $n) { edges { node { id } } } } } } }',
      ),
  },
  {
    title: 'pages within pages, the last ones',
    status: 400,
    code: 'OPERATION_TOO_COSTLY',
    request: () => asks('{ sites(last: 200) { edges { node { stock(last: 200) { edges { node { id } } } } } } }'),
  },
  {
    title: 'a variable of the wrong type',
    status: 400,
    code: 'BAD_USER_INPUT',
    request: () => asks('query($n: Int) { sites(first: $n) { totalCount } }', { n: 'many' }),
  },
  {
    title: 'a zero byte in a variable',
    status: 400,
    code: 'BAD_USER_INPUT',
    request: () => asks('query($sku: String) { product(sku: $sku) { id } }', { sku: 'a\0b' }),
  },
  {
    title: 'a zero byte in the document',
    status: 400,
    code: 'BAD_USER_INPUT',
    request: () => asks('{ productionOrders(filter: { search: "\\u0000" }) { totalCount } }'),
  },
  {
    title: 'a variable that is missing',
    status: 400,
    code: 'BAD_USER_INPUT',
    request: () => asks('query($id: ID!) { order(id: $id) { id } }'),
  },
];

/** Credentials that are no good, whatever they are shown for. */
const unwelcome: readonly RefusedRequest[] = [
  {
    title: 'a token that is none',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: () => asks('{ me { id } }', {}, { authorization: 'Bearer garbage' }),
  },
  {
    title: 'another scheme than Bearer',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: () => asks('{ me { id } }', {}, { authorization: 'Basic YWRtaW46YWRtaW4=' }),
  },
  {
    title: 'an API key that nobody has',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: () => asks('{ me { id } }', {}, { 'x-api-key': `cauce_AbCdEfGhIjKl_${'a'.repeat(43)}` }),
  },
  {
    title: 'an API key that is none',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: () => asks('{ me { id } }', {}, { 'x-api-key': 'hello' }),
  },
  {
    title: 'two credentials at once',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: async (platform) =>
      asks(
        '{ me { id } }',
        {},
        { 'x-api-key': 'cauce_x', authorization: `Bearer ${await badTokens.expired(platform)}` },
      ),
  },
  {
    title: 'a token whose time is over',
    status: 401,
    code: 'TOKEN_EXPIRED',
    request: async (platform) =>
      asks('{ me { id } }', {}, { authorization: `Bearer ${await badTokens.expired(platform)}` }),
  },
  {
    title: 'a token signed with another secret',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: async () => asks('{ me { id } }', {}, { authorization: `Bearer ${await badTokens.otherSecret()}` }),
  },
  {
    title: 'a token that nobody signed',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: () => asks('{ me { id } }', {}, { authorization: `Bearer ${badTokens.unsigned()}` }),
  },
  {
    title: 'a token that was made for subgraphs',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: async (platform) =>
      asks('{ me { id } }', {}, { authorization: `Bearer ${await badTokens.internal(platform)}` }),
  },
  {
    title: 'a well-signed token of a sign-in that never was',
    status: 401,
    code: 'UNAUTHENTICATED',
    request: async (platform) =>
      asks('{ me { id } }', {}, { authorization: `Bearer ${await badTokens.unknownSession(platform)}` }),
  },
  {
    title: 'a well-signed token for an event stream whose time is over',
    status: 401,
    code: 'TOKEN_EXPIRED',
    request: async (platform) =>
      asks(
        'subscription { measurementAdded { value } }',
        {},
        { accept: 'text/event-stream', authorization: `Bearer ${await badTokens.expired(platform)}` },
      ),
  },
];

/** Files that are not taken. */
const unwantedFiles: readonly RefusedRequest[] = [
  {
    title: 'a file from nobody',
    status: 401,
    code: 'UNAUTHENTICATED',
    isAnonymous: true,
    request: () => ({ path: '/uploads', body: fileOf('a,b') }),
  },
  {
    title: 'a file that is no form',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: () => ({ path: '/uploads', ...sends('{}') }),
  },
  {
    title: 'a form without a file',
    status: 400,
    code: 'BAD_REQUEST',
    request: () => ({ path: '/uploads', body: new FormData() }),
  },
  {
    title: 'a file for a company out of reach',
    status: 404,
    code: 'NOT_FOUND',
    request: () => ({ path: `/uploads?companyId=${site}`, body: fileOf('a,b') }),
  },
  {
    title: 'a file of more than 20 MiB',
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
    request: () => ({ path: '/uploads', body: fileOf('x'.repeat(20 * 1024 * 1024 + 1)) }),
  },
];

/** Everything that is refused as a whole: its HTTP status is the code's. */
export const refusedRequests: readonly RefusedRequest[] = [
  ...unreadable,
  ...unacceptable,
  ...unwelcome,
  ...unwantedFiles,
];

function fileOf(text: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/csv' }), 'sales.csv');
  return form;
}
