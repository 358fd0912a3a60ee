import type { PoolClient } from 'pg';

/** Connections over which batches are written side by side. */
export interface Lanes {
  /** Waits for a free lane and has it do the work. @throws what work before it failed with */
  give(work: (client: PoolClient) => Promise<void>): Promise<void>;
  /** Waits for all that was given. @throws what any of it failed with */
  settled(): Promise<void>;
  /** Does one thing while no other is done. */
  alone<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value>;
  /** Waits for what is under way and gives the connections back: to be used again, or to be closed. */
  close(isWell: boolean): Promise<void>;
}

/**
 * Opens a lane when there is work for it: what changes little takes one connection.
 * @param open connects and makes ready
 */
export function createLanes(open: () => Promise<PoolClient>, most: number): Lanes {
  const clients: PoolClient[] = [];
  const free: PoolClient[] = [];
  const busy = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;

  const check = () => {
    if (failure !== null) throw failure.error;
  };
  const take = async (): Promise<PoolClient> => {
    for (;;) {
      check();
      const client = free.pop();
      if (client !== undefined) return client;
      if (clients.length < most) {
        const opened = await open();
        clients.push(opened);
        return opened;
      }
      await Promise.race(busy);
    }
  };
  const settled = async () => {
    await Promise.all(busy);
    check();
  };
  return {
    settled,
    async give(work) {
      const client = await take();
      const working: Promise<void> = work(client)
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          busy.delete(working);
          free.push(client);
        });
      busy.add(working);
    },
    async alone(work) {
      await settled();
      const client = await take();
      try {
        return await work(client);
      } finally {
        free.push(client);
      }
    },
    async close(isWell) {
      await Promise.all(busy);
      // A session that was left inside a transaction is not given to the next.
      for (const client of clients) client.release(!isWell);
    },
  };
}
