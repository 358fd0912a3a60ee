import type { JobOutcome, JobRun, JobSchedule } from '@cauce/prisma/client';
import type { Database } from '../db/database.ts';
import type { Log } from '../log/log.ts';
import type { JobDefinition } from './define-job.ts';

/** A run of a job that has ended. */
export interface EndedRun {
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly outcome: JobOutcome;
  /** Why it failed, without secrets; null when it did not. */
  readonly error: string | null;
}

/** Runs of each job that are kept, and as many of its failures. */
const keptRuns = 50;

/** Keeps for people when each job that runs by the clock ran, and what became of it. */
export interface JobSchedules {
  /** Writes down when these run; the others of the list have no clock. */
  keep(jobs: readonly JobDefinition[]): Promise<void>;
  begun(job: JobDefinition, startedAt: Date): Promise<void>;
  ended(job: JobDefinition, run: EndedRun): Promise<void>;
}

/** A job is worth more than what is said of it: where this cannot be written the job goes on. */
export function createJobSchedules({ pool }: Pick<Database, 'pool'>, log: Log): JobSchedules {
  const write = async ({ cron }: JobDefinition, sql: string, values: readonly unknown[]) => {
    if (cron === undefined) return;
    await pool
      .query(sql, [...values])
      .catch((err: unknown) => log.warn({ err }, 'What became of a job cannot be kept'));
  };
  return {
    keep: async (jobs) => {
      for (const job of jobs) {
        await write(
          job,
          `INSERT INTO platform.job_schedules (name, cron, time_zone) VALUES ($1, $2, $3)
           ON CONFLICT (name) DO UPDATE SET cron = EXCLUDED.cron, time_zone = EXCLUDED.time_zone`,
          [job.name, job.cron?.expression, job.cron?.timeZone],
        );
      }
    },
    // Of runs that overlap, the one that began last is told of.
    begun: (job, startedAt) =>
      write(
        job,
        `UPDATE platform.job_schedules SET started_at = $2
         WHERE name = $1 AND (started_at IS NULL OR started_at < $2)`,
        [job.name, startedAt],
      ),
    async ended(job, { startedAt, finishedAt, outcome, error }) {
      // A clock that was put back meanwhile.
      const tookMs = Math.max(0, finishedAt.getTime() - startedAt.getTime());
      const endedAt = new Date(startedAt.getTime() + tookMs);
      await write(
        job,
        `UPDATE platform.job_schedules SET finished_at = $3, outcome = $4::platform.job_outcome, took_ms = $5, error = $6,
           done_at = CASE WHEN $4 = 'DONE' THEN $3 ELSE done_at END,
           failures = CASE WHEN $4 = 'DONE' THEN 0 ELSE failures + 1 END
         WHERE name = $1 AND (started_at IS NULL OR started_at <= $2)`,
        [job.name, startedAt, finishedAt, outcome, tookMs, error],
      );
      await write(
        job,
        `INSERT INTO platform.job_runs (name, started_at, finished_at, outcome, took_ms, error)
         VALUES ($1, $2, $3, $4::platform.job_outcome, $5, $6) ON CONFLICT DO NOTHING`,
        [job.name, startedAt, endedAt, outcome, tookMs, error],
      );
      await write(job, dropOldRuns, [job.name, keptRuns]);
    },
  };
}

/** The jobs of a subgraph that run by the clock, by name. */
export function readJobSchedules({ client }: Pick<Database, 'client'>, subgraph: string): Promise<JobSchedule[]> {
  return client.jobSchedule.findMany({ where: { name: { startsWith: `${subgraph}.` } }, orderBy: { name: 'asc' } });
}

/** The newest runs of a job that have ended. */
export function readJobRuns({ client }: Pick<Database, 'client'>, name: string, first: number): Promise<JobRun[]> {
  return client.jobRun.findMany({ where: { name }, orderBy: { startedAt: 'desc' }, take: first });
}

/** What is older than the newest runs goes; of failures, what is older than the newest of those. */
const dropOldRuns = `
  WITH newest AS (SELECT started_at FROM platform.job_runs WHERE name = $1 ORDER BY started_at DESC LIMIT $2),
  failed AS (SELECT started_at FROM platform.job_runs WHERE name = $1 AND outcome = 'FAILED' ORDER BY started_at DESC LIMIT $2)
  DELETE FROM platform.job_runs
  WHERE name = $1 AND started_at < (SELECT min(started_at) FROM newest)
    AND (outcome = 'DONE' OR started_at < (SELECT min(started_at) FROM failed))`;
