import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { EventBus } from '@cauce/shared/events/event-bus';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { SyncStore } from './sync.store.ts';
import type { SyncFreshness, SyncJob, SyncSchedule } from './sync.ts';
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
  return {
    status,
    changes: () => reachableEvents(bus, syncStatusChanged, { viewer, signal, read: async () => status }),
  };
}
