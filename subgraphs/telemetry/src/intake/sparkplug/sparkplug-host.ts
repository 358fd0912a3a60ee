import type { Clock } from '@cauce/shared/clock';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import mqtt, { type MqttClient } from 'mqtt';
import type { DeviceMessage } from '../formats/message-format.ts';
import { createMessageQueue, storedBytes } from '../message-queue.ts';
import type { StoreMessages } from '../message-store.ts';
import { excerpt, messageLimits } from '../reading-message.ts';
import { decodePayload, rebirthCommand } from './decode-payload.ts';
import { createEdgeNodes, type EdgeMessage, type EdgeOutcome } from './edge-nodes.ts';
import { toReadingBodies } from './to-reading-bodies.ts';

export interface SparkplugHostOptions {
  readonly url: string;
  /** The host's id: edge nodes that name it as their primary host keep their data while it is away. */
  readonly hostId: string;
  readonly store: StoreMessages;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly batchSize: number;
  readonly lingerMs: number;
}

/**
 * A Sparkplug B host application: it tells that it is there (`STATE`), follows births, sequences and deaths, asks edge
 * nodes that it does not understand to be born again, and stores what they say. Sparkplug sends data with QoS 0 and
 * without acknowledgement; what a stop of this process loses comes again only from edge nodes that wait for a primary
 * host. There must be one of an id at a time.
 */
export function startSparkplugHost(options: SparkplugHostOptions): Stop {
  const { hostId, clock, log, metrics } = options;
  const state = `spBv1.0/STATE/${hostId}`;
  const timestamp = clock.now().getTime();
  const stateBody = (online: boolean) => JSON.stringify({ online, timestamp });
  const client = mqtt.connect(options.url, {
    clientId: `cauce-sparkplug-${hostId}`,
    clean: true,
    protocolVersion: 4,
    reconnectPeriod: 1_000,
    resubscribe: false,
    will: { topic: state, payload: Buffer.from(stateBody(false)), qos: 1, retain: true },
  });
  const nodes = createEdgeNodes();
  const askForBirth = createRebirths(client, options);
  const queue = createMessageQueue<DeviceMessage>({
    store: options.store,
    onStored: () => {},
    sizeOf: ({ payload }) => payload.byteLength,
    log,
    batchSize: options.batchSize,
    batchBytes: storedBytes,
    lingerMs: options.lingerMs,
    maxWaiting: 4 * options.batchSize,
    maxWaitingBytes: 32 * 1024 * 1024,
    retryMs: [100, 5_000],
  });
  client.handleMessage = ({ topic, payload }, done) => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    // A will of a session before this one may come late.
    if (topic === state) {
      if (bytes.toString() !== stateBody(true)) client.publish(state, stateBody(true), { qos: 1, retain: true });
    } else {
      for (const message of take(topic, bytes)) queue.add(message);
    }
    if (queue.isFull) queue.whenRoom(() => done());
    else done();
  };
  const take = (topic: string, bytes: Buffer): readonly DeviceMessage[] => {
    const message = readTopic(topic);
    if (message === null) return [];
    const receivedAt = clock.now();
    const refused = (refusal: NonNullable<DeviceMessage['refusal']>, text: string) => {
      metrics.count('cauce_telemetry_sparkplug_refused_total', 'Sparkplug messages that were not understood', {
        refusal,
      });
      return { topic, payload: Buffer.from(text), receivedAt, refusal };
    };
    if (bytes.byteLength > messageLimits.bytes) return [refused('MESSAGE_TOO_LARGE', excerpt(bytes))];
    const payload = decodePayload(bytes);
    if (payload === null) return [refused('INVALID_PROTOBUF', bytes.toString('base64').slice(0, 16_384))];
    const outcome: EdgeOutcome = nodes.take({ ...message, payload });
    if (outcome.needsRebirth) askForBirth(message);
    const sentAtMs = payload.timestampMs ?? receivedAt.getTime();
    const bodies = toReadingBodies(outcome.values, `${sentAtMs}:${payload.seq ?? ''}`, sentAtMs);
    const nameless = outcome.nameless.length === 0 ? [] : [refused('BEFORE_BIRTH', JSON.stringify(outcome.nameless))];
    return [...bodies.map((body) => ({ topic, payload: Buffer.from(body), receivedAt })), ...nameless];
  };
  client.on('connect', () => {
    nodes.forget();
    client.subscribe(['spBv1.0/+/+/+', 'spBv1.0/+/+/+/+', state], { qos: 1 }, (err) => {
      if (err !== null) return log.error({ err }, 'The broker refused the subscription to Sparkplug');
      client.publish(state, stateBody(true), { qos: 1, retain: true });
      log.info({ hostId }, 'Listening to Sparkplug edge nodes');
    });
  });
  client.on('error', (err) => log.debug({ err }, 'The Sparkplug host cannot reach the broker'));
  return async () => {
    // Edge nodes with this primary host keep what they have from here on.
    if (client.connected) await client.publishAsync(state, stateBody(false), { qos: 1, retain: true }).catch(() => {});
    await queue.stop();
    await client.endAsync(true);
  };
}

/** Long enough for the births of a node with many devices to come. */
const rebirthPauseMs = 5_000;

/** Asks an edge node to be born again, once in a while however much it sends meanwhile. */
function createRebirths(client: MqttClient, { clock, log }: SparkplugHostOptions) {
  const askedAt = new Map<string, number>();
  return ({ group, edge }: Omit<EdgeMessage, 'payload'>) => {
    const now = clock.now();
    const key = `${group}/${edge}`;
    if (now.getTime() - (askedAt.get(key) ?? 0) < rebirthPauseMs) return;
    askedAt.set(key, now.getTime());
    log.info({ group, edge }, 'Asking a Sparkplug edge node to be born again');
    client.publish(`spBv1.0/${group}/NCMD/${edge}`, rebirthCommand(now), { qos: 0 });
  };
}

function readTopic(topic: string): Omit<EdgeMessage, 'payload'> | null {
  const [, group, type, edge, device = null] = topic.split('/');
  if (group === undefined || edge === undefined) return null;
  const isOfNode = type === 'NBIRTH' || type === 'NDEATH' || type === 'NDATA';
  const isOfDevice = type === 'DBIRTH' || type === 'DDEATH' || type === 'DDATA';
  if ((isOfNode && device === null) || (isOfDevice && device !== null)) return { group, edge, device, type };
  return null;
}
