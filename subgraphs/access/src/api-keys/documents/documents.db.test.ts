import { createHash } from 'node:crypto';
import { systemViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../../test/access-world.ts';
import { documentLimits } from './read-document.ts';

const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await accessWorld({ clock });
const { answer, db, errorCode } = world;
const company = await world.makeCompany();
const owner = await world.makeUser({ role: 'MANAGER', companies: [company] });
const viewer = world.viewerFor(owner, { companies: [company] });
const stranger = world.viewerFor(await world.makeUser({ companies: [company] }), { companies: [company] });
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const textOf = (name: string) => `query ${name} { me { id } }`;

let made = 0;
const makeKey = async (given: object = {}) => {
  made += 1;
  const key = { userId: owner.id, name: 'Tablero', prefix: `prefix${made}`, hash: `hash${made}`, scopes: [] };
  return (await db.client.apiKey.create({ data: { ...key, companyIds: [company.id], ...given } })).id;
};

interface Answered {
  readonly __typename: string;
  readonly reason?: string;
  readonly fields?: readonly { readonly path: string; readonly code: string }[];
  readonly registeredOnly?: boolean;
  readonly documents?: readonly {
    readonly hash: string;
    readonly operations: readonly string[];
    readonly text: string;
  }[];
}
const mutate = async (mutation: string, input: object, by: Viewer = viewer): Promise<Answered> => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const failures = mutation.startsWith('set') ? '' : '... on ValidationFailed { fields { path code } }';
  const query = `mutation ($input: ${type}) { done: ${mutation}(input: $input) { __typename
    ... on ApiKey { registeredOnly documents { hash operations text } } ... on Failure { reason } ${failures} } }`;
  return (await answer<{ done: Answered }>(query, { input }, { viewer: by })).done;
};
const register = (keyId: string, documents: readonly string[], by?: Viewer) =>
  mutate('registerApiKeyDocuments', { keyId, documents }, by);
const remove = (keyId: string, hashes: readonly string[]) => mutate('removeApiKeyDocuments', { keyId, hashes });
const manifest = async (keyId: string) => {
  const query = `query ($input: ApiKeyManifestInput!) { apiKeyManifest(input: $input) }`;
  const by = { viewer: systemViewer('gateway') };
  return (await answer<{ apiKeyManifest: object }>(query, { input: { keyId } }, by)).apiKeyManifest;
};
const announced = async (topic: string) =>
  (await db.client.outboxEvent.findMany({ where: { topic }, orderBy: { id: 'asc' } })).map(({ payload }) => payload);
const audited = (keyId: string) =>
  db.client.auditEntry.findMany({ where: { entityId: keyId }, orderBy: { id: 'asc' } });

