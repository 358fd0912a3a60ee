import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { WebSocket } from 'ws';
import type { StreamMember } from '../streams/members.ts';
import { closeCodes } from './close-codes.ts';

/** Bytes that may wait in one socket before its client counts as too slow. */
const maxBufferedBytes = 4 * 1024 * 1024;
/** So long its code may take to reach it. */
const cutAfterMs = 5_000;

/** Writes a stream's frames into a WebSocket as the answers of one operation: only the operation's id is its own. */
export function createSocketMember(
  socket: WebSocket,
  operationId: string,
  metrics: Metrics,
  onEnd: () => void,
): StreamMember {
  const head = Buffer.from(`{"id":${JSON.stringify(operationId)}`);
  return {
    next({ webSocket }) {
      if (socket.readyState !== socket.OPEN || endIfSlow(socket, metrics)) return;
      socket.send(Buffer.concat([head, webSocket], head.length + webSocket.length), { binary: false });
    },
    end: onEnd,
  };
}

/** Cuts off a client that does not read what it is sent; true when it did. */
export function endIfSlow(socket: WebSocket, metrics: Metrics): boolean {
  if (socket.bufferedAmount <= maxBufferedBytes) return false;
  metrics.count('cauce_live_slow_consumers_total', 'Live connections ended because the client read too slowly');
  // close() would wait behind what is already buffered; the client is not reading, so give it a moment and cut.
  socket.close(closeCodes.slowConsumer, 'SLOW_CONSUMER');
  setTimeout(() => socket.terminate(), cutAfterMs).unref();
  return true;
}
