import { E_LOCK_NOT_OWNED, type Lock, LockFactory } from '@verrou/core';
import type { LockStore } from '@verrou/core/types';
import type { Log } from '../log/log.ts';
import type { Locks } from './locks.ts';

/**
 * Locks on verrou, prolonged while the work runs, so that `ttlMs` is how long others wait for a holder that died and
 * not how long work may take. Without its store nobody holds a lock: the answer is `null` and the work is left.
 */
export function createLocks(options: { readonly store: LockStore; readonly prefix: string; readonly log: Log }): Locks {
  const factory = new LockFactory(options.store);
  return {
    tryRun: async (key, ttlMs, work) => {
      const lock = factory.createLock(`${options.prefix}:lock:${key}`, ttlMs);
      const isHeld = await lock.acquireImmediately().catch((err: unknown) => {
        options.log.warn({ err, lock: key }, 'A lock could not be asked for');
        return false;
      });
      if (!isHeld) return null;
      const loss = new AbortController();
      const renewal = setInterval(() => void renew(lock, loss), Math.max(5, ttlMs / 3));
      try {
        return { value: await work(loss.signal) };
      } finally {
        clearInterval(renewal);
        // Lost or out of reach: it ends by itself.
        await lock.release().catch(() => {});
      }
    },
    close: async () => {},
  };
}

/** The work is told when it has surely lost the lock: to somebody else, or because it could not be prolonged in time. */
async function renew(lock: Lock, loss: AbortController): Promise<void> {
  try {
    await lock.extend();
  } catch (err) {
    if (err instanceof E_LOCK_NOT_OWNED || lock.isExpired()) loss.abort(new Error('The lock was lost', { cause: err }));
  }
}
