import type { EtlRun, EtlSource, ReconciliationDifference } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import { isUuid } from '@cauce/shared/db/uuid';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { EtlRunFilter, EtlStore } from './etl.store.ts';

/** A source and how it is doing now. */
export interface SourceStatus {
  readonly source: EtlSource;
  readonly lastRun: EtlRun | null;
  /** Its next run is past due, or an agent has been silent for too long. */
  readonly isOverdue: boolean;
  readonly silentAgents: number;
}

/** Loads from outside systems, as far as one viewer's companies go. */
export interface Etl {
  status(): Promise<readonly SourceStatus[]>;
  runs(filter: EtlRunFilter, page: PageArgs): Promise<Page<EtlRun>>;
  /** Where source and copy disagree, worst known first by stream and key; at most 1,000. */
  reconciliation(runId: string): Promise<readonly ReconciliationDifference[]>;
}

/** A run may be this late before its source counts as overdue. */
const graceMs = 15 * 60_000;

export function createEtl(store: EtlStore, clock: Clock): Etl {
  return {
    async status() {
      const nowMs = clock.now().getTime();
      return (await store.sources()).map(({ runs, agents, ...source }) => {
        const silentAgents = agents.filter(
          ({ lastSeenAt, deadAfterSeconds }) =>
            lastSeenAt === null || nowMs - lastSeenAt.getTime() > deadAfterSeconds * 1_000,
        ).length;
        const isLate = source.nextRunAt !== null && nowMs - source.nextRunAt.getTime() > graceMs;
        return {
          source,
          lastRun: runs[0] ?? null,
          silentAgents,
          isOverdue: source.isActive && (isLate || silentAgents > 0),
        };
      });
    },
    async runs(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      if (filter.sourceId !== undefined && !isUuid(filter.sourceId))
        return toPage(
          [],
          keyset,
          () => [],
          async () => 0,
        );
      return toPage(
        await store.runs(filter, keyset),
        keyset,
        (run) => [run.createdAt.toISOString(), run.id],
        () => store.countRuns(filter),
      );
    },
    reconciliation: async (runId) => (isUuid(runId) ? store.differences(runId) : []),
  };
}
