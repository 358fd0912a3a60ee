import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import { isDataFailure } from './database-failure.ts';
import { type DeadLetterRow, insertDeadLetters } from './dead-letters.store.ts';
import { excerpt, parseReadingMessage } from './reading-message.ts';
import { poolRunner, type SqlRunner } from './sql-runner.ts';
import { type PointReading, storeReadings } from './store-readings.ts';

/** A message as the broker delivered it. */
export interface DeviceMessage {
  readonly topic: string;
  readonly payload: Buffer;
}

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
  const store: StoreMessages = async (messages) => {
    const startedAt = performance.now();
    try {
      await inTransaction(deps.db, (sql) => storeBatch(deps, sql, messages, topicRoot));
    } catch (error) {
      if (!isDataFailure(error)) throw error;
      const middle = Math.ceil(messages.length / 2);
      if (messages.length > 1) {
        await store(messages.slice(0, middle));
        await store(messages.slice(middle));
        return;
      }
      deps.log.warn({ err: error, topic: messages[0]?.topic }, 'The database refused a device message');
      await inTransaction(deps.db, (sql) => buryAll(deps, sql, messages));
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
  { clock, metrics }: MessageStoreDeps,
  sql: SqlRunner,
  messages: readonly DeviceMessage[],
  topicRoot: string,
): Promise<void> {
  const now = clock.now();
  const readings: (PointReading & { readonly message: DeviceMessage })[] = [];
  const letters: DeadLetterRow[] = [];
  const bury = (message: DeviceMessage, reason: string, payload: string, point: DeadLetterRow['point'] = null) =>
    letters.push({ origin: 'mqtt', topic: message.topic, point, payload, reason });
  for (const message of messages) {
    const pointCode = readPointCode(message.topic, topicRoot);
    if (pointCode === null) {
      bury(message, 'INVALID_TOPIC', excerpt(message.payload));
      continue;
    }
    const parsed = parseReadingMessage(message.payload);
    for (const refusal of parsed.refusals) bury(message, refusal.reason, refusal.payload);
    for (const reading of parsed.readings) readings.push({ pointCode, reading, message });
  }
  const { outcomes, addedValues } = await storeReadings(sql, readings, now);
  readings.forEach(({ message, reading }, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== 'REFUSED') return;
    bury(message, outcome.reason, JSON.stringify({ ...reading, measuredAt: reading.measuredAt }), outcome.point);
  });
  if (letters.length > 0) await insertDeadLetters(sql, letters, now);
  const count = (outcome: string, by: number) =>
    metrics.count('cauce_telemetry_readings_total', 'Readings by what became of them', { outcome }, by);
  for (const kind of ['STORED', 'DUPLICATE', 'CONFLICT'] as const) {
    count(kind.toLowerCase(), outcomes.filter((outcome) => outcome.kind === kind).length);
  }
  count('refused', letters.length);
  metrics.count('cauce_telemetry_values_total', 'Raw values that were new', {}, addedValues);
}

async function buryAll({ clock }: MessageStoreDeps, sql: SqlRunner, messages: readonly DeviceMessage[]): Promise<void> {
  const letters = messages.map(({ topic, payload }) => ({
    origin: 'mqtt',
    topic: topic.replaceAll('\0', ''),
    point: null,
    payload: excerpt(payload),
    reason: 'REFUSED_BY_DATABASE',
  }));
  await insertDeadLetters(sql, letters, clock.now());
}

/** The point's code out of `<root>/<code>/up`. */
function readPointCode(topic: string, root: string): string | null {
  if (!topic.startsWith(`${root}/`) || !topic.endsWith('/up')) return null;
  const code = topic.slice(root.length + 1, -'/up'.length);
  return code === '' || code.includes('/') || code.includes('\0') ? null : code;
}

async function inTransaction(db: Database, work: (sql: SqlRunner) => Promise<void>): Promise<void> {
  const client = await db.pool.connect();
  // A connection that breaks between two statements says so as an event, which would end the process; the next
  // statement fails in any case.
  const ignore = () => undefined;
  client.on('error', ignore);
  let failure: unknown = null;
  try {
    await client.query('BEGIN');
    await work(poolRunner(client));
    await client.query('COMMIT');
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
