import { type Dashboard, type Role, rolePermissions } from '@cauce/shared/auth/permissions';
import { can, reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { ExpectedFailure, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';

/** What is given to a person: a role decides what they may do, companies and sites to which rows. */
export interface Access {
  readonly role: Role;
  readonly companyIds: readonly string[];
  readonly siteIds: readonly string[];
  readonly dashboards: readonly Dashboard[];
}

/** More was to be given or taken than the one who does it holds. */
export class GrantExceedsOwn extends ExpectedFailure {}

/**
 * Nobody gives more than they hold. Throws `GrantExceedsOwn` for a role or a dashboard beyond the granter's, and
 * `NotFound` for a place out of their reach: they may not learn that it exists. `ValidationFailed` for no company.
 */
export function checkGrant(granter: Viewer, { role, companyIds, siteIds, dashboards }: Access): void {
  const hasRole = rolePermissions[role].every((permission) => can(granter, permission));
  // An ADMIN reaches every company, so only who reaches them all may make one.
  const coversAll = granter.companyIds === 'all' && granter.siteIds === 'all';
  if (!hasRole || (role === 'ADMIN' && !coversAll)) {
    throw new GrantExceedsOwn('ROLE', `The role ${role} may do more than you may`);
  }
  if (!companyIds.every((id) => reaches(granter.companyIds, id))) throw new NotFound('Company');
  if (!siteIds.every((id) => reaches(granter.siteIds, id))) throw new NotFound('Site');
  if (!dashboards.every((dashboard) => granter.dashboards.includes(dashboard))) {
    throw new GrantExceedsOwn('DASHBOARD', 'You do not have one of the dashboards');
  }
  // Whoever is in no company is seen by those only who see everybody: the granter would lose sight of them.
  if (companyIds.length === 0 && !coversAll) {
    throw new ValidationFailed([{ path: 'companyIds', code: 'TOO_SMALL', message: 'must name at least one company' }]);
  }
}

/** Nobody changes the access of a person who holds more than they do: they could not give it back. */
export function checkSubject(granter: Viewer, current: Access): void {
  try {
    checkGrant(granter, current);
  } catch (failure) {
    if (!(failure instanceof ExpectedFailure)) throw failure;
    throw new GrantExceedsOwn('SUBJECT', 'The person holds more than you do');
  }
}
