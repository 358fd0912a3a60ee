import type { DeadLetterRow } from './dead-letters.store.ts';
import { addressKey, type DeviceMessage } from './formats/message-format.ts';
import type { MessageFormats } from './formats/message-formats.ts';
import type { PointEntry, PointMemory } from './point-directory.ts';
import { payloadText } from './reading-message.ts';
import { resolveAddresses } from './resolve-addresses.ts';
import type { SqlRunner } from './sql-runner.ts';
import { type PointReading, type StoredReadings, storeReadings } from './store-readings.ts';

export interface ReadMessages extends StoredReadings {
  /** What could not be stored of which message; the caller keeps it. */
  readonly letters: readonly (DeadLetterRow & { readonly message: DeviceMessage })[];
}

/** Where dead letters of devices say that they came from. */
export const mqttOrigin = 'mqtt';

/** The same of what a network server posted: kept for its sender's company, and of no use to another's points. */
export const chirpstackOrigin = 'chirpstack';

/**
 * Reads messages, finds the points they are of, and stores what they say in the caller's transaction.
 * @param companyId the only company that they may be of; any if left out
 */
export async function readAndStore(
  sql: SqlRunner,
  messages: readonly DeviceMessage[],
  formats: MessageFormats,
  now: Date,
  memory?: PointMemory,
  companyId: string | null = null,
): Promise<ReadMessages> {
  const read = messages.map((message) => ({ message, ...formats.read(message, now) }));
  const destinations = await resolveAddresses(
    sql,
    read.flatMap(({ address }) => address ?? []),
    memory,
  );
  const letters: ReadMessages['letters'][number][] = [];
  const bury = (message: DeviceMessage, reason: string, payload: string, point: PointEntry | null) =>
    letters.push({
      ...{ origin: mqttOrigin, topic: storable(message.topic), point, payload: storable(payload), reason },
      message,
    });
  const points = new Map<string, PointEntry>();
  const readings: (PointReading & { readonly message: DeviceMessage })[] = [];
  for (const { message, address, readings: own, refusals } of read) {
    const key = address === null ? '' : addressKey(address);
    const destination = destinations.get(key) ?? { reason: 'UNKNOWN_POINT' };
    const point = 'point' in destination ? destination.point : null;
    for (const { reason, payload } of refusals) bury(message, reason, payload, point);
    if (own.length === 0) continue;
    if ('reason' in destination) {
      // Once and whole: it can be sent in again when what it lacked is there.
      bury(message, destination.reason, payloadText(message.payload), null);
      continue;
    }
    if (companyId !== null && destination.point.companyId !== companyId) {
      bury(message, 'UNKNOWN_DEVICE', payloadText(message.payload), null);
      continue;
    }
    points.set(key, destination.point);
    for (const reading of own) readings.push({ pointCode: key, reading, message });
  }
  const { outcomes, addedValues } = await storeReadings(sql, readings, now, points);
  const refused = new Set<DeviceMessage>();
  readings.forEach(({ message }, index) => {
    const outcome = outcomes[index];
    if (outcome?.kind !== 'REFUSED' || refused.has(message)) return;
    refused.add(message);
    bury(message, outcome.reason, payloadText(message.payload), outcome.point);
  });
  return { outcomes, addedValues, letters };
}

/** Text as Postgres can hold it. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\u{fffd}');
}
