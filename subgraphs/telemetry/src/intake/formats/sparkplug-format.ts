import { excerpt, parseReadingMessage } from '../reading-message.ts';
import { isPlainId, type MessageFormat, refuseMessage } from './message-format.ts';

/**
 * What the Sparkplug host makes of births and data: the topic as the edge node sent it, and in place of the protobuf,
 * whose aliases only the host can resolve, the body of our own devices. A device is known as `<edge>/<device>` or
 * `<edge>` in its group.
 */
export const sparkplugFormat: MessageFormat = {
  // The host listens for itself: births and data of an edge node must all be seen by one.
  filters: [],
  read: ({ topic, payload }) => {
    const [namespace, group, , edge, device, ...more] = topic.split('/');
    if (namespace !== 'spBv1.0') return null;
    const isOne = isPlainId(group) && isPlainId(edge) && (device === undefined || isPlainId(device));
    if (!isOne || more.length > 0) return refuseMessage('INVALID_TOPIC', excerpt(payload));
    const deviceId = device === undefined ? edge : `${edge}/${device}`;
    return {
      address: { kind: 'DEVICE', protocol: 'SPARKPLUG', scope: group, deviceId },
      ...parseReadingMessage(payload),
    };
  },
};
