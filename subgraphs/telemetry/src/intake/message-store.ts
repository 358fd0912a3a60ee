import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import { isDataFailure } from './database-failure.ts';
import { insertDeadLetters } from './dead-letters.store.ts';
import type { DeviceMessage } from './formats/message-format.ts';
import { createMessageFormats, type MessageFormats } from './formats/message-formats.ts';
import { createPointMemory, type PointMemory } from './point-directory.ts';
import { mqttOrigin, type ReadMessages, readAndStore, storable } from './read-and-store.ts';
import { excerpt } from './reading-message.ts';
import { type CopyChance, createCopyChance, poolRunner, type SqlRunner } from './sql-runner.ts';

export interface MessageStoreDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Resolves when everything the messages say is committed, as readings or as dead letters. */
export type StoreMessages = (messages: readonly DeviceMessage[]) => Promise<void>;

/**
 * Stores batches of device messages, each batch in one transaction. A message whose data the database refuses is found
 * by halving the batch, and kept as a dead letter, so that it cannot hold up the others. Rejects when the database
 * cannot be used now: nothing of the batch is stored then.
 */
export function createMessageStore(deps: MessageStoreDeps, topicRoot: string): StoreMessages {
  const formats = createMessageFormats(topicRoot);
  const chance = createCopyChance();
  const memory = createPointMemory();
  const store: StoreMessages = async (messages) => {
    const startedAt = performance.now();
    try {
      const result = await inTransaction(deps.db, chance, (sql) => storeBatch(deps, sql, messages, formats, memory));
      countResult(deps.metrics, result);
    } catch (error) {
      if (!isDataFailure(error)) throw error;
      const middle = Math.ceil(messages.length / 2);
      if (messages.length > 1) {
        await store(messages.slice(0, middle));
        await store(messages.slice(middle));
        return;
      }
      deps.log.warn({ err: error, topic: messages[0]?.topic }, 'The database refused a device message');
      await inTransaction(deps.db, chance, (sql) => buryAll(deps, sql, messages));
    }
    deps.metrics.observeSeconds(
      'cauce_telemetry_batch_seconds',
      'From the first parse to the commit of a batch of device messages',
      (performance.now() - startedAt) / 1_000,
    );
  };
  return store;
}

async function storeBatch(
  { clock }: MessageStoreDeps,
  sql: SqlRunner,
  messages: readonly DeviceMessage[],
  formats: MessageFormats,
  memory: PointMemory,
): Promise<StoredBatch> {
  const now = clock.now();
  const read = await readAndStore(sql, messages, formats, now, memory);
  const dropped = read.letters.length === 0 ? 0 : await insertDeadLetters(sql, read.letters, now);
  return { ...read, dropped };
}

interface StoredBatch extends ReadMessages {
  /** Letters over the quota of their company. */
  readonly dropped: number;
}

/** Counted once committed: a batch that is tried again counts once. */
function countResult(metrics: Metrics, { outcomes, addedValues, letters, dropped }: StoredBatch): void {
  const count = (outcome: string, by: number) =>
    metrics.count('cauce_telemetry_readings_total', 'Readings by what became of them', { outcome }, by);
  for (const kind of ['STORED', 'DUPLICATE', 'CONFLICT'] as const) {
    count(kind.toLowerCase(), outcomes.filter((outcome) => outcome.kind === kind).length);
  }
  count('buried', letters.length - dropped);
  count('dropped', dropped);
  metrics.count('cauce_telemetry_values_total', 'Raw values that were new', {}, addedValues);
}

async function buryAll({ clock }: MessageStoreDeps, sql: SqlRunner, messages: readonly DeviceMessage[]): Promise<void> {
  const letters = messages.map(({ topic, payload }) => ({
    origin: mqttOrigin,
    topic: storable(topic),
    point: null,
    payload: excerpt(payload),
    reason: 'REFUSED_BY_DATABASE',
  }));
  await insertDeadLetters(sql, letters, clock.now());
}

async function inTransaction<Value>(
  db: Database,
  chance: CopyChance,
  work: (sql: SqlRunner) => Promise<Value>,
): Promise<Value> {
  const client = await db.pool.connect();
  // A connection that breaks between two statements says so as an event, which would end the process; the next
  // statement fails in any case.
  const ignore = () => undefined;
  client.on('error', ignore);
  let failure: unknown = null;
  try {
    await client.query('BEGIN');
    const value = await work(poolRunner(client, chance));
    await client.query('COMMIT');
    return value;
  } catch (error) {
    failure = error;
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.off('error', ignore);
    // A connection that failed in another way than over its data is not given to the next one.
    client.release(failure !== null && !isDataFailure(failure));
  }
}
