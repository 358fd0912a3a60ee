import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import { isDataFailure } from './database-failure.ts';
import { type DeadLetterRow, insertDeadLetters } from './dead-letters.store.ts';
import { excerpt, parseReadingMessage, payloadText } from './reading-message.ts';
import { poolRunner, type SqlRunner } from './sql-runner.ts';
import { type PointReading, type StoredReadings, storeReadings } from './store-readings.ts';

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
      const result = await inTransaction(deps.db, (sql) => storeBatch(deps, sql, messages, topicRoot));
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

/** Where dead letters say that they came from. */
const origin = 'mqtt';

async function storeBatch(
  { clock }: MessageStoreDeps,
  sql: SqlRunner,
  messages: readonly DeviceMessage[],
  topicRoot: string,
): Promise<BatchResult> {
  const now = clock.now();
  const readings: (PointReading & { readonly message: DeviceMessage })[] = [];
  const letters: DeadLetterRow[] = [];
  const bury = (message: DeviceMessage, reason: string, payload: string) =>
    letters.push({ origin, topic: message.topic, point: null, payload, reason });
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
  // A message without a point is kept once and whole: it can be sent in again when the point is there.
  const refused = new Map<DeviceMessage, DeadLetterRow>();
  readings.forEach(({ message }, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== 'REFUSED') return;
    const { reason, point } = outcome;
    refused.set(message, { origin, topic: message.topic, point, payload: payloadText(message.payload), reason });
  });
  letters.push(...refused.values());
  if (letters.length > 0) await insertDeadLetters(sql, letters, now);
  return { outcomes, addedValues, buried: letters.length };
}

interface BatchResult extends StoredReadings {
  readonly buried: number;
}

/** Counted once committed: a batch that is tried again counts once. */
function countResult(metrics: Metrics, { outcomes, addedValues, buried }: BatchResult): void {
  const count = (outcome: string, by: number) =>
    metrics.count('cauce_telemetry_readings_total', 'Readings by what became of them', { outcome }, by);
  for (const kind of ['STORED', 'DUPLICATE', 'CONFLICT'] as const) {
    count(kind.toLowerCase(), outcomes.filter((outcome) => outcome.kind === kind).length);
  }
  count('buried', buried);
  metrics.count('cauce_telemetry_values_total', 'Raw values that were new', {}, addedValues);
}

async function buryAll({ clock }: MessageStoreDeps, sql: SqlRunner, messages: readonly DeviceMessage[]): Promise<void> {
  const letters = messages.map(({ topic, payload }) => ({
    origin,
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

async function inTransaction<Value>(db: Database, work: (sql: SqlRunner) => Promise<Value>): Promise<Value> {
  const client = await db.pool.connect();
  // A connection that breaks between two statements says so as an event, which would end the process; the next
  // statement fails in any case.
  const ignore = () => undefined;
  client.on('error', ignore);
  let failure: unknown = null;
  try {
    await client.query('BEGIN');
    const value = await work(poolRunner(client));
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
