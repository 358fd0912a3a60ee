import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { Access } from './granting.ts';
import { findPlaces } from './user-access.store.ts';

/**
 * A site can only be given with its company: the grant of a site counts inside a granted company. Throws `NotFound`
 * for a place that does not exist and `ValidationFailed` for a site without its company.
 */
export async function checkPlaces(
  tx: DatabaseTransaction,
  given: Pick<Access, 'companyIds' | 'siteIds'>,
): Promise<void> {
  const { companies, sites } = await findPlaces(tx, given);
  if (companies.length < new Set(given.companyIds).size) throw new NotFound('Company');
  if (sites.length < new Set(given.siteIds).size) throw new NotFound('Site');
  const stray = sites.filter(({ companyId }) => !given.companyIds.includes(companyId));
  if (stray.length > 0) {
    throw new ValidationFailed(
      stray.map(({ id }) => ({
        path: `siteIds.${given.siteIds.indexOf(id)}`,
        code: 'OUTSIDE_COMPANIES',
        message: 'belongs to a company that is not given',
      })),
    );
  }
}
