import { createHash } from 'node:crypto';
import { z } from 'zod';
import { channelValue, type DeviceReading, excerpt, isPossible, messageLimits, parseJson } from '../reading-message.ts';
import { flattenValues } from './flatten-values.ts';
import { isPlainId, type MessageFormat, type ReadingAddress, refuseMessage } from './message-format.ts';

/**
 * ThingsBoard's device API: `{"ts":<ms>,"values":{…}}`, plain `{…}` that is measured when it arrives, or a list of
 * them. Devices publish to `v1/devices/me/telemetry` and are known by their sign-in, which a subscriber does not see:
 * a rule of the broker puts the device's id in the place of `me`.
 */
export const thingsboardFormat: MessageFormat = {
  filters: ['v1/devices/+/telemetry'],
  read: ({ topic, payload, receivedAt }, now) => {
    const [, deviceId] = /^v1\/devices\/([^/]*)\/telemetry$/.exec(topic) ?? [];
    if (deviceId === undefined) return null;
    if (deviceId === 'me') return refuseMessage('NO_DEVICE_IDENTITY', excerpt(payload));
    if (!isPlainId(deviceId)) return refuseMessage('INVALID_TOPIC', excerpt(payload));
    const address: ReadingAddress = { kind: 'DEVICE', protocol: 'MQTT', scope: null, deviceId };
    const body = parseJson(payload);
    if ('reason' in body) return refuseMessage(body.reason, excerpt(payload), address);
    const entries = Array.isArray(body.json) ? body.json : [body.json];
    if (entries.length === 0) return refuseMessage('INVALID_MESSAGE', excerpt(payload), address);
    if (entries.length > messageLimits.readings) return refuseMessage('TOO_MANY_READINGS', excerpt(payload), address);
    const readings: DeviceReading[] = [];
    const refusals: ReturnType<typeof refuseMessage>['refusals'][number][] = [];
    for (const entry of entries) {
      const reading = readEntry(entry, receivedAt ?? now);
      if (reading === null) refusals.push({ reason: 'INVALID_MESSAGE', payload: JSON.stringify(entry) ?? 'undefined' });
      else if (!isPossible(reading.measuredAt)) {
        refusals.push({ reason: 'IMPOSSIBLE_TIME', payload: JSON.stringify(entry) });
      } else readings.push(reading);
    }
    return { address, readings, refusals };
  },
};

const object = z.record(z.string(), z.unknown());
const timed = z.object({ ts: z.number(), values: object });

function readEntry(entry: unknown, receivedAt: Date): DeviceReading | null {
  const withTime = timed.safeParse(entry);
  const plain = withTime.success ? withTime.data.values : object.safeParse(entry).data;
  const flat = plain === undefined ? null : flattenValues(plain);
  const measuredAt = withTime.success ? new Date(withTime.data.ts) : receivedAt;
  if (flat === null || Number.isNaN(measuredAt.getTime())) return null;
  return { id: idOf(entry), measuredAt, values: flat.map(([channel, value]) => channelValue(channel, value)) };
}

/** Such messages have no id; what they say stands for one. */
function idOf(entry: unknown): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex').slice(0, 32);
}
