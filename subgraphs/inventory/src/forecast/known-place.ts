import type { Viewer } from '@cauce/shared/auth/viewer';
import { NotFound } from '@cauce/shared/errors/outcomes';
import type { Pool } from 'pg';
import type { Product } from '../products/product.ts';
import { reachedIds } from '../reach-sql.ts';
import type { DemandPlace } from './history.store.ts';

export interface KnownPlaceDeps {
  readonly pool: Pool;
  readonly viewer: Viewer;
  product(id: string): Promise<Product | null>;
}

/**
 * A product at a site of its company, as one viewer may know them.
 * @throws NotFound of what is not within reach, and of a site where the company neither keeps nor sells anything
 */
export async function knownPlace(
  { pool, viewer, product }: KnownPlaceDeps,
  productId: string,
  wantedSite: string,
): Promise<{ readonly place: DemandPlace; readonly companyId: string }> {
  const [siteId] = reachedIds(viewer.siteIds, [wantedSite]);
  const found = await product(productId);
  if (found === null || found.companyId === null) throw new NotFound('Product');
  const { id, companyId } = found;
  if (siteId === undefined || !(await sellsAt(pool, companyId, siteId))) throw new NotFound('Site');
  return { place: { productId: id, siteId }, companyId };
}

/** Whether a company keeps or sells anything at a site: a site of another one is as good as none. */
async function sellsAt(pool: Pool, companyId: string, siteId: string): Promise<boolean> {
  const { rows } = await pool.query<{ isOurs: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM inventory.warehouses WHERE site_id = $2 AND company_id = $1)
       OR EXISTS (SELECT 1 FROM inventory.erp_ventas WHERE site_id = $2 AND company_id = $1) AS "isOurs"`,
    [companyId, siteId],
  );
  return rows[0]?.isOurs === true;
}
