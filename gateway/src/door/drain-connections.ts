import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const sweepMs = 50;

/**
 * Lets a server that is closing be closed: connections go as soon as their answer is out. Without it the server would
 * wait until clients let go of those they keep, and of those that browsers open ahead of need and never use.
 * The returned function begins; what that returns ends it.
 */
export function drainConnections(server: Server): () => () => void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    const sweep = () => {
      server.closeIdleConnections();
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    };
    sweep();
    const timer = setInterval(sweep, sweepMs);
    return () => clearInterval(timer);
  };
}
