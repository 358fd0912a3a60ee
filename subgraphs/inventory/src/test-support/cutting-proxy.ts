import { createConnection, createServer, type Socket } from 'node:net';

/** A network that may fail: passes bytes to a port of this machine until it is told to cut. */
export interface CuttingProxy {
  readonly port: number;
  /** Breaks every connection once so many more bytes have come back; none after that are broken. */
  cutAfter(bytes: number): void;
  /** Passes nothing on and closes nothing, as a firewall that forgot. */
  freeze(): void;
  stop(): Promise<void>;
}

export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let left: number | null = null;
  let isFrozen = false;
  const server = createServer((near) => {
    const far = createConnection(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
    }
    near.on('data', (bytes) => {
      if (!isFrozen) far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (isFrozen) return;
      if (left !== null) {
        left -= bytes.length;
        if (left < 0) {
          left = null;
          for (const socket of sockets) socket.destroy();
          return;
        }
      }
      near.write(bytes);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    cutAfter(bytes) {
      left = bytes;
    },
    freeze() {
      isFrozen = true;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
