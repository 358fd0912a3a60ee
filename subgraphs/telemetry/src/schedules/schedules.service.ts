import type { JobRun, JobSchedule } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { readJobRuns, readJobSchedules } from '@cauce/shared/jobs/job-schedules';
import { CronExpressionParser } from 'cron-parser';

/** Work that telemetry does by the clock, and how it goes. */
export interface TelemetrySchedule extends Omit<JobSchedule, 'outcome'> {
  /** RUNNING also when the process died in the middle, until the next run. Null before the first. */
  readonly state: 'RUNNING' | 'DONE' | 'FAILED' | null;
  readonly nextRunAt: Date;
}

interface SchedulesDeps {
  readonly db: Pick<Database, 'client'>;
  readonly clock: Clock;
  readonly viewer: Viewer;
}

/** The schedules by name. Why a run failed is for those who reach every company: it may speak of any of them. */
export async function readSchedules({ db, clock, viewer }: SchedulesDeps): Promise<readonly TelemetrySchedule[]> {
  const now = clock.now();
  return (await readJobSchedules(db, 'telemetry')).map(({ outcome, ...schedule }) => ({
    ...schedule,
    error: viewer.companyIds === 'all' ? schedule.error : null,
    state: isUnderWay(schedule) ? 'RUNNING' : outcome,
    nextRunAt: nextRun(schedule, now),
  }));
}

const mostRuns = 50;

/** The newest runs of one of them that have ended; none of what belongs to another subgraph. */
export async function readScheduleRuns(
  { db, viewer }: Omit<SchedulesDeps, 'clock'>,
  name: string,
  first: number,
): Promise<readonly JobRun[]> {
  if (!name.startsWith('telemetry.') || name.includes('\0')) return [];
  const runs = await readJobRuns(db, name, Math.min(mostRuns, Math.max(1, first)));
  return viewer.companyIds === 'all' ? runs : runs.map((run) => ({ ...run, error: null }));
}

function isUnderWay({ startedAt, finishedAt }: Pick<JobSchedule, 'startedAt' | 'finishedAt'>): boolean {
  return startedAt !== null && (finishedAt === null || finishedAt.getTime() < startedAt.getTime());
}

function nextRun({ cron, timeZone }: Pick<JobSchedule, 'cron' | 'timeZone'>, after: Date): Date {
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate();
}
