import { excerpt, payloadText } from '../reading-message.ts';
import { createCauceFormat } from './cauce-format.ts';
import { chirpstackFormat } from './chirpstack-format.ts';
import { type AddressedMessage, type DeviceMessage, type MessageFormat, refuseMessage } from './message-format.ts';
import { sparkplugFormat } from './sparkplug-format.ts';
import { thingsboardFormat } from './thingsboard-format.ts';

export interface MessageFormats {
  /** What the devices' session subscribes to. */
  readonly filters: readonly string[];
  /** Reads a message by the format that its topic belongs to. Never throws. */
  read(message: DeviceMessage, now: Date): AddressedMessage;
}

/** All ways in which devices speak. Sparkplug has a session of its own and is only read here. */
export function createMessageFormats(topicRoot: string): MessageFormats {
  const formats: readonly MessageFormat[] = [
    createCauceFormat(topicRoot),
    chirpstackFormat,
    thingsboardFormat,
    sparkplugFormat,
  ];
  return {
    filters: formats.flatMap(({ filters }) => filters),
    read: (message, now) => {
      if (message.refusal !== undefined) return refuseMessage(message.refusal, payloadText(message.payload));
      for (const format of formats) {
        const read = format.read(message, now);
        if (read !== null) return read;
      }
      return refuseMessage('INVALID_TOPIC', excerpt(message.payload));
    },
  };
}
