import type { PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { isUuid } from '@cauce/shared/db/uuid';
import { companyReachSql } from '../reach-sql.ts';
import type {
  Installation,
  SyncCertificate,
  SyncEntity,
  SyncFailedRow,
  SyncFreshness,
  SyncJob,
  SyncSchedule,
} from './sync.ts';

/** Reads the state of copying from the ERPs whose companies one viewer reaches. */
export interface SyncStore {
  /** Newest first. */
  jobs(limit: number): Promise<SyncJob[]>;
  schedules(): Promise<SyncSchedule[]>;
  job(id: string): Promise<SyncJob | null>;
  certificate(jobId: string): Promise<SyncCertificate | null>;
  /** Rows after the one of this id, in the order in which they failed. */
  failedRows(jobId: string, limit: number, after: string | null): Promise<SyncFailedRow[]>;
  freshness(): Promise<SyncFreshness[]>;
}

const installation = { select: { id: true, code: true, name: true, companyId: true } } as const;

export function createSyncStore(client: PrismaClient, scoped: ScopedClient, viewer: Viewer): SyncStore {
  return {
    jobs: (limit) =>
      scoped.syncJob.findMany({
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
        include: { installation },
      }),
    job: async (id) => (isUuid(id) ? scoped.syncJob.findFirst({ where: { id }, include: { installation } }) : null),
    async certificate(jobId) {
      const job = await scoped.syncJob.findFirst({ where: { id: jobId }, include: { certificate: true } });
      const kept = job?.certificate ?? null;
      if (kept === null) return null;
      const { isComplete, minKey, maxKey, ourMinKey, ourMaxKey } = kept;
      return {
        ...{ isComplete, minKey, maxKey, ourMinKey, ourMaxKey },
        sourceCount: kept.sourceCount?.toString() ?? null,
        ourCount: kept.ourCount.toString(),
        failedCount: kept.failedCount.toString(),
        sourceSum: kept.sourceSum?.toFixed() ?? null,
        ourSum: kept.ourSum?.toFixed() ?? null,
      };
    },
    async failedRows(jobId, limit, after) {
      if (after !== null && !isUuid(after)) return [];
      const job = await scoped.syncJob.findFirst({
        where: { id: jobId },
        include: {
          failedRows: { where: after === null ? {} : { id: { gt: after } }, orderBy: { id: 'asc' }, take: limit },
        },
      });
      return job?.failedRows ?? [];
    },
    async schedules() {
      const rows = await scoped.syncSchedule.findMany({
        orderBy: [{ installationId: 'asc' }, { entity: 'asc' }, { mode: 'asc' }],
        include: { installation: { select: { ...installation.select, timeZone: true } } },
      });
      return rows.map((row) => ({ ...row, timeZone: row.installation.timeZone }));
    },
    async freshness() {
      // One look into an index for each ERP and kind of row, however long the history is.
      const rows = await client.$queryRaw<(Installation & { entity: SyncEntity; completedAt: Date | null })[]>`
        SELECT i.id, i.code, i.name, i.company_id AS "companyId", kind.entity, last.completed_at AS "completedAt"
        FROM inventory.erp_installations i
        CROSS JOIN (VALUES ('PRODUCTS', 'productos'), ('STOCK', 'inventario'), ('SALES', 'ventas'), ('CUSTOMERS', 'clientes'),
            ('PRICES', 'precios'), ('WAREHOUSES', 'almacenes'))
          AS kind(entity, label)
        LEFT JOIN LATERAL (
          SELECT j.completed_at FROM inventory.sync_jobs j
          WHERE j.installation_id = i.id AND j.job_type = kind.label::inventory.sync_entity AND j.status = 'completed'
          ORDER BY j.created_at DESC LIMIT 1
        ) last ON TRUE
        WHERE i.is_active AND ${companyReachSql(viewer, 'i')} ORDER BY i.code, kind.label`;
      return rows.map(({ entity, completedAt, ...source }) => ({ installation: source, entity, completedAt }));
    },
  };
}
