import type { SyncJob } from '../sync/sync.ts';

/** How fast a run goes and when it will be through. */
export interface SyncPace {
  /** Rows a second since it began; null before the first. */
  readonly rowsPerSecond: number | null;
  /** Null when nobody can say. */
  readonly secondsLeft: number | null;
}

/** From what is done and expected; a run that has ended has nothing left. */
export function paceOf(
  { status, startedAt, completedAt, recordsProcessed, recordsExpected }: SyncJob,
  now: Date,
): SyncPace {
  if (startedAt === null || recordsProcessed === 0) return { rowsPerSecond: null, secondsLeft: null };
  const seconds = Math.max(0.001, ((completedAt ?? now).getTime() - startedAt.getTime()) / 1_000);
  const rowsPerSecond = recordsProcessed / seconds;
  const isGoing = status === 'RUNNING' && recordsExpected !== null;
  const left = isGoing ? Math.max(0, recordsExpected - recordsProcessed) / rowsPerSecond : null;
  return { rowsPerSecond, secondsLeft: left === null ? null : Math.round(left) };
}
