import type { EtlRunStatus } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';

export interface EtlRunFilter {
  readonly sourceId?: string | undefined;
  readonly statuses?: readonly EtlRunStatus[] | undefined;
}

const newestFirst = [
  { column: 'createdAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

export type EtlStore = ReturnType<typeof createEtlStore>;

/** Sources, runs and what they proved, of the companies within one viewer's reach. */
export function createEtlStore(client: ScopedClient) {
  const whereOf = ({ sourceId, statuses }: EtlRunFilter) => ({
    ...(sourceId && { sourceId }),
    ...(statuses && { status: { in: [...statuses] } }),
  });
  return {
    sources: () =>
      client.etlSource.findMany({
        include: { runs: { orderBy: { createdAt: 'desc' }, take: 1 }, agents: { where: { revokedAt: null } } },
        orderBy: { code: 'asc' },
      }),
    runs: (filter: EtlRunFilter, keyset: Keyset) =>
      client.etlRun.findMany({
        where: { AND: [whereOf(filter), afterKeyset(newestFirst, keyset.after)] },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: keyset.limit + 1,
      }),
    countRuns: (filter: EtlRunFilter) => client.etlRun.count({ where: whereOf(filter) }),
    runsById: (ids: readonly string[]) => client.etlRun.findMany({ where: { id: { in: [...ids] } } }),
    sourcesById: (ids: readonly string[]) => client.etlSource.findMany({ where: { id: { in: [...ids] } } }),
    certificates: (runIds: readonly string[]) =>
      client.etlCertificate.findMany({ where: { runId: { in: [...runIds] } }, orderBy: { stream: 'asc' } }),
    differences: (runId: string) =>
      client.reconciliationDifference.findMany({
        where: { runId },
        orderBy: [{ stream: 'asc' }, { key: 'asc' }],
        take: 1_000,
      }),
  };
}
