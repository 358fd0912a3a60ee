import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ListCursor } from '../list-cursor.ts';
import { anyOf, siteReachSql } from '../reach-sql.ts';
import type { Sale, SaleFilter, SaleLine, SalesPoint, SalesSeries } from './sale.ts';

/** Reads sale documents as far as one viewer reaches. */
export interface SalesStore {
  /** Newest first. */
  page(filter: SaleFilter, cursor: ListCursor): Promise<Sale[]>;
  count(filter: SaleFilter): Promise<number>;
  linesOf(saleIds: readonly string[]): Promise<SaleLine[]>;
  /** The days or weeks of each product on which anything was sold or brought back, in order. */
  series(series: SalesSeries, productIds: readonly string[]): Promise<Map<string, SalesPoint[]>>;
}

export function createSalesStore(client: PrismaClient, viewer: Viewer): SalesStore {
  return {
    page: (filter, { limit, after }) => {
      const continues =
        after === null ? Prisma.empty : Prisma.sql`AND (s.fecha, s.id) < (${after.value}::date, ${after.id}::uuid)`;
      return client.$queryRaw<Sale[]>`
        SELECT ${saleColumns} FROM inventory.erp_ventas s WHERE ${whereSql(filter, viewer)} ${continues}
        ORDER BY s.fecha DESC, s.id DESC LIMIT ${limit + 1}`;
    },
    async count(filter) {
      const [row] = await client.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM inventory.erp_ventas s WHERE ${whereSql(filter, viewer)}`;
      return row?.count ?? 0;
    },
    linesOf: (saleIds) =>
      client.$queryRaw<SaleLine[]>`
        SELECT d.id, d.venta_id AS "saleId", d.posicion AS position, d.producto_id AS "productId", d.codigo AS sku,
          d.descripcion AS description, trim_scale(d.cantidad)::text AS quantity,
          trim_scale(d.precio_unitario)::text AS "unitPrice", trim_scale(d.descuento_pct)::text AS "discountPct",
          trim_scale(d.total_neto)::text AS "netTotal"
        FROM inventory.erp_ventas_detalle d
        WHERE ${anyOf(Prisma.sql`d.venta_id`, saleIds)} AND ${siteReachSql(viewer, 'd')} ORDER BY d.venta_id, d.posicion`,
    async series({ range, grain, siteIds }, productIds) {
      const atSites = siteIds === null ? Prisma.sql`TRUE` : anyOf(Prisma.sql`d.site_id`, siteIds);
      const day = grain === 'DAY' ? Prisma.sql`d.fecha` : Prisma.sql`date_trunc('week', d.fecha)::date`;
      const rows = await client.$queryRaw<(SalesPoint & { productId: string })[]>`
        SELECT d.producto_id AS "productId", to_char(${day}, 'YYYY-MM-DD') AS date,
          trim_scale(sum(d.cantidad))::text AS quantity, trim_scale(coalesce(sum(d.total_neto), 0))::text AS "netTotal"
        FROM inventory.erp_ventas_detalle d
        WHERE ${anyOf(Prisma.sql`d.producto_id`, productIds)}
          AND d.fecha BETWEEN ${range.from}::date AND ${range.to}::date
          AND NOT d.is_cancelled AND ${siteReachSql(viewer, 'd')} AND ${atSites}
        GROUP BY 1, 2 ORDER BY 1, 2`;
      return Map.groupBy(rows, ({ productId }) => productId);
    },
  };
}

const saleColumns = Prisma.sql`s.id, s.folio, s.document_type::text AS "documentType",
  to_char(s.fecha, 'YYYY-MM-DD') AS "soldOn", s.sold_at AS "soldAt", s.cliente_id AS "customerId",
  s.cliente_nombre AS "customerName", trim_scale(s.subtotal)::text AS subtotal, trim_scale(s.iva)::text AS tax,
  trim_scale(s.total)::text AS total, s.currency::text AS currency, s.is_cancelled AS "isCancelled",
  s.documento_origen AS origin,
  s.site_id AS "siteId", s.company_id AS "companyId"`;

function whereSql(filter: SaleFilter, viewer: Viewer): Prisma.Sql {
  const { range, siteIds, companyIds, customerId, productId, documentTypes, cancelled } = filter;
  const all = [Prisma.sql`s.deleted_at IS NULL`, siteReachSql(viewer, 's')];
  if (range) all.push(Prisma.sql`s.fecha BETWEEN ${range.from}::date AND ${range.to}::date`);
  if (siteIds) all.push(anyOf(Prisma.sql`s.site_id`, siteIds));
  if (companyIds) all.push(anyOf(Prisma.sql`s.company_id`, companyIds));
  if (typeof customerId === 'string') all.push(anyOf(Prisma.sql`s.cliente_id`, [customerId]));
  if (documentTypes) all.push(Prisma.sql`s.document_type::text = ANY(${[...documentTypes]}::text[])`);
  if (typeof cancelled === 'boolean') all.push(Prisma.sql`s.is_cancelled = ${cancelled}`);
  if (typeof productId === 'string') {
    const ofProduct = anyOf(Prisma.sql`d.producto_id`, [productId]);
    all.push(
      Prisma.sql`EXISTS (SELECT 1 FROM inventory.erp_ventas_detalle d WHERE d.venta_id = s.id AND ${ofProduct})`,
    );
  }
  return Prisma.join(all, ' AND ');
}
