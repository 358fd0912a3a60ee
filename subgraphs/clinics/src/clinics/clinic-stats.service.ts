import type { Clock } from '@cauce/shared/clock';
import { createLoader } from '@cauce/shared/db/create-loader';
import { onlyUuids } from '@cauce/shared/db/uuid';
import type { createClinicStatsStore } from './clinic-stats.store.ts';
import type { ClinicStats } from './clinic-stats.ts';

export interface ClinicStatistics {
  /** Null for a clinic out of reach. */
  of(clinicId: string): Promise<ClinicStats | null>;
}

export interface ClinicStatisticsDeps {
  readonly store: ReturnType<typeof createClinicStatsStore>;
  readonly clock: Clock;
}

/** The numbers of the day; many clinics of one request are one statement. */
export function createClinicStatistics({ store, clock }: ClinicStatisticsDeps): ClinicStatistics {
  const loader = createLoader(
    (ids) => store.byClinics(onlyUuids(ids), clock.now()),
    ({ clinicId }) => clinicId,
    (id) => id.toLowerCase(),
  );
  return { of: (clinicId) => loader.load(clinicId) };
}
