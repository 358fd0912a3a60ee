import type { Clock } from '@cauce/shared/clock';
import type { HealthCheck } from '@cauce/shared/health/health';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import type { DeviceMessage } from './formats/message-format.ts';
import { createMessageFormats } from './formats/message-formats.ts';
import { createMessageLanes } from './message-lanes.ts';
import { storedBytes } from './message-queue.ts';
import type { StoreMessages } from './message-store.ts';

export interface MqttIntakeOptions {
  readonly url: string;
  /** The same for every start of this worker: the broker keeps unacknowledged messages under this name. */
  readonly clientId: string;
  readonly topicRoot: string;
  /** Workers of one group share the messages among them; null when there is one worker. */
  readonly sharedGroup: string | null;
  readonly store: StoreMessages;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Batches that are stored at the same time. */
  readonly lanes: number;
  readonly batchSize: number;
  readonly lingerMs: number;
}

export interface MqttIntake {
  readonly health: HealthCheck;
  /** Commits the batch in hand, acknowledges it and takes leave; what is left the broker delivers again. */
  readonly stop: Stop;
}

interface Held extends DeviceMessage {
  readonly packetId: number | null;
  /** The connection that it came on, and the only one on which it may be acknowledged. */
  readonly stream: MqttClient['stream'];
}

/**
 * Listens to devices with a persistent session. A message is acknowledged after the transaction that holds it has
 * committed, never before: whatever dies in between, the broker still has it.
 */
export function startMqttIntake(options: MqttIntakeOptions): MqttIntake {
  const { log, metrics } = options;
  const { filters: topics } = createMessageFormats(options.topicRoot);
  const filters = topics.map((topic) =>
    options.sharedGroup === null ? topic : `$share/${options.sharedGroup}/${topic}`,
  );
  const client = mqtt.connect(options.url, {
    clientId: options.clientId,
    clean: false,
    protocolVersion: 4,
    reconnectPeriod: 1_000,
    connectTimeout: 10_000,
    keepalive: 30,
    resubscribe: false,
  });
  const queue = createMessageLanes<Held>({
    lanes: options.lanes,
    // A device says things in an order.
    keyOf: ({ topic }) => topic,
    store: options.store,
    onStored: (batch) => acknowledge(client, batch),
    sizeOf: ({ payload }) => payload.byteLength,
    log,
    batchSize: options.batchSize,
    batchBytes: storedBytes,
    lingerMs: options.lingerMs,
    maxWaiting: 4 * options.batchSize * options.lanes,
    maxWaitingBytes: 64 * 1024 * 1024,
    retryMs: [100, 5_000],
  });
  let isStopping = false;
  let isListening = false;
  let isAway = false;

  client.handleMessage = (packet, callback) => {
    const next = () => callback(acknowledgedLater);
    if (isStopping) return next();
    queue.add(toHeld(packet, client, options.clock.now()));
    if (queue.isFull) queue.whenRoom(next);
    else next();
  };
  client.on('connect', ({ sessionPresent }) => {
    client.subscribe(filters, { qos: 1 }, (err) => {
      if (err !== null) return log.error({ err, filters }, 'The broker refused the subscription to device messages');
      isListening = true;
      isAway = false;
      metrics.gauge('cauce_telemetry_broker_connected', 'Whether devices are listened to', 1);
      log.info({ filters, sessionPresent }, 'Listening to devices');
    });
  });
  client.on('close', () => {
    isListening = false;
    metrics.gauge('cauce_telemetry_broker_connected', 'Whether devices are listened to', 0);
    // They will come again on the next connection, where alone they can be acknowledged.
    queue.drop(({ packetId, stream }) => packetId !== null && (stream !== client.stream || stream.destroyed));
  });
  client.on('error', (err) => {
    // Said once for an outage, not with each attempt.
    log[isAway ? 'debug' : 'warn']({ err }, 'The device broker cannot be reached');
    isAway = true;
  });

  return {
    health: {
      name: 'device-broker',
      isRequired: false,
      check: async () => {
        if (!isListening) throw new Error('Devices are not listened to: the broker is away or refuses');
      },
    },
    stop: async () => {
      isStopping = true;
      await queue.stop();
      await leave(client);
    },
  };
}

/**
 * Told to the library instead of success, it goes on to the next packet without sending the PUBACK that success would
 * send; messages can then be gathered instead of being stored one at a time. The PUBACK is ours to send.
 */
const acknowledgedLater = new Error('Acknowledged after the commit');

function toHeld({ topic, payload, qos, messageId }: IPublishPacket, client: MqttClient, receivedAt: Date): Held {
  return {
    topic,
    payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
    receivedAt,
    packetId: qos === 1 && messageId !== undefined ? messageId : null,
    stream: client.stream,
  };
}

/**
 * Sends PUBACK packets, in the order of arrival, in one write. Only on the connection of the message: on a later one
 * the same packet id may stand for another message, which would be lost.
 */
function acknowledge(client: MqttClient, batch: readonly Held[]): void {
  const { stream } = client;
  const ids = batch.flatMap((held) => (held.stream === stream && held.packetId !== null ? [held.packetId] : []));
  if (ids.length === 0 || stream.destroyed || !client.connected) return;
  const packets = Buffer.alloc(4 * ids.length);
  ids.forEach((id, index) => {
    packets.writeUInt16BE(0x4002, 4 * index);
    packets.writeUInt16BE(id, 4 * index + 2);
  });
  stream.write(packets);
}

const leaveMs = 3_000;

/** DISCONNECT goes out behind the last acknowledgement; a broker that does not hang up is left alone after a while. */
async function leave(client: MqttClient): Promise<void> {
  const timer = setTimeout(() => client.stream.destroy(), leaveMs);
  await client.endAsync();
  clearTimeout(timer);
}
