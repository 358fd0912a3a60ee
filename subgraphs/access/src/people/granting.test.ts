import { dashboards, permissions, rolePermissions, roles } from '@cauce/shared/auth/permissions';
import { anonymousViewer, reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { ExpectedFailure } from '@cauce/shared/errors/outcomes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Access, checkGrant, checkSubject, GrantExceedsOwn } from './granting.ts';

const places = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'));
const reach = fc.oneof(fc.constant('all' as const), places);
const granters = fc
  .record({
    permissions: fc.subarray([...permissions]),
    companyIds: reach,
    siteIds: reach,
    dashboards: fc.subarray([...dashboards]),
  })
  .map((rights): Viewer => ({ ...anonymousViewer, kind: 'user', ...rights }));
const accesses = fc.record<Access>({
  role: fc.constantFrom(...roles),
  companyIds: places,
  siteIds: places,
  dashboards: fc.subarray([...dashboards]),
});
const admin: Viewer = { ...anonymousViewer, kind: 'user', permissions, companyIds: 'all', siteIds: 'all', dashboards };

function failureOf(check: () => void): ExpectedFailure | null {
  try {
    check();
    return null;
  } catch (failure) {
    if (failure instanceof ExpectedFailure) return failure;
    throw failure;
  }
}

describe('checkGrant', () => {
  it('lets through only what the granter holds', () => {
    fc.assert(
      fc.property(granters, accesses, (granter, access) => {
        if (failureOf(() => checkGrant(granter, access)) !== null) return;
        expect(granter.permissions).toEqual(expect.arrayContaining([...rolePermissions[access.role]]));
        expect(granter.dashboards).toEqual(expect.arrayContaining([...access.dashboards]));
        for (const id of access.companyIds) expect(reaches(granter.companyIds, id)).toBe(true);
        for (const id of access.siteIds) expect(reaches(granter.siteIds, id)).toBe(true);
        if (access.role === 'ADMIN') expect([granter.companyIds, granter.siteIds]).toEqual(['all', 'all']);
      }),
    );
  });

  it('lets an ADMIN give anything', () => {
    fc.assert(fc.property(accesses, (access) => failureOf(() => checkGrant(admin, access)) === null));
  });

  it('does not tell that a company exists which the granter does not reach', () => {
    const granter = { ...admin, companyIds: ['a'], siteIds: ['b'] };
    const give = (access: Partial<Access>) =>
      failureOf(() => checkGrant(granter, { role: 'VIEWER', companyIds: [], siteIds: [], dashboards: [], ...access }));
    expect(give({ companyIds: ['a'], siteIds: ['b'] })).toBeNull();
    expect(give({ companyIds: ['x'] })).toMatchObject({ reason: 'NOT_FOUND', entity: 'Company' });
    expect(give({ siteIds: ['x'] })).toMatchObject({ reason: 'NOT_FOUND', entity: 'Site' });
  });
});

describe('checkSubject', () => {
  it('protects whoever holds more than the one who wants to change them', () => {
    fc.assert(
      fc.property(granters, accesses, (granter, current) => {
        const isBeyond = failureOf(() => checkGrant(granter, current)) !== null;
        const failure = failureOf(() => checkSubject(granter, current));
        expect(failure === null).toBe(!isBeyond);
        if (failure !== null) expect(failure).toBeInstanceOf(GrantExceedsOwn);
      }),
    );
  });
});
