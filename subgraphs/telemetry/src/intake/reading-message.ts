import { z } from 'zod';

/** One value of a reading as it was sent: a number, or the text that stood in its place. */
export interface ChannelValue {
  readonly channel: string;
  readonly value: number | null;
  readonly text: string | null;
}

/** What a device saw at one instant. */
export interface DeviceReading {
  /** The device's own id of the reading; null when it gave none. */
  readonly id: string | null;
  readonly measuredAt: Date;
  readonly values: readonly ChannelValue[];
}

/** Why a message, or a part of it, could not be stored. Stable codes, kept with the dead letter. */
export type RefusalReason =
  | 'MESSAGE_TOO_LARGE'
  | 'INVALID_JSON'
  | 'INVALID_MESSAGE'
  | 'TOO_MANY_READINGS'
  | 'IMPOSSIBLE_TIME'
  | 'INVALID_TOPIC'
  | 'UNKNOWN_POINT'
  /** The point is another company's than the one that the sender speaks as. */
  | 'WRONG_TENANT'
  /** The topic names one device, the body another. */
  | 'WRONG_DEVICE'
  | 'UNKNOWN_DEVICE'
  /** Two companies claim the device: neither gets its readings. */
  | 'AMBIGUOUS_DEVICE'
  /** The topic does not tell which device speaks. */
  | 'NO_DEVICE_IDENTITY'
  /** The network server has no codec for the device: there are only bytes. */
  | 'NOT_DECODED'
  | 'INVALID_PROTOBUF'
  /** Sparkplug data whose birth was not seen, so that its names are not known. */
  | 'BEFORE_BIRTH'
  | 'NO_SOURCE'
  | 'REFUSED_BY_DATABASE';

interface Refusal {
  readonly reason: RefusalReason;
  /** The refused part as text. */
  readonly payload: string;
}

export interface ParsedMessage {
  readonly readings: readonly DeviceReading[];
  readonly refusals: readonly Refusal[];
}

/** `values` of one request over HTTP, of all its readings together: they are stored in one transaction, within its time. */
export const messageLimits = { bytes: 256 * 1024, readings: 2_000, channels: 64, values: 20_000 } as const;

/**
 * Reads the body of an `up` message: `{"id":"<uuid>","ts":"…Z","values":{"pulses":120934}}`, or an array of them. An
 * entry that cannot be read is refused alone; the others stand.
 */
export function parseReadingMessage(payload: Buffer): ParsedMessage {
  const body = parseJson(payload);
  if ('reason' in body) return refuse(body.reason, excerpt(payload));
  const entries: readonly unknown[] = Array.isArray(body.json) ? body.json : [body.json];
  if (entries.length > messageLimits.readings) return refuse('TOO_MANY_READINGS', excerpt(payload));
  if (entries.length === 0) return refuse('INVALID_MESSAGE', excerpt(payload));
  const readings: DeviceReading[] = [];
  const refusals: Refusal[] = [];
  for (const entry of entries) {
    const parsed = readingSchema.safeParse(entry);
    if (!parsed.success) refusals.push({ reason: 'INVALID_MESSAGE', payload: JSON.stringify(entry) ?? 'undefined' });
    else if (!isPossible(parsed.data.measuredAt)) {
      refusals.push({ reason: 'IMPOSSIBLE_TIME', payload: JSON.stringify(entry) });
    } else readings.push(parsed.data);
  }
  return { readings, refusals };
}

/** The payload as JSON, or why it is none. */
export function parseJson(payload: Buffer): { readonly json: unknown } | { readonly reason: RefusalReason } {
  if (payload.byteLength > messageLimits.bytes) return { reason: 'MESSAGE_TOO_LARGE' };
  try {
    return { json: JSON.parse(payload.toString('utf8')) };
  } catch {
    return { reason: 'INVALID_JSON' };
  }
}

/** Before the first logger and after the last one: a date there is no clock that runs fast, but nonsense. */
export function isPossible(measuredAt: Date): boolean {
  const year = measuredAt.getUTCFullYear();
  return year >= 1990 && year < 2200;
}

const excerptBytes = 16 * 1024;

/** The beginning of a payload as text that Postgres can hold. */
export function excerpt(payload: Buffer): string {
  const text = payloadText(payload.subarray(0, excerptBytes));
  return payload.byteLength > excerptBytes ? `${text}… (${payload.byteLength} bytes)` : text;
}

/** All of a payload as text that Postgres can hold: it has no zero bytes. */
export function payloadText(payload: Buffer): string {
  return payload.toString('utf8').replaceAll('\0', '\u{fffd}');
}

function refuse(reason: RefusalReason, payload: string): ParsedMessage {
  return { readings: [], refusals: [{ reason, payload }] };
}

export function isChannelName(name: string): boolean {
  return channelName.safeParse(name).success;
}

const channelName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^\P{C}*$/u);

const readingSchema = z
  .object({
    id: z
      .string()
      .min(1)
      .max(100)
      .regex(/^\P{C}*$/u)
      .nullish(),
    ts: z.iso.datetime({ offset: true }),
    values: z
      .record(channelName, z.union([z.number(), z.string().max(256), z.boolean(), z.null()]))
      .refine((values) => Object.keys(values).length > 0 && Object.keys(values).length <= messageLimits.channels),
  })
  .transform(
    ({ id, ts, values }): DeviceReading => ({
      id: id ?? null,
      measuredAt: new Date(ts),
      values: Object.entries(values).map(([channel, value]) => channelValue(channel, value)),
    }),
  );

const numberText = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Text that is a number counts as one and is kept as it came; other text is kept and measures nothing. */
export function channelValue(channel: string, value: number | string | boolean | null): ChannelValue {
  if (typeof value === 'number') return { channel, value, text: null };
  const text = value === null ? 'null' : String(value).replaceAll('\0', '');
  const number = typeof value === 'string' && numberText.test(value.trim()) ? Number(value.trim()) : null;
  return { channel, value: number !== null && Number.isFinite(number) ? number : null, text };
}
