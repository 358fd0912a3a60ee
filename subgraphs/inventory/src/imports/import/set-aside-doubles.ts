import { Prisma } from '@cauce/prisma/client';
import { recordAudit } from '@cauce/shared/audit/audit';
import { systemViewer } from '@cauce/shared/auth/viewer';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { dayFolioSql, plainFolioSql } from './plain-folio.ts';

/** Only what an ERP has brought so lately is looked at: its next run is looked at again. */
const lookBackMs = 10 * 60_000;
const mostAtOnce = 5_000;

/**
 * Sets documents of spreadsheets aside that an ERP has brought since: the same folio of the same day, and the whole day of
 * a site of which the ERP has sales. A company that begins with spreadsheets and then connects its ERP would count all
 * that it sold twice. Their lines stay, as cancelled. Answers how many there were.
 */
export async function setAsideDoubles({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = clock.now();
  const companies = await db.client.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT i.company_id::text AS id FROM inventory.sync_jobs j
    JOIN inventory.erp_installations i ON i.id = j.installation_id
    WHERE j.job_type = 'ventas' AND j.status = 'completed'
      AND j.completed_at > ${new Date(now.getTime() - lookBackMs)}::timestamptz`;
  let aside = 0;
  const setAside = (companyId: string) =>
    db.client.$transaction(async (tx) => {
      const count = await tx.$executeRaw`
        WITH doubled AS (
          SELECT s.id FROM inventory.erp_ventas s
          WHERE s.company_id = ${companyId}::uuid AND s.installation_id IS NULL AND s.document_type = 'SPREADSHEET'
            AND s.deleted_at IS NULL AND EXISTS (
              SELECT FROM inventory.erp_ventas e
              WHERE e.site_id = s.site_id AND e.fecha = s.fecha AND e.company_id = s.company_id
                AND e.document_type <> 'SPREADSHEET' AND e.deleted_at IS NULL
                AND (s.folio = ${dayFolioSql(Prisma.sql`s.fecha`, Prisma.sql`s.site_id`)}
                  OR ${plainFolioSql(Prisma.sql`e.folio`)} = ${plainFolioSql(Prisma.sql`s.folio`)}))
          ORDER BY s.id LIMIT ${mostAtOnce} FOR UPDATE OF s
        ), lines AS (
          UPDATE inventory.erp_ventas_detalle d SET is_cancelled = TRUE FROM doubled WHERE d.venta_id = doubled.id
        )
        UPDATE inventory.erp_ventas s SET deleted_at = ${now}::timestamptz,
          updated_at = greatest(${now}::timestamptz, s.updated_at + interval '1 millisecond')
        FROM doubled WHERE s.id = doubled.id`;
      if (count > 0) await recordAudit(tx, actor, { ...told, entityId: companyId, companyId, after: { count } });
      return count;
    });
  for (const { id } of companies) {
    for (let count = mostAtOnce; count === mostAtOnce; aside += count) count = await setAside(id);
  }
  return aside;
}

const actor = {
  viewer: systemViewer('inventory.settle-imports'),
  requestId: 'inventory.settle-imports',
  address: null,
};
const told = { action: 'inventory.setAsideDoubledSales', entityType: 'Company' } as const;
