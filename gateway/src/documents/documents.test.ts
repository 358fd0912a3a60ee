import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { describe, expect, it } from 'vitest';
import { documentHash } from './document-hash.ts';
import { parseManifest } from './manifest.ts';
import { operationNamesOf } from './operation-names-of.ts';
import { createPersistedQueries } from './persisted-queries.ts';
import { type DocumentPolicy, resolveDocument } from './resolve-document.ts';
import { createTrustedDocuments } from './trusted-documents.ts';

const ours = '{ me { id } }';
const partners = '{ sites { totalCount } }';
const other = '{ me { name } }';
const manifestOf = (...texts: string[]) =>
  JSON.stringify(Object.fromEntries(texts.map((text) => [documentHash(text), text])));

const person: Viewer = { ...anonymousViewer, kind: 'user', id: 'u1', userId: 'u1' };
const key = (id: string): Viewer => ({ ...anonymousViewer, kind: 'apiKey', id });
const held = (id: string): Viewer => ({ ...key(id), registeredOnly: true });
const refusalOf = (asked: Promise<string>) => asked.then(String, ({ code, message }) => `${code}: ${message}`);
const byId = (text: string) => ({ documentId: `sha256:${documentHash(text)}` });
const byHash = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: documentHash(text) } } });

function createDoor(policy: DocumentPolicy = 'open') {
  const trusted = createTrustedDocuments({
    web: parseManifest(manifestOf(ours)),
    ofKey: async (keyId) => (keyId === 'key-1' ? parseManifest(manifestOf(partners)) : new Map()),
  });
  const persisted = createPersistedQueries({ maxDocuments: 3, maxCharacters: 1_000 });
  const ask = async (params: Parameters<typeof resolveDocument>[0], viewer: Viewer = person) => {
    const { text, remember } = await resolveDocument(params, viewer, { policy, trusted, persisted });
    remember?.();
    return text;
  };
  return { ask, persisted };
}

describe('an automatic persisted query', () => {
  it('is known by its hash once it was sent with its text', async () => {
    const { ask } = createDoor();
    await expect(ask(byHash(other))).rejects.toMatchObject({
      code: 'PERSISTED_QUERY_NOT_FOUND',
      message: 'PersistedQueryNotFound',
    });
    expect(await ask({ query: other, ...byHash(other) })).toBe(other);
    expect(await ask(byHash(other))).toBe(other);
    // Over graphql-ws, which knows no request without a query.
    expect(await ask({ query: '', ...byHash(other) })).toBe(other);
  });

  it('cannot be registered under the hash of another', async () => {
    const { ask } = createDoor();
    await expect(ask({ query: other, ...byHash(ours) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await ask(byHash(ours))).toBe(ours);
  });

  it('is not kept for nobody in particular, and the least used makes room', async () => {
    const { ask, persisted } = createDoor();
    await ask({ query: other, ...byHash(other) }, anonymousViewer);
    expect(persisted.size).toBe(0);
    for (const name of 'abcd') await ask({ query: `{ ${name} }`, ...byHash(`{ ${name} }`) });
    expect(persisted.size).toBe(3);
    await expect(ask(byHash('{ a }'))).rejects.toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  it.each([
    [{ version: 2, sha256Hash: documentHash(ours) }, 'PERSISTED_QUERY_NOT_SUPPORTED'],
    [{ version: 1, sha256Hash: 'ab' }, 'BAD_REQUEST'],
    [{ version: 1, sha256Hash: ['a'] }, 'BAD_REQUEST'],
    ['text', 'PERSISTED_QUERY_NOT_SUPPORTED'],
  ])('is refused when it is not as the protocol has it: %j', async (persistedQuery, code) => {
    await expect(createDoor().ask({ extensions: { persistedQuery } })).rejects.toMatchObject({ code });
  });
});

describe('a trusted document', () => {
  it('of the web app is everybody’s who is a person, one of a partner its key’s alone', async () => {
    const { ask } = createDoor();
    for (const viewer of [person, anonymousViewer]) expect(await ask(byHash(ours), viewer)).toBe(ours);
    expect(await ask(byHash(partners), key('key-1'))).toBe(partners);
    expect(await ask(byId(partners), key('key-1'))).toBe(partners);
    const refusals = [key('key-2'), person, anonymousViewer].flatMap((viewer) =>
      [partners, 'a text that nobody registered'].map((text) => refusalOf(ask(byHash(text), viewer))),
    );
    // Equal to the letter: nobody learns what others have registered.
    expect(new Set(await Promise.all(refusals)).size).toBe(1);
  });

  it.each([
    ['the gateway', createDoor('only'), key('key-1'), key('key-2')],
    ['the key', createDoor(), held('key-1'), held('key-2')],
  ])(
    'is the only thing that is answered where %s allows nothing else, by hash or by text',
    async (_who, door, one, two) => {
      const { ask, persisted } = door;
      expect(await ask({ query: partners }, one)).toBe(partners);
      expect(await ask(byHash(partners), one)).toBe(partners);
      const refused = [
        { query: other },
        byHash(other),
        { query: other, ...byHash(partners) },
        { query: `${partners} ` },
      ];
      const texts = [...refused.map((params) => ask(params, one)), ask(byHash(ours), one), ask({ query: ours }, one)];
      const ofOthers = [ask(byHash(partners), two), ask({ query: partners }, two), ask(byId(partners), two)];
      const refusals = await Promise.all([...texts, ...ofOthers].map(refusalOf));
      expect(new Set(refusals).size).toBe(1);
      expect(refusals[0]).toContain('DOCUMENT_NOT_TRUSTED');
      expect(persisted.size).toBe(0);
    },
  );

  it('of the web app is answered where nothing else is allowed', async () => {
    const { ask } = createDoor('only');
    expect(await ask(byHash(ours))).toBe(ours);
    expect(await ask({ query: ours })).toBe(ours);
    await expect(ask({ query: other })).rejects.toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
  });

  it('of a key does not become everybody’s by being sent with its text', async () => {
    const { ask, persisted } = createDoor();
    expect(await ask({ query: partners, ...byHash(partners) }, key('key-1'))).toBe(partners);
    expect(persisted.size).toBe(0);
    await expect(ask(byHash(partners), key('key-2'))).rejects.toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });

  it.each([
    [{ documentId: 'sha256:ab' }],
    [{ documentId: `md5:${documentHash(ours)}` }],
    [{ documentId: `sha256:${documentHash(ours)}`, query: ours }],
  ])('is not found by an id that is none: %j', async (params) => {
    await expect(createDoor().ask(params)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('gives its operation a name that is known', () => {
    const manifest = parseManifest(manifestOf('query Ours { me { id } }', 'fragment F on User { id } { me { ...F } }'));
    expect(operationNamesOf(manifest)).toEqual(new Set(['Ours']));
  });

  it('whose text is not what was registered makes the manifest unusable', () => {
    expect(() => parseManifest(JSON.stringify({ [documentHash(ours)]: other }))).toThrow('changed');
    expect(() => parseManifest('{"x":"{ me }"}')).toThrow();
  });
});
