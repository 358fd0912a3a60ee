import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface ReachedAll {
  readonly text: string;
  /** When the first and the last of them had it, on the machine's clock. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Subscribers in a process of their own. */
export interface Crowd {
  /** The next event that all of them have. */
  next(): Promise<ReachedAll>;
  stop(): Promise<void>;
}

/** Opens the subscriptions and resolves when all of them are open. */
export async function gatherCrowd(url: string, count: number, accessToken: string, operation: string): Promise<Crowd> {
  const child = fork(new URL('subscribers.ts', import.meta.url), [url, String(count), accessToken, operation]);
  const messages: ReachedAll[] = [];
  const waiting: ((message: ReachedAll) => void)[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The subscribers ended with ${code}`)));
    child.on('message', (message: ReachedAll | { readonly ready: number } | { readonly lost: number }) => {
      if ('ready' in message) return resolve();
      if ('lost' in message) return reject(new Error(`A subscriber was cut off: ${message.lost}`));
      const taker = waiting.shift();
      if (taker === undefined) messages.push(message);
      else taker(message);
    });
  });
  await ready;
  return {
    next: () => {
      const message = messages.shift();
      if (message !== undefined) return Promise.resolve(message);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('An event did not reach all subscribers within 30 s')), 30_000);
        waiting.push((taken) => {
          clearTimeout(timer);
          resolve(taken);
        });
      });
    },
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
