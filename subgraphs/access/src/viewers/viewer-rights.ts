import { dashboards, type Permission, permissions, rolePermissions } from '@cauce/shared/auth/permissions';
import type { Reach, Viewer } from '@cauce/shared/auth/viewer';
import type { OwnerRights, StandingCredential } from './viewer.store.ts';

/**
 * The viewer behind a credential. An ADMIN reaches everything; everybody else their companies and, inside those, their
 * sites. An API key never holds more than its owner holds at this moment, and never 'all': it reaches what it lists.
 */
export function viewerOf({ user, key, expiresAt }: StandingCredential): Viewer {
  const owner = ownRights(user);
  const common = { userId: user.id, locale: user.locale, expiresAtMs: expiresAt === null ? null : expiresAt.getTime() };
  if (key === null) return { kind: 'user', id: user.id, role: user.role, ...owner, ...common };
  return {
    kind: 'apiKey',
    id: key.id,
    // A role says more than the key may do; only its permissions count.
    role: null,
    permissions: owner.permissions.filter((permission) => key.scopes.includes(permission)),
    companyIds: within(key.companyIds, owner.companyIds),
    siteIds: within(key.siteIds, owner.siteIds),
    dashboards: owner.dashboards,
    quota: key.quota,
    registeredOnly: key.registeredOnly,
    ...common,
  };
}

type Rights = Pick<Viewer, 'permissions' | 'companyIds' | 'siteIds' | 'dashboards'>;

function ownRights(user: OwnerRights): Rights {
  // Somebody else knows this password: until it is changed, it opens nothing but the form that changes it.
  if (user.mustChangePassword) return { permissions: [], companyIds: [], siteIds: [], dashboards: [] };
  if (user.role === 'ADMIN') return { permissions, companyIds: 'all', siteIds: 'all', dashboards };
  return {
    permissions: rolePermissions[user.role] satisfies readonly Permission[],
    companyIds: user.companyIds,
    siteIds: user.siteIds,
    dashboards: user.dashboards,
  };
}

function within(ids: readonly string[], reach: Reach): readonly string[] {
  return reach === 'all' ? ids : ids.filter((id) => reach.includes(id));
}
