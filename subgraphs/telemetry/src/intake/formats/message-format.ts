import type { ParsedMessage, RefusalReason } from '../reading-message.ts';

/** A message as the broker delivered it. */
export interface DeviceMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** When it arrived: the time of what is sent without one. The store's own now if left out. */
  readonly receivedAt?: Date;
  /** Why it was found to be useless before it was read. */
  readonly refusal?: RefusalReason;
}

/** Protocols whose devices are known by an id of their own; the source with that id says which point they speak for. */
export type DeviceProtocol = 'MQTT' | 'CHIRPSTACK' | 'SPARKPLUG';

/** Whom the readings of a message claim to be of. */
export type ReadingAddress =
  | {
      readonly kind: 'POINT';
      readonly code: string;
      /** The company that the sender speaks as; the point must be of it. Null when the topic names none. */
      readonly companyId: string | null;
    }
  | {
      readonly kind: 'DEVICE';
      readonly protocol: DeviceProtocol;
      /** What a provider must have as its `scope`: a ChirpStack application, a Sparkplug group; null for plain MQTT. */
      readonly scope: string | null;
      readonly deviceId: string;
    };

/** What a message says, and of whom; without an address nothing of it could be read. */
export interface AddressedMessage extends ParsedMessage {
  readonly address: ReadingAddress | null;
}

/** One way in which devices speak over MQTT. */
export interface MessageFormat {
  /** What to subscribe to. */
  readonly filters: readonly string[];
  /** Reads a message; null when its topic is none of this format's. Never throws. */
  read(message: DeviceMessage, now: Date): AddressedMessage | null;
}

/** Nothing of the message can be stored, for this reason. */
export function refuseMessage(
  reason: RefusalReason,
  payload: string,
  address: ReadingAddress | null = null,
): AddressedMessage {
  return { address, readings: [], refusals: [{ reason, payload }] };
}

/** One string per address, to find what it leads to. */
export function addressKey(address: ReadingAddress): string {
  const parts =
    address.kind === 'POINT'
      ? ['POINT', address.code, address.companyId]
      : [address.protocol, address.scope, address.deviceId];
  return JSON.stringify(parts);
}

/** An id out of a topic, as Postgres can hold it. */
export function isPlainId(text: string | undefined): text is string {
  return text !== undefined && /^[^\p{C}+#]{1,200}$/u.test(text);
}
