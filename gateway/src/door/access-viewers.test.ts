import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { describe, expect, it } from 'vitest';
import type { SubgraphAnswer } from '../transports/transport.ts';
import { createAccessViewers } from './access-viewers.ts';

const person: Viewer = { ...anonymousViewer, kind: 'user', id: 'u1', userId: 'u1', role: 'MANAGER', siteIds: ['s1'] };
const quota = { unitsPerMinute: 100, unitsPerDay: 1_000, day: '2026-11-20', spentThatDay: 7 };
const claims = { userId: 'u1', familyId: 'f1', version: 1, expiresAtMs: 1 };

const answering = (answer: SubgraphAnswer) =>
  createAccessViewers({
    execute: () => answer,
    subscribe: () => Promise.reject(new Error('Nobody subscribes')),
  });

describe('a viewer from the access subgraph', () => {
  it('is taken as it comes, with the quota of a key', async () => {
    expect(await answering({ data: { authenticate: person } }).bySession(claims)).toEqual(person);
    const key: Viewer = { ...person, kind: 'apiKey', quota };
    expect(await answering({ data: { authenticate: key } }).bySession(claims)).toEqual(key);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an object that is none', {}],
    ['permissions that are none', { ...person, permissions: { no: 1 } }],
    ['a permission nobody has heard of', { ...person, permissions: ['everything'] }],
    ['a reach that is none', { ...person, siteIds: 'everywhere' }],
    ['a quota that is none', { ...person, quota: { ...quota, unitsPerDay: null } }],
  ])('is refused, and not remembered, when it is %s', async (_what, authenticate) => {
    await expect(answering({ data: { authenticate } }).bySession(claims)).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
  });

  it('is refused with the words and the code that access gave', async () => {
    const errors = [{ message: 'The session has ended', extensions: { code: 'UNAUTHENTICATED' } }];
    await expect(answering({ data: null, errors }).bySession(claims)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The session has ended',
    });
  });
});
