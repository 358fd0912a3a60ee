import { z } from 'zod';
import {
  type ChannelValue,
  channelValue,
  excerpt,
  isPossible,
  type ParsedMessage,
  parseJson,
  type RefusalReason,
} from '../reading-message.ts';
import { flattenValues } from './flatten-values.ts';
import { isPlainId, type MessageFormat, refuseMessage } from './message-format.ts';

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
    return readUplink(payload, addressOf(applicationId, devEui));
  },
};

/**
 * Reads the body of an uplink. The broker guards who may write to a topic, so that over MQTT the body must be of the
 * device that the topic names; over HTTP, where nothing else names one, it says itself which it is of.
 */
export function readUplink(payload: Buffer, named: ChirpstackAddress | null): UplinkMessage {
  const body = parseJson(payload);
  if ('reason' in body) return refuse(body.reason, payload, named);
  const parsed = uplinkSchema.safeParse(body.json);
  if (!parsed.success) return refuse('INVALID_MESSAGE', payload, named);
  const { deviceInfo, deduplicationId, object } = parsed.data;
  const said = addressOf(deviceInfo.applicationId, deviceInfo.devEui);
  if (named !== null && (said.deviceId !== named.deviceId || said.scope !== named.scope))
    return refuse('WRONG_DEVICE', payload, named);
  if (object == null) return refuse('NOT_DECODED', payload, said);
  const measuredAt = timeOf(parsed.data);
  const values = valuesOf(object);
  if (measuredAt === null || values === null) return refuse('INVALID_MESSAGE', payload, said);
  if (!isPossible(measuredAt)) return refuse('IMPOSSIBLE_TIME', payload, said);
  return { address: said, refusals: [], readings: [{ id: deduplicationId, measuredAt, values }] };
}

/** The topic on which the broker would have brought the uplinks of a device. */
export function uplinkTopic({ scope, deviceId }: ChirpstackAddress): string {
  return `application/${scope}/device/${deviceId}/event/up`;
}

export interface ChirpstackAddress {
  readonly kind: 'DEVICE';
  readonly protocol: 'CHIRPSTACK';
  readonly scope: string;
  readonly deviceId: string;
}

interface UplinkMessage extends ParsedMessage {
  readonly address: ChirpstackAddress | null;
}

function addressOf(scope: string, devEui: string): ChirpstackAddress {
  return { kind: 'DEVICE', protocol: 'CHIRPSTACK', scope, deviceId: devEui.toLowerCase() };
}

function refuse(reason: RefusalReason, payload: Buffer, address: ChirpstackAddress | null): UplinkMessage {
  return { address, readings: [], refusals: [{ reason, payload: excerpt(payload) }] };
}

const time = z.iso.datetime({ offset: true });

const uplinkSchema = z.object({
  deduplicationId: z.guid(),
  time: time.nullish(),
  deviceInfo: z.object({ applicationId: z.string().refine(isPlainId), devEui: z.string().regex(/^[0-9a-f]{16}$/i) }),
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
