import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { afterAll, describe, expect, it } from 'vitest';
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

const folder = mkdtempSync(join(tmpdir(), 'cauce-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'key-1.json'), manifestOf(partners));
writeFileSync(join(folder, 'key-3.json'), '{"no":"manifest"}');

const person: Viewer = { ...anonymousViewer, kind: 'user', id: 'u1', userId: 'u1' };
const key = (id: string): Viewer => ({ ...anonymousViewer, kind: 'apiKey', id });
const byHash = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: documentHash(text) } } });

function createDoor(policy: DocumentPolicy = 'open') {
  const unreadable: string[] = [];
  const trusted = createTrustedDocuments({
    web: parseManifest(manifestOf(ours)),
    partnersFolder: folder,
    reportUnreadable: (file) => unreadable.push(file),
  });
  const persisted = createPersistedQueries({ maxDocuments: 3, maxCharacters: 1_000 });
  const ask = async (params: Parameters<typeof resolveDocument>[0], viewer: Viewer = person) => {
    const { text, remember } = await resolveDocument(params, viewer, { policy, trusted, persisted });
    remember?.();
    return text;
  };
  return { ask, persisted, unreadable };
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
  it('of the web app is everybody’s, one of a partner its key’s alone', async () => {
    const { ask, unreadable } = createDoor();
    expect(await ask(byHash(ours), anonymousViewer)).toBe(ours);
    expect(await ask(byHash(partners), key('key-1'))).toBe(partners);
    for (const viewer of [key('key-2'), key('key-3'), key('../key-1'), person, anonymousViewer]) {
      await expect(ask(byHash(partners), viewer)).rejects.toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
    }
    expect(unreadable).toEqual([join(folder, 'key-3.json')]);
  });

  it('is the only thing that is answered where nothing else is allowed, by hash or by text', async () => {
    const { ask, persisted } = createDoor('only');
    expect(await ask(byHash(ours))).toBe(ours);
    expect(await ask({ query: ours })).toBe(ours);
    expect(await ask({ query: partners }, key('key-1'))).toBe(partners);
    for (const params of [{ query: other }, byHash(other), { query: other, ...byHash(ours) }, { query: `${ours} ` }]) {
      await expect(ask(params)).rejects.toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
    }
    await expect(ask({ query: partners }, key('key-2'))).rejects.toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
    expect(persisted.size).toBe(0);
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
