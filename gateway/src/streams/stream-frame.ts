import type { FormattedExecutionResult } from 'graphql';
import { type EventId, formatEventId } from './event-id.ts';

/** One answer of a stream, written once for all the connections that take it. */
export interface StreamFrame {
  readonly number: number;
  readonly bytes: number;
  /** What follows the operation's id in a graphql-ws `next` message, to its end. */
  readonly webSocket: Buffer;
  /** The whole server-sent event. */
  readonly eventStream: Buffer;
}

/** Every payload carries the id of its event in `extensions.eventId`; a server-sent event also as its `id`. */
export function createFrame(id: EventId, result: FormattedExecutionResult): StreamFrame {
  const eventId = formatEventId(id);
  const payload = JSON.stringify({ ...result, extensions: { ...result.extensions, eventId } });
  const webSocket = Buffer.from(`,"type":"next","payload":${payload}}`);
  let eventStream: Buffer | null = null;
  return {
    number: id.number,
    bytes: webSocket.length,
    webSocket,
    get eventStream() {
      // Most streams have readers of one kind only.
      eventStream ??= Buffer.from(`id: ${eventId}\nevent: next\ndata: ${payload}\n\n`);
      return eventStream;
    },
  };
}
