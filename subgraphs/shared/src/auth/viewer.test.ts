import { describe, expect, it } from 'vitest';
import { testViewer } from '../test/viewers.ts';
import { rightsFingerprint, type Viewer, withoutIdentity } from './viewer.ts';

const viewer = testViewer({ userId: 'u1', companyIds: ['c1', 'c2'], siteIds: ['s1'] });

/** One change of each thing that a resolver can see; what only the door goes by is not. */
const changes: {
  readonly [Name in Exclude<keyof Viewer, 'expiresAtMs' | 'quota' | 'registeredOnly'>]: Partial<Viewer>;
} = {
  kind: { kind: 'apiKey' },
  id: { id: 'another' },
  userId: { userId: 'another' },
  role: { role: 'ANALYST' },
  permissions: { permissions: viewer.permissions.slice(1) },
  companyIds: { companyIds: 'all' },
  siteIds: { siteIds: ['s1', 's2'] },
  dashboards: { dashboards: viewer.dashboards.slice(1) },
  locale: { locale: 'en' },
};

describe('rightsFingerprint', () => {
  it.each(Object.entries(changes))('tells viewers apart by their %s', (_name, change) => {
    expect(rightsFingerprint({ ...viewer, ...change })).not.toBe(rightsFingerprint(viewer));
  });

  it('is the same for the same rights in another order, and for a later credential', () => {
    const later = {
      ...viewer,
      companyIds: ['c2', 'c1'],
      permissions: viewer.permissions.toReversed(),
      expiresAtMs: 1,
    };
    expect(rightsFingerprint(later)).toBe(rightsFingerprint(viewer));
  });

  it('cannot be made equal by an id that looks like two', () => {
    const [one, two] = [['c1,c2'], ['c1', 'c2']].map((companyIds) => rightsFingerprint({ ...viewer, companyIds }));
    expect(one).not.toBe(two);
  });
});

describe('withoutIdentity', () => {
  it('leaves the rights and nothing that says whose they are', () => {
    const other = { ...viewer, id: 'u2', userId: 'u2', expiresAtMs: 5 };
    expect(withoutIdentity(other)).toEqual(withoutIdentity(viewer));
    expect(JSON.stringify(withoutIdentity(viewer))).not.toContain('u1');
    expect(rightsFingerprint(withoutIdentity({ ...viewer, role: 'ANALYST' }))).not.toBe(
      rightsFingerprint(withoutIdentity(viewer)),
    );
  });
});
