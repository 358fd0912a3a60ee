import type { ErpSyncStateFragment } from '../../graphql/generated/graphql.ts';

type Entity = ErpSyncStateFragment['lastSync'][number]['entity'];

/** How the copy of one kind of row from one ERP stands. */
export interface SyncRow {
  readonly id: string;
  readonly entity: Entity;
  readonly erpName: string;
  readonly completedAt: string | null;
  readonly nextRunAt: string | null;
  readonly state: 'upToDate' | 'running' | 'late' | 'failed' | 'never';
  /** Rows read so far, and announced by the ERP where it can say; only while it runs. */
  readonly progress: { readonly done: number; readonly total: number | null } | null;
}

/** A run may begin some minutes after its time without anybody needing to look. */
const graceMs = 10 * 60_000;
const order: readonly Entity[] = ['STOCK', 'SALES', 'PRODUCTS', 'PRICES', 'CUSTOMERS', 'WAREHOUSES', 'MOVEMENTS'];

/** The copies of a company's ERPs, what changes most first. `nowMs` is compared with when each was due. */
export function syncRows(status: ErpSyncStateFragment, companyId: string, nowMs: number): readonly SyncRow[] {
  return status.lastSync
    .filter(({ installation }) => installation.company.id === companyId)
    .map(({ entity, completedAt, installation }): SyncRow => {
      const isSame = (other: { readonly entity: Entity; readonly installation: { readonly id: string } | null }) =>
        other.entity === entity && other.installation?.id === installation.id;
      const schedule = status.schedules.find((one) => one.isActive && isSame(one));
      const job = status.jobs.filter(isSame).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
      const nextRunAt = schedule?.nextRunAt ?? null;
      const isRunning = job?.status === 'RUNNING';
      const isLate = nextRunAt !== null && Date.parse(nextRunAt) + graceMs < nowMs;
      return {
        id: `${installation.id}:${entity}`,
        entity,
        erpName: installation.name,
        completedAt,
        nextRunAt,
        state: isRunning
          ? 'running'
          : job?.status === 'FAILED'
            ? 'failed'
            : completedAt === null
              ? 'never'
              : isLate
                ? 'late'
                : 'upToDate',
        progress: isRunning ? { done: job.recordsProcessed, total: job.recordsExpected } : null,
      };
    })
    .toSorted((a, b) => a.erpName.localeCompare(b.erpName) || order.indexOf(a.entity) - order.indexOf(b.entity));
}

/** The oldest of the copies of a company's stock: no number that is made of it is newer. Null where none was ever made. */
export function oldestStock(status: ErpSyncStateFragment, companyId: string, nowMs: number): SyncRow | null {
  const copies = syncRows(status, companyId, nowMs).filter(
    ({ entity, completedAt }) => entity === 'STOCK' && completedAt !== null,
  );
  return copies.toSorted((a, b) => (a.completedAt ?? '').localeCompare(b.completedAt ?? ''))[0] ?? null;
}
