import { randomUUID } from 'node:crypto';
import mqtt, { type MqttClient } from 'mqtt';

export interface PublishedReading {
  readonly id: string;
  readonly pointCode: string;
  readonly measuredAt: string;
}

export interface PublishManyOptions {
  readonly mqttUrl: string;
  readonly pointCodes: readonly string[];
  readonly count: number;
  /** Readings a second, all points together. */
  readonly perSecond: number;
  /** Told each time another tenth is out; what it returns is waited for before the next. */
  readonly onTenth: (tenth: number) => void | Promise<void>;
}

const spacingMs = 2_000;
let calls = 1;

/** What the ids of these readings begin with; the demo's own devices speak too. */
export const sentMark = 'many-';

/**
 * Publishes readings of several points as their devices would: QoS 1, one connection a point, each with an id of its
 * own. Resolves when the broker has taken every one of them.
 */
export async function publishMany(options: PublishManyOptions): Promise<readonly PublishedReading[]> {
  const { mqttUrl, pointCodes, count, perSecond, onTenth } = options;
  const devices = await Promise.all(pointCodes.map(() => mqtt.connectAsync(mqttUrl)));
  const published: PublishedReading[] = [];
  const taken: Promise<unknown>[] = [];
  const startedMs = performance.now();
  // Two seconds apart and none ahead; each call has its own millisecond of them, so that no two readings share an
  // instant, nor one with what the demo was given at whole seconds.
  const firstMs = Math.floor((Date.now() - count * spacingMs) / spacingMs) * spacingMs + calls;
  calls = (calls + 1) % 1_000 || 1;
  for (let index = 0; index < count; index += 1) {
    const place = index % pointCodes.length;
    const pointCode = pointCodes[place] ?? '';
    const reading = {
      id: `${sentMark}${randomUUID()}`,
      pointCode,
      measuredAt: new Date(firstMs + index * spacingMs).toISOString(),
    };
    published.push(reading);
    taken.push(publish(devices[place], reading, index));
    if ((index + 1) % Math.ceil(count / 10) === 0) await onTenth(Math.round(((index + 1) / count) * 10));
    const aheadMs = (index / perSecond) * 1_000 - (performance.now() - startedMs);
    if (aheadMs > 20) await new Promise((resolve) => setTimeout(resolve, aheadMs));
  }
  await Promise.all(taken);
  for (const device of devices) await device.endAsync();
  return published;
}

function publish(device: MqttClient | undefined, { id, pointCode, measuredAt }: PublishedReading, index: number) {
  const body = JSON.stringify({ id, ts: measuredAt, values: { level: 10 + (index % 1_000) / 100 } });
  return device?.publishAsync(`cauce/${pointCode}/up`, body, { qos: 1 }) ?? Promise.reject(new Error('No device'));
}
