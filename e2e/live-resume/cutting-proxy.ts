import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A network between clients and a platform that breaks when it is told to. */
export interface CuttingProxy {
  /** Where clients connect in the platform's place. */
  readonly url: string;
  /** Breaks each open connection with this chance, in the middle of whatever is on its way. Answers how many. */
  cut(chance: number): number;
  /** While it is, nothing is connected and nothing can be. */
  isDown: boolean;
  stop(): Promise<void>;
}

export async function startCuttingProxy(platformUrl: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(platformUrl);
  const open = new Set<() => void>();
  let isDown = false;
  const server = createServer((near: Socket) => {
    if (isDown) return near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    const end = () => {
      open.delete(end);
      // Both ends see a reset, as when a router forgets a connection.
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    open.add(end);
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      from.pipe(to);
      from.on('error', end);
      from.on('close', () => open.delete(end));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut(chance) {
      const chosen = [...open].filter(() => Math.random() < chance);
      for (const end of chosen) end();
      return chosen.length;
    },
    get isDown() {
      return isDown;
    },
    set isDown(value) {
      isDown = value;
      if (isDown) for (const end of [...open]) end();
    },
    async stop() {
      for (const end of [...open]) end();
      server.close();
      await once(server, 'close');
    },
  };
}
