export const syncEntities = ['PRODUCTS', 'STOCK', 'SALES', 'CUSTOMERS', 'MOVEMENTS', 'WAREHOUSES', 'PRICES'] as const;
export type SyncEntity = (typeof syncEntities)[number];
export const syncModes = ['FULL', 'INCREMENTAL'] as const;
export type SyncMode = (typeof syncModes)[number];
export const syncJobStatuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type SyncJobStatus = (typeof syncJobStatuses)[number];

/** The ERP that rows are copied from. */
export interface Installation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly companyId: string;
}

/** One run of copying one kind of row. */
export interface SyncJob {
  readonly id: string;
  readonly entity: SyncEntity;
  readonly mode: SyncMode;
  readonly status: SyncJobStatus;
  readonly recordsProcessed: number;
  readonly recordsCreated: number;
  readonly recordsUpdated: number;
  readonly recordsDeleted: number;
  readonly recordsFailed: number;
  readonly recordsExpected: number | null;
  readonly errorMessage: string | null;
  /** Stable; `CONNECTION_LOST`, `SIGN_IN_REFUSED`, ... */
  readonly errorCode: string | null;
  /** Workers that took it so far. */
  readonly attempt: number;
  readonly nextAttemptAt: Date | null;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly createdAt: Date;
  readonly installation: Installation | null;
}

/** Rows of a run that could not be taken. */
export interface SyncFailedRow {
  readonly id: string;
  readonly sourceKey: string;
  readonly reason: string;
  readonly data: unknown;
}

/** Counts, sums and keys on both sides at the end of a run. */
export interface SyncCertificate {
  readonly isComplete: boolean;
  readonly sourceCount: string | null;
  readonly ourCount: string;
  readonly failedCount: string;
  readonly sourceSum: string | null;
  readonly ourSum: string | null;
  readonly minKey: string | null;
  readonly maxKey: string | null;
  readonly ourMinKey: string | null;
  readonly ourMaxKey: string | null;
}

/** When one kind of row is copied. */
export interface SyncSchedule {
  readonly id: string;
  readonly entity: SyncEntity;
  readonly mode: SyncMode;
  readonly cron: string;
  readonly isActive: boolean;
  readonly lastRunAt: Date | null;
  readonly nextRunAt: Date | null;
  readonly installation: Installation;
  readonly timeZone: string;
}

/** How old the copy of one kind of row is. */
export interface SyncFreshness {
  readonly installation: Installation;
  readonly entity: SyncEntity;
  /** End of the last run that succeeded; null when none did yet. */
  readonly completedAt: Date | null;
}
