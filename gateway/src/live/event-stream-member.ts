import type { ServerResponse } from 'node:http';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { StreamMember } from '../streams/members.ts';
import { endEventStream } from './event-stream.ts';

const defaultHeartbeatMs = 12_000;
/** Bytes that may wait in one response before its client counts as too slow. */
const maxBufferedBytes = 4 * 1024 * 1024;
/** So long its code may take to reach it. */
const cutAfterMs = 5_000;

export interface EventStreamMember extends StreamMember {
  /** Sends the head, so that the client knows that the stream is open before the first event. */
  open(): void;
}

export interface EventStreamMemberOptions {
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, string>>;
  readonly metrics: Metrics;
  /** Between comments while nothing else is written. */
  readonly heartbeatMs?: number | undefined;
}

/** Writes a stream's frames as server-sent events in graphql-sse's distinct-connection mode, with their ids. */
export function createEventStreamMember(options: EventStreamMemberOptions): EventStreamMember {
  const { response, headers, metrics, heartbeatMs = defaultHeartbeatMs } = options;
  let isOpen = false;
  const open = () => {
    if (isOpen) return;
    isOpen = true;
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write(':\n\n');
    const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
    heartbeat.unref();
    response.once('close', () => clearInterval(heartbeat));
  };
  return {
    open,
    next({ eventStream }) {
      open();
      if (response.writableEnded || response.destroyed) return;
      if (response.writableLength <= maxBufferedBytes) return void response.write(eventStream);
      metrics.count('cauce_live_slow_consumers_total', 'Live connections ended because the client read too slowly');
      endEventStream(response, 'SLOW_CONSUMER');
      setTimeout(() => response.destroy(), cutAfterMs).unref();
    },
    end() {
      open();
      if (!response.writableEnded) response.end('event: complete\ndata: \n\n');
    },
  };
}
