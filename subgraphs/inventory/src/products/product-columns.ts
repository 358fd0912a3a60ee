import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { companyReachSql } from '../reach-sql.ts';

/** The columns of a `Product`, over the alias `p`. */
export const productColumns = Prisma.sql`p.id, p.codigo AS sku, p.nombre AS name, p.descripcion AS description,
  p.categoria AS category, p.unidad_medida AS unit, p.codigo_barras AS barcode, trim_scale(p.precio)::text AS price,
  trim_scale(p.costo)::text AS cost, p.activo AS "isActive", p.erp_id AS "erpId", p.company_id AS "companyId",
  p.installation_id AS "installationId", p.price_hash IS NOT NULL AS "isErpPriced", p.flags,
  p.last_synced_at AS "lastSyncedAt", p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

/** The products that a viewer may see at all, over the alias `p`. */
export function visibleProducts(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`p.deleted_at IS NULL AND ${companyReachSql(viewer, 'p')}`;
}
