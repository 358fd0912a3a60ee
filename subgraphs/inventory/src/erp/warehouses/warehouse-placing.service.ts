import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { isUuid } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { moveWarehouseRowsJob } from './move-warehouse.job.ts';

/** A warehouse of an ERP, as those see it who look after the copy. */
export interface ErpWarehouse {
  readonly id: string;
  readonly installationId: string;
  readonly companyId: string;
  readonly key: string;
  readonly name: string;
  readonly code: string | null;
  readonly isActive: boolean;
  /** Null until somebody says where it is: only who reaches everything sees its stock then. */
  readonly siteId: string | null;
  readonly levels: number;
  /** Stock levels that are still on their way to the site. */
  readonly levelsElsewhere: number;
}

export interface WarehousePlacing {
  /** In the order of their names. */
  list(installationId: string): Promise<ErpWarehouse[]>;
  /** @throws NotFound or Conflict (`OTHER_COMPANY`, `LEVEL_TAKEN`) */
  place(input: { readonly warehouseId: string; readonly siteId: string | null }): Promise<ErpWarehouse>;
}

export interface WarehousePlacingDeps extends Pick<Deps, 'clock' | 'jobs'> {
  readonly client: ScopedClient;
  readonly actor: AuditActor;
}

/** Only its name and data count where it is enqueued. */
const moveJob = moveWarehouseRowsJob(async () => {});

export function createWarehousePlacing({ client, clock, jobs, actor }: WarehousePlacingDeps): WarehousePlacing {
  // Past the scope of the warehouses themselves, which hides those that nobody has placed yet: whoever looks after the
  // copy of an ERP sees all of them. What lies in them stays hidden.
  const read = (installationId: string, id: string | null) => unscoped(client).$queryRaw<ErpWarehouse[]>`
    SELECT w.id::text, w.installation_id::text AS "installationId", w.company_id::text AS "companyId", w.erp_id AS key, w.name,
      w.code, w.is_active AS "isActive", w.site_id::text AS "siteId", count(l.id)::int AS levels,
      (count(l.id) FILTER (WHERE l.site_id IS DISTINCT FROM w.site_id))::int AS "levelsElsewhere"
    FROM inventory.warehouses w LEFT JOIN inventory.erp_inventario l ON l.warehouse_id = w.id
    WHERE w.installation_id = ${installationId}::uuid AND w.deleted_at IS NULL AND (${id}::uuid IS NULL OR w.id = ${id}::uuid)
    GROUP BY w.id ORDER BY w.name, w.id`;

  return {
    list: (installationId) => read(installationId, null),

    async place({ warehouseId, siteId }) {
      const before = await find(client, warehouseId);
      if (siteId !== null && (!isUuid(siteId) || !reaches(actor.viewer.siteIds, siteId))) throw new NotFound('Site');
      await client.$transaction(async (tx) => {
        const raw = unscoped(tx);
        // Batches of a copy hold the warehouses they write for: this waits for them, and those that follow see it.
        await raw.$queryRaw`SELECT FROM inventory.warehouses WHERE id = ${warehouseId}::uuid FOR UPDATE`;
        if (siteId !== null) {
          const [other] = await raw.$queryRaw<{ isOther: boolean; isTaken: boolean }[]>`
            SELECT EXISTS (SELECT FROM inventory.warehouses o
                WHERE o.site_id = ${siteId}::uuid AND o.company_id <> ${before.companyId}::uuid) AS "isOther",
              EXISTS (SELECT FROM inventory.erp_inventario l JOIN inventory.erp_inventario o
                ON o.producto_id = l.producto_id AND o.almacen = l.almacen AND o.id <> l.id
                WHERE l.warehouse_id = ${warehouseId}::uuid AND o.site_id = ${siteId}::uuid) AS "isTaken"`;
          if (other?.isOther === true)
            throw new Conflict('OTHER_COMPANY', 'The site is of another company than the ERP');
          if (other?.isTaken === true)
            throw new Conflict('LEVEL_TAKEN', 'The site has stock of the same products in a warehouse of this name');
        }
        await raw.$executeRaw`UPDATE inventory.warehouses SET site_id = ${siteId}::uuid, updated_at = ${clock.now()}
          WHERE id = ${warehouseId}::uuid`;
        await jobs.enqueue(moveJob, { warehouseId }, { tx: raw });
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.placeWarehouse', entityType: 'Warehouse', entityId: warehouseId },
          ...{ companyId: before.companyId, siteId, before: { siteId: before.siteId }, after: { siteId } },
        });
      });
      const [after] = await read(before.installationId, warehouseId);
      if (after === undefined) throw new NotFound('Warehouse');
      return after;
    },
  };
}

interface Placed {
  readonly companyId: string;
  readonly installationId: string;
  readonly siteId: string | null;
}

/** A warehouse of an ERP whose company is within reach. @throws NotFound */
async function find(client: ScopedClient, warehouseId: string): Promise<Placed> {
  if (!isUuid(warehouseId)) throw new NotFound('Warehouse');
  const [row] = await unscoped(client).$queryRaw<Placed[]>`
    SELECT company_id::text AS "companyId", installation_id::text AS "installationId", site_id::text AS "siteId"
    FROM inventory.warehouses WHERE id = ${warehouseId}::uuid AND installation_id IS NOT NULL AND deleted_at IS NULL`;
  const known =
    row === undefined ? null : await client.erpInstallation.findFirst({ where: { id: row.installationId } });
  if (row === undefined || known === null) throw new NotFound('Warehouse');
  return row;
}
