import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { NotFound } from '@cauce/shared/errors/outcomes';
import type { EventBus } from '@cauce/shared/events/event-bus';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { SyncStore } from './sync.store.ts';
import type { SyncCertificate, SyncFailedRow, SyncFreshness, SyncJob, SyncSchedule } from './sync.ts';
import { syncStatusChanged } from './sync-changes.ts';

/** How the copying from the ERPs stands; each part is read when it is asked for. */
export interface SyncStatus {
  jobs(first: number): Promise<SyncJob[]>;
  schedules(): Promise<SyncSchedule[]>;
  lastSync(): Promise<SyncFreshness[]>;
}

/** Copying from the ERPs as one viewer sees it. */
export interface Sync {
  readonly status: SyncStatus;
  /** Throws NotFound for a run that is not there or not within reach. */
  job(id: string): Promise<SyncJob>;
  /** Null for a run that is not there or not within reach. */
  find(id: string): Promise<SyncJob | null>;
  schedule(id: string): Promise<SyncSchedule>;
  certificate(jobId: string): Promise<SyncCertificate | null>;
  failedRows(jobId: string, first: number, after: string | null): Promise<SyncFailedRow[]>;
  /** The run, each time it has changed from now on. */
  progress(jobId: string): AsyncIterableIterator<SyncJob>;
  /** The status again, each time it has changed, from now on. */
  changes(): AsyncIterableIterator<SyncStatus>;
}

export interface SyncDeps {
  readonly store: SyncStore;
  readonly bus: EventBus;
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
}

const mostJobs = 50;
const mostFailedRows = 500;

export function createSync({ store, bus, viewer, signal }: SyncDeps): Sync {
  const status: SyncStatus = {
    jobs(first) {
      if (first < 0 || first > mostJobs) {
        throw new AppError('BAD_USER_INPUT', `first must be between 0 and ${mostJobs}`, {
          detail: { argument: 'first' },
        });
      }
      return store.jobs(first);
    },
    schedules: () => store.schedules(),
    lastSync: () => store.freshness(),
  };
  const job = async (id: string) => {
    const found = await store.job(id);
    if (found === null) throw new NotFound('SyncJob');
    return found;
  };
  return {
    ...{ status, job },
    find: (id) => store.job(id),
    async schedule(id) {
      const found = (await store.schedules()).find((one) => one.id === id);
      if (found === undefined) throw new NotFound('SyncSchedule');
      return found;
    },
    certificate: (jobId) => store.certificate(jobId),
    failedRows(jobId, first, after) {
      if (first < 0 || first > mostFailedRows) {
        throw new AppError('BAD_USER_INPUT', `first must be between 0 and ${mostFailedRows}`, {
          detail: { argument: 'first' },
        });
      }
      return store.failedRows(jobId, first, after);
    },
    progress: (jobId) =>
      reachableEvents(bus, syncStatusChanged, {
        ...{ viewer, signal },
        read: async ({ payload }) => (payload.jobId === jobId ? store.job(jobId) : null),
      }),
    changes: () => reachableEvents(bus, syncStatusChanged, { viewer, signal, read: async () => status }),
  };
}
