import { dashboards, permissions, rolePermissions, roles } from '@cauce/shared/auth/permissions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyRights, OwnerRights } from './viewer.store.ts';
import { viewerOf } from './viewer-rights.ts';

const places = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
const owners = fc.record<OwnerRights>({
  id: fc.uuid(),
  role: fc.constantFrom(...roles),
  locale: fc.constantFrom('es', 'en'),
  version: fc.nat(),
  mustChangePassword: fc.boolean(),
  companyIds: places,
  siteIds: places,
  dashboards: fc.subarray([...dashboards]),
});
const keys = fc.record<KeyRights>({
  id: fc.uuid(),
  scopes: fc.subarray([...permissions, 'everything:write']),
  companyIds: places,
  siteIds: places,
  registeredOnly: fc.boolean(),
  quota: fc.record({
    unitsPerMinute: fc.nat(),
    unitsPerDay: fc.nat(),
    day: fc.constant('2026-11-20'),
    spentThatDay: fc.nat(),
  }),
});
const expiresAt = new Date('2026-12-20T12:00:00Z');

describe('viewerOf', () => {
  it('gives an ADMIN everything and everybody else their own', () => {
    fc.assert(
      fc.property(owners, (owner) => {
        const user = { ...owner, mustChangePassword: false };
        const viewer = viewerOf({ user, key: null, expiresAt });
        expect(viewer).toMatchObject({ kind: 'user', id: user.id, userId: user.id, role: user.role });
        expect(viewer.expiresAtMs).toBe(expiresAt.getTime());
        expect(viewer.permissions).toEqual(rolePermissions[user.role]);
        expect(viewer.companyIds).toEqual(user.role === 'ADMIN' ? 'all' : user.companyIds);
        expect(viewer.siteIds).toEqual(user.role === 'ADMIN' ? 'all' : user.siteIds);
      }),
    );
  });

  it('never lets a key hold more than its list, nor more than its owner holds now', () => {
    fc.assert(
      fc.property(owners, keys, (user, key) => {
        const viewer = viewerOf({ user, key, expiresAt: null });
        const owner = viewerOf({ user, key: null, expiresAt: null });
        expect(viewer).toMatchObject({ kind: 'apiKey', id: key.id, userId: user.id, role: null, quota: key.quota });
        expect(owner.quota).toBeUndefined();
        for (const permission of viewer.permissions) {
          expect(key.scopes).toContain(permission);
          expect(owner.permissions).toContain(permission);
        }
        for (const reach of ['companyIds', 'siteIds'] as const) {
          expect(viewer[reach]).not.toBe('all');
          for (const id of viewer[reach]) {
            expect(key[reach]).toContain(id);
            if (owner[reach] !== 'all') expect(owner[reach]).toContain(id);
          }
        }
      }),
    );
  });

  it('gives nothing at all to who has not changed the password that somebody else chose', () => {
    fc.assert(
      fc.property(owners, fc.option(keys), (owner, key) => {
        const viewer = viewerOf({ user: { ...owner, mustChangePassword: true }, key, expiresAt });
        expect(viewer).toMatchObject({ permissions: [], companyIds: [], siteIds: [], dashboards: [] });
      }),
    );
  });
});
