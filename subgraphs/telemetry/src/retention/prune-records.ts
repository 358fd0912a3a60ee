import type { Database } from '@cauce/shared/db/database';

/** Days that records of work are kept. Readings, measurements and the ledger itself are never pruned. */
export interface Retention {
  /** Refused messages, settled or not. */
  readonly deadLetterDays: number;
  /** Messages to people that have come to an end. */
  readonly noticeDays: number;
  /** Batches of pushed readings: as long, the same idempotency id stores nothing again. */
  readonly batchDays: number;
  /** What was sent to and answered by a regulator, word for word, for slots that are settled. */
  readonly attemptDays: number;
}

/** Rows that were pruned, by what they were. */
export interface Pruned {
  readonly deadLetters: number;
  /** Days that dead letters were counted by. */
  readonly deadLetterDays: number;
  readonly notices: number;
  readonly batches: number;
  readonly attempts: number;
}

export interface PruneOptions {
  readonly db: Pick<Database, 'pool'>;
  readonly now: Date;
  readonly retention: Retention;
  /** Between two parts nothing is left half done. */
  readonly signal: AbortSignal;
}

/** Rows of one statement, so that none holds its locks for long. */
const atOnce = 5_000;

/**
 * Forgets records that nobody needs any more, a few thousand at a time. What may still keep something from being told
 * or sent twice stays: notices of alerts that go on, and of each attempt at a regulator its outcome and times.
 */
export async function pruneRecords({ db, now, retention, signal }: PruneOptions): Promise<Pruned> {
  const prune = async (statement: string, days: number): Promise<number> => {
    const before = new Date(now.getTime() - days * 86_400_000);
    let pruned = 0;
    for (;;) {
      signal.throwIfAborted();
      const { rowCount } = await db.pool.query(statement, [before, atOnce]);
      pruned += rowCount ?? 0;
      if ((rowCount ?? 0) < atOnce) return pruned;
    }
  };
  return {
    deadLetters: await prune(deadLetters, retention.deadLetterDays),
    deadLetterDays: await prune(deadLetterDays, retention.deadLetterDays),
    notices: await prune(notices, retention.noticeDays),
    batches: await prune(batches, retention.batchDays),
    attempts: await prune(attempts, retention.attemptDays),
  };
}

const deadLetters = `
  DELETE FROM telemetry.dead_letters WHERE id IN (
    SELECT id FROM telemetry.dead_letters WHERE received_at < $1 ORDER BY received_at LIMIT $2)`;

const deadLetterDays = `
  DELETE FROM telemetry.dead_letter_days WHERE id IN (
    SELECT id FROM telemetry.dead_letter_days WHERE day < $1::timestamptz::date LIMIT $2)`;

const notices = `
  DELETE FROM telemetry.notification_deliveries WHERE id IN (
    SELECT d.id FROM telemetry.notification_deliveries d LEFT JOIN telemetry.alerts a ON a.id = d.alert_id
    WHERE d.created_at < $1 AND d.status IN ('SENT', 'FAILED', 'SUPPRESSED', 'KEPT')
      AND (a.id IS NULL OR (a.status = 'RESOLVED' AND a.resolved_at < $1)) LIMIT $2)`;

const batches = `
  DELETE FROM telemetry.ingest_batches WHERE id IN (
    SELECT id FROM telemetry.ingest_batches
    WHERE status IN ('RECEIVED', 'PROCESSED', 'PARTIAL', 'FAILED') AND received_at < $1 LIMIT $2)`;

const attempts = `
  UPDATE telemetry.submission_attempts SET request = '{}', response = NULL WHERE id IN (
    SELECT t.id FROM telemetry.submission_attempts t JOIN telemetry.compliance_submissions s ON s.id = t.submission_id
    WHERE t.finished_at < $1 AND s.status IN ('SENT', 'VERIFIED', 'SKIPPED')
      AND (t.request <> '{}' OR t.response IS NOT NULL) LIMIT $2)`;
