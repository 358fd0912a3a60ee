import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { openSession, openSocket } from '../platform/raw-socket.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { endHolds, type Snapshot, takeSnapshot } from '../platform/snapshot.ts';
import { badTokens } from './bad-tokens.ts';

const platform = joinPlatform();
let client: GraphClient;
let before: Snapshot;

beforeAll(async () => {
  client = await signIn(platform, 'quillay');
  await endHolds(platform.pool);
  before = await takeSnapshot(platform.pool);
});

const live = 'subscription { measurementAdded { value } }';

describe('a live connection', () => {
  it('is ended when it does not say who it is in time', async () => {
    const socket = await openSocket(platform);
    expect(await socket.closed).toMatchObject({ code: 4408 });
  });

  it.each([
    ['text that is no JSON', 'hello'],
    ['JSON that is no message', '[1,2,3]'],
    ['a message of no known type', { type: 'drop_tables' }],
    ['a subscription without an operation', { id: '1', type: 'subscribe' }],
    ['a subscription without an id', { type: 'subscribe', payload: { query: live } }],
  ])('is ended by %s', async (_title, message) => {
    const socket = await openSession(platform, client.accessToken);
    socket.send(message);
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  it('is ended by a message of more than 256 KB', async () => {
    const socket = await openSession(platform, client.accessToken);
    socket.send({ id: '1', type: 'subscribe', payload: { query: `${live} #${'x'.repeat(300 * 1024)}` } });
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  it('is ended when it asks before it is let in', async () => {
    const socket = await openSocket(platform);
    socket.send({ id: '1', type: 'subscribe', payload: { query: live } });
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });

  it('is ended when it gives two operations one id', async () => {
    const socket = await openSession(platform, client.accessToken);
    for (let index = 0; index < 2; index += 1) socket.send({ id: '1', type: 'subscribe', payload: { query: live } });
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  it('is ended when it says twice who it is', async () => {
    const socket = await openSession(platform, client.accessToken);
    socket.send({ type: 'connection_init', payload: { accessToken: client.accessToken } });
    expect(await socket.closed).toMatchObject({ code: 4429 });
  });

  it.each([
    ['no credential', 4401, async () => ({})],
    ['a token that is none', 4401, async () => ({ accessToken: 'garbage' })],
    ['a credential that is no text', 4401, async () => ({ accessToken: { admin: true } })],
    ['an API key that is none', 4401, async () => ({ apiKey: 'cauce_nobody' })],
    ['a token signed with another secret', 4401, async () => ({ accessToken: await badTokens.otherSecret() })],
    [
      'a token of a sign-in that never was',
      4401,
      async () => ({ accessToken: await badTokens.unknownSession(platform) }),
    ],
    ['a token whose time is over', 4440, async () => ({ accessToken: await badTokens.expired(platform) })],
  ])('is ended when it shows %s', async (_title, code, payload) => {
    const socket = await openSocket(platform);
    socket.send({ type: 'connection_init', payload: await payload() });
    expect(await socket.closed).toMatchObject({ code });
  });

  it('is not opened for a page of another origin, at another address or for another protocol', async () => {
    await expect(openSocket(platform, { origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(openSocket(platform, { origin: 'null' })).rejects.toThrow('403');
    await expect(openSocket(platform, { path: '/elsewhere' })).rejects.toThrow('404');
    const own = await openSocket(platform, { origin: platform.webOrigin });
    own.close();
    await expect(openSocket(platform, { protocol: 'graphql-ws' })).rejects.toThrow();
  });
});

describe('an operation over a live connection', () => {
  it.each([
    ['not GraphQL', 'GRAPHQL_PARSE_FAILED', 'subscription {'],
    ['a field that is not there', 'GRAPHQL_VALIDATION_FAILED', 'subscription { everythingAdded { id } }'],
    ['too many tokens', 'TOO_MANY_TOKENS', `{ ${'__typename '.repeat(4_001)} }`],
    [
      'too many aliases',
      'TOO_MANY_ALIASES',
      `{ ${Array.from({ length: 41 }, (_, index) => `a${index}: me { id }`).join(' ')} }`,
    ],
    [
      'too costly',
      'OPERATION_TOO_COSTLY',
      '{ sites(first: 200) { edges { node { stock(first: 200) { edges { node { id } } } } } } }',
    ],
    [
      'a variable that is missing',
      'BAD_USER_INPUT',
      'subscription($id: ID!) { clinicStatsChanged(clinicId: $id) { day } }',
    ],
    ['a permission that is not held', 'FORBIDDEN', 'subscription { auditEntryAdded { id } }'],
  ])('is refused with the same code as over HTTP, and the connection goes on: %s', async (_title, code, query) => {
    const socket = await openSession(platform, client.accessToken);
    socket.send({ id: '1', type: 'subscribe', payload: { query } });
    const answer = await socket.next();
    const text = JSON.stringify(answer);
    expect(text).toContain(`"code":"${code}"`);
    expect(text).toMatch(/"requestId":"[\w.:-]{8,}"/);
    socket.send({ id: '2', type: 'subscribe', payload: { query: '{ me { name } }' } });
    let next = await socket.next();
    while (next.id !== '2') next = await socket.next();
    expect(next).toMatchObject({ type: 'next', payload: { data: { me: { name: 'Fernanda Bascuñán Ortiz' } } } });
    socket.close();
  });

  it('is refused beyond a hundred at once on one connection', async () => {
    const socket = await openSession(platform, client.accessToken);
    for (let index = 0; index < 101; index += 1) {
      socket.send({ id: String(index), type: 'subscribe', payload: { query: live } });
    }
    const answer = await socket.next();
    expect(answer).toMatchObject({ id: '100', type: 'error' });
    expect(JSON.stringify(answer)).toContain('RATE_LIMITED');
    // One that ends makes room for another; one that was refused takes none.
    socket.send({ id: '0', type: 'complete' });
    await settled();
    socket.send({ id: 'again', type: 'subscribe', payload: { query: '{ me { name } }' } });
    expect(await socket.next()).toMatchObject({ id: 'again', type: 'next' });
    socket.close();
  });
});

it('leaves no trace of any of it: no row, no audit entry', async () => {
  expect(await takeSnapshot(platform.pool)).toEqual(before);
});

/** Time for the server to end what it was told to end. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