describe('the documents of a key', () => {
  it('are what was registered, listed for its owner and read by the gateway by their hash', async () => {
    const key = await makeKey();
    const [a, b] = [textOf('A'), 'query B { ...F } query C { me { id } } fragment F on Query { me { id } }'];
    const registered = await register(key, [b, a, a]);
    expect(registered.documents).toEqual([
      { hash: hashOf(a), operations: ['A'], text: a },
      { hash: hashOf(b), operations: ['B', 'C'], text: b },
    ]);
    expect(await manifest(key)).toEqual({ [hashOf(a)]: a, [hashOf(b)]: b });
    expect(await manifest(await makeKey())).toEqual({});
    expect((await remove(key, [hashOf(a), hashOf('unknown')])).documents).toHaveLength(1);
    expect(await manifest(key)).toEqual({ [hashOf(b)]: b });
  });

  it('are announced and written down in the log, once for each change that is one', async () => {
    const key = await makeKey();
    const before = (await announced('access.apiKeyDocumentsChanged')).length;
    await register(key, [textOf('A')]);
    await register(key, [textOf('A')]);
    await remove(key, [hashOf('unknown')]);
    await remove(key, [hashOf(textOf('A'))]);
    expect((await announced('access.apiKeyDocumentsChanged')).slice(before)).toEqual([{ keyId: key }, { keyId: key }]);
    // What runs of a document that was taken away has to end.
    expect((await announced('access.viewerChanged')).at(-1)).toMatchObject({ userId: owner.id, keyId: key });
    expect((await audited(key)).map(({ action }) => action)).toEqual([
      'access.registerApiKeyDocuments',
      'access.removeApiKeyDocuments',
    ]);
  });

  it('are refused field by field when they are none', async () => {
    const key = await makeKey();
    const bad = ['{ me { id } }', 'fragment F on User { id }', 'type A { b: Int }', 'query {', ''];
    expect(await register(key, [textOf('A'), ...bad.slice(0, 4)])).toMatchObject({
      __typename: 'ValidationFailed',
      fields: [1, 2, 3, 4].map((at) => ({ path: `documents.${at}`, code: 'NO_DOCUMENT' })),
    });
    for (const documents of [[''], [`# \0\n${textOf('A')}`], [textOf('A').padEnd(documentLimits.characters + 1)], []])
      expect(await register(key, documents)).toMatchObject({ __typename: 'ValidationFailed' });
    expect(await remove(key, ['x'])).toMatchObject({ __typename: 'ValidationFailed' });
    expect(await manifest(key)).toEqual({});
  });

  it('are never more than a key may have, also when many register side by side', async () => {
    const key = await makeKey();
    const batch = (name: string) => Array.from({ length: 40 }, (_, at) => textOf(`${name}${at}`));
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map((name) => register(key, batch(name))));
    expect(answers.filter(({ __typename }) => __typename === 'ApiKey')).toHaveLength(2);
    expect(answers.filter(({ reason }) => reason === 'TOO_MANY_DOCUMENTS')).toHaveLength(2);
    expect(Object.keys(await manifest(key))).toHaveLength(80);
    const large = await makeKey();
    const heavy = Array.from({ length: 26 }, (_, at) => `${textOf(`A${at}`)} #`.padEnd(documentLimits.characters, 'x'));
    expect(await register(large, heavy)).toMatchObject({ reason: 'TOO_MANY_DOCUMENTS' });
  });

  it('belong to people: no key, no stranger and nobody who asks for the platform changes or reads them', async () => {
    const key = await makeKey();
    const input = { keyId: key, documents: [textOf('A')] };
    const query = `mutation ($input: RegisterApiKeyDocumentsInput!) { registerApiKeyDocuments(input: $input) { __typename } }`;
    const asKey: Viewer = { ...viewer, kind: 'apiKey', id: key, role: null };
    expect(await errorCode(query, { input }, { viewer: asKey })).toBe('FORBIDDEN');
    expect(await errorCode(query, { input })).toBe('UNAUTHENTICATED');
    expect(await register(key, [textOf('A')], stranger)).toMatchObject({ reason: 'NOT_FOUND' });
    expect(await register(key, [textOf('A')], testAdmin())).toMatchObject({ __typename: 'ApiKey' });
    const asked = `query ($input: ApiKeyManifestInput!) { apiKeyManifest(input: $input) }`;
    for (const by of [viewer, asKey, testAdmin()])
      expect(await errorCode(asked, { input: { keyId: key } }, { viewer: by })).toBe('FORBIDDEN');
    for (const ended of [{ revokedAt: clock.now() }, { expiresAt: clock.now() }])
      expect(await register(await makeKey(ended), [textOf('A')])).toMatchObject({ reason: 'KEY_ENDED' });
  });

  it('cannot be another text than the one that was hashed, whoever writes', async () => {
    const key = await makeKey();
    const wrong = { keyId: key, hash: hashOf('other'), text: textOf('A') };
    await expect(db.client.apiKeyDocument.create({ data: wrong })).rejects.toThrow('api_key_documents_hash_check');
  });
});

describe('a key that is held to its documents', () => {
  it('is known as one at the door, and its streams end with the change', async () => {
    const key = await makeKey({ prefix: 'heldPrefix01', hash: hashOf('secret') });
    const before = (await announced('access.viewerChanged')).length;
    const set = (registeredOnly: boolean) => mutate('setApiKeyRegisteredOnly', { keyId: key, registeredOnly });
    const atDoor = async () => {
      const query = 'query ($input: AuthenticateInput!) { authenticate(input: $input) }';
      const input = { apiKey: { keyId: 'heldPrefix01', secretHash: hashOf('secret') } };
      return (await answer<{ authenticate: object }>(query, { input }, { viewer: systemViewer('gateway') }))
        .authenticate;
    };
    expect(await atDoor()).toMatchObject({ registeredOnly: false });
    expect(await set(true)).toMatchObject({ registeredOnly: true });
    expect(await set(true)).toMatchObject({ registeredOnly: true });
    expect(await atDoor()).toMatchObject({ registeredOnly: true });
    expect(await set(false)).toMatchObject({ registeredOnly: false });
    expect((await announced('access.viewerChanged')).slice(before)).toMatchObject([{ keyId: key }, { keyId: key }]);
    expect((await audited(key)).map(({ action }) => action)).toEqual(Array(2).fill('access.setApiKeyRegisteredOnly'));
  });
});
