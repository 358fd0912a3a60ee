import { Prisma } from '@cauce/prisma/client';

/**
 * How the code in a row of a file (`s`, its `sku`) finds its product, in three pieces for a plan of any kind: the CTE
 * `zeros`, the joins, and the columns. A code that a spreadsheet took for a number has lost its leading zeros: it is the
 * one product whose code is the same without them, and ambiguous where there are several.
 */
export const zerosSql = (companyId: string) => Prisma.sql`zeros AS (
      SELECT ltrim(codigo, '0') AS bare, (array_agg(id))[1] AS id, count(*) AS many FROM inventory.erp_productos
      WHERE company_id = ${companyId}::uuid AND deleted_at IS NULL AND codigo LIKE '0%' GROUP BY 1
    )`;

export const joinProductSql = (companyId: string) => Prisma.sql`LEFT JOIN inventory.erp_productos p
        ON p.company_id = ${companyId}::uuid AND p.codigo = s.sku AND p.deleted_at IS NULL
      LEFT JOIN zeros z ON s."codeWasNumber" AND z.bare = s.sku`;

export const productColumnsSql = Prisma.sql`coalesce(p.id, CASE WHEN z.many = 1 THEN z.id END) AS product_id,
        p.id IS NULL AND z.many > 1 AS is_ambiguous`;
