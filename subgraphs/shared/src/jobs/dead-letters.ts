import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { DeadLetters } from './job-queue.ts';

/** Lists by SQL of our own, because pg-boss would read all of them into memory; redrives through pg-boss. */
export function createDeadLetters(boss: PgBoss): DeadLetters {
  return {
    list: async (jobName, limit = 100) => {
      const { rows } = await boss.getDb().executeSql(listSql, [deadLetterQueue(jobName), limit]);
      return rows.map((row: unknown) => {
        const letter = rowSchema.parse(row);
        return {
          id: letter.id,
          jobName,
          jobId: letter.source_id,
          data: letter.data?.input,
          retries: letter.source_retry_count ?? 0,
          error: letter.source_output,
          enqueuedAt: letter.source_created_on,
          failedAt: letter.created_on,
        };
      });
    },
    redrive: (jobName, ids) => boss.redrive(deadLetterQueue(jobName), ids ? { ids: [...ids] } : {}),
    count: async (jobName) => {
      const { rows } = await boss.getDb().executeSql(countSql, [deadLetterQueue(jobName)]);
      return z.object({ count: z.number() }).parse(rows[0]).count;
    },
  };
}

/** The queue that a job's dead letters wait in. */
export function deadLetterQueue(jobName: string): string {
  return `${jobName}.dead`;
}

const rowSchema = z.object({
  id: z.string(),
  data: z.object({ input: z.unknown() }).nullable(),
  created_on: z.date(),
  source_id: z.string().nullable(),
  source_created_on: z.date().nullable(),
  source_retry_count: z.number().nullable(),
  source_output: z.unknown(),
});

const waiting = "FROM pgboss.job WHERE name = $1 AND state < 'active'";

const listSql = `
  SELECT id, data, created_on, source_id, source_created_on, source_retry_count, source_output
  ${waiting} ORDER BY created_on DESC, id LIMIT $2`;

const countSql = `SELECT count(*)::int AS count ${waiting}`;
