import { z } from 'zod';
import { type ChannelValue, channelValue, excerpt, isPossible, parseJson } from '../reading-message.ts';
import { flattenValues } from './flatten-values.ts';
import { isPlainId, type MessageFormat, type ReadingAddress, refuseMessage } from './message-format.ts';

/**
 * Uplinks of a ChirpStack network server (its MQTT integration with JSON): the values are those that its codec made of
 * the radio's bytes, nested ones by a path with dots. The network server joins what several gateways heard and names it
 * with one `deduplicationId`, so a repeated event is the same reading.
 */
export const chirpstackFormat: MessageFormat = {
  filters: ['application/+/device/+/event/up'],
  read: ({ topic, payload }) => {
    const [, applicationId, devEui] = /^application\/([^/]*)\/device\/([^/]*)\/event\/up$/.exec(topic) ?? [];
    if (applicationId === undefined || devEui === undefined) return null;
    if (!isPlainId(applicationId) || !/^[0-9a-f]{16}$/i.test(devEui))
      return refuseMessage('INVALID_TOPIC', excerpt(payload));
    const deviceId = devEui.toLowerCase();
    const address: ReadingAddress = { kind: 'DEVICE', protocol: 'CHIRPSTACK', scope: applicationId, deviceId };
    const body = parseJson(payload);
    if ('reason' in body) return refuseMessage(body.reason, excerpt(payload), address);
    const parsed = uplinkSchema.safeParse(body.json);
    if (!parsed.success) return refuseMessage('INVALID_MESSAGE', excerpt(payload), address);
    const { deviceInfo, deduplicationId, object } = parsed.data;
    // The broker guards who may write to a topic; the body could claim anything.
    const isSame = deviceInfo.devEui.toLowerCase() === deviceId && deviceInfo.applicationId === applicationId;
    if (!isSame) return refuseMessage('WRONG_DEVICE', excerpt(payload), address);
    if (object == null) return refuseMessage('NOT_DECODED', excerpt(payload), address);
    const measuredAt = timeOf(parsed.data);
    const values = valuesOf(object);
    if (measuredAt === null || values === null) return refuseMessage('INVALID_MESSAGE', excerpt(payload), address);
    if (!isPossible(measuredAt)) return refuseMessage('IMPOSSIBLE_TIME', excerpt(payload), address);
    return { address, refusals: [], readings: [{ id: deduplicationId, measuredAt, values }] };
  },
};

const time = z.iso.datetime({ offset: true });

const uplinkSchema = z.object({
  deduplicationId: z.guid(),
  time: time.nullish(),
  deviceInfo: z.object({ applicationId: z.string(), devEui: z.string() }),
  object: z.record(z.string(), z.unknown()).nullish(),
  /** Each gateway that heard it; newer servers say `gwTime` and `nsTime`, older ones `time`. */
  rxInfo: z
    .array(z.object({ time: time.nullish(), gwTime: time.nullish(), nsTime: time.nullish() }))
    .nullish()
    .catch(null),
});

/** The server's time of the event; else the earliest that a gateway says. */
function timeOf({ time: said, rxInfo }: z.output<typeof uplinkSchema>): Date | null {
  if (said != null) return new Date(said);
  const heard = (rxInfo ?? []).flatMap((gateway) => gateway.gwTime ?? gateway.time ?? gateway.nsTime ?? []);
  return heard.length === 0 ? null : new Date(Math.min(...heard.map((text) => Date.parse(text))));
}

function valuesOf(object: Readonly<Record<string, unknown>>): readonly ChannelValue[] | null {
  const flat = flattenValues(object);
  return flat === null ? null : flat.map(([channel, value]) => channelValue(channel, value));
}
