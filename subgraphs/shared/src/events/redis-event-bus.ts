import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Log } from '../log/log.ts';
import type { DomainEvent } from './domain-event.ts';
import type { EventBus } from './event-bus.ts';
import { createLocalListeners } from './local-listeners.ts';
import { createRedisFence } from './redis-fence.ts';

export interface RedisBusOptions {
  /** A connection for commands; it is not closed by the bus. */
  readonly commands: Redis;
  /** Makes the connection that listens, which Redis wants to itself. */
  readonly connectListener: () => Redis;
  readonly log: Log;
  /** Keeps several platforms on one Redis apart. */
  readonly prefix?: string;
}

/**
 * The bus of a platform in several processes. One channel for all topics, taken once: a new listener misses nothing
 * and costs no round trip, and the order of events is kept across topics. A topic nobody here listens to is not parsed.
 *
 * Not on @graphql-hive/pubsub: its Redis listener holds an unbounded queue, and leaves the channel for all listeners
 * of the process when one of them ends.
 */
export async function createRedisEventBus(options: RedisBusOptions): Promise<EventBus> {
  const channel = `${options.prefix ?? 'cauce'}:events`;
  const listeners = createLocalListeners();
  const listening = options.connectListener();
  listening.on('message', (_channel, message: string) => {
    const separator = message.indexOf('\n');
    if (!listeners.has(message.slice(0, separator))) return;
    const event = readEvent(message.slice(separator + 1));
    if (event) listeners.deliver(event);
    else options.log.warn({ channel }, 'A message on the event channel was not an event');
  });
  const fence = createRedisFence(listening, channel, listeners.gap);
  const subscribed = listening.subscribe(channel).catch((err: unknown) => {
    options.log.warn({ err }, 'The event channel could not be taken yet');
  });
  // Not longer: without Redis the process starts all the same, and takes the channel when Redis comes.
  await Promise.race([subscribed, new Promise((resolve) => setTimeout(resolve, startMs).unref())]);

  return {
    publish: async (events) => {
      if (events.length === 0) return;
      const pipeline = options.commands.pipeline();
      for (const event of events) pipeline.publish(channel, `${event.topic}\n${JSON.stringify(event)}`);
      const results = await pipeline.exec();
      const failure = results?.find(([error]) => error !== null)?.[0];
      if (failure) throw failure;
    },
    subscribe: listeners.subscribe,
    watch: listeners.watch,
    isCaughtUp: fence.isCaughtUp,
    close: async () => {
      listeners.close();
      listening.disconnect();
    },
  };
}

const startMs = 2_000;

const eventSchema = z.object({
  id: z.string(),
  topic: z.string(),
  companyId: z.string().nullable(),
  siteId: z.string().nullable(),
  key: z.string(),
  occurredAt: z.string(),
  payload: z.unknown(),
  traceparent: z.string().optional(),
});

function readEvent(text: string): DomainEvent | null {
  try {
    const { traceparent, ...event } = eventSchema.parse(JSON.parse(text));
    return traceparent === undefined ? event : { ...event, traceparent };
  } catch {
    return null;
  }
}
