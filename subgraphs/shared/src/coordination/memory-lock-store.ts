import { E_LOCK_NOT_OWNED } from '@verrou/core';
import type { LockStore } from '@verrou/core/types';

/**
 * Locks of one process. Instead of verrou's own memory store, in which a lock taken over after its time ran out still
 * belongs to the one who lost it: that one could then release it, and the new holder could not.
 */
export function createMemoryLockStore(): LockStore {
  const held = new Map<string, { readonly owner: string; readonly untilMs: number }>();
  const holder = (key: string): string | null => {
    const lock = held.get(key);
    if (lock && lock.untilMs > performance.now()) return lock.owner;
    held.delete(key);
    return null;
  };
  const mustOwn = (key: string, owner: string): void => {
    if (holder(key) !== owner) throw new E_LOCK_NOT_OWNED();
  };
  const take = (key: string, owner: string, ttlMs: number | null): void => {
    held.set(key, { owner, untilMs: performance.now() + (ttlMs ?? Number.POSITIVE_INFINITY) });
  };
  return {
    save: async (key, owner, ttlMs) => {
      if (holder(key) !== null) return false;
      take(key, owner, ttlMs);
      return true;
    },
    extend: async (key, owner, durationMs) => {
      mustOwn(key, owner);
      take(key, owner, durationMs);
    },
    delete: async (key, owner) => {
      mustOwn(key, owner);
      held.delete(key);
    },
    forceDelete: async (key) => {
      held.delete(key);
    },
    exists: async (key) => holder(key) !== null,
  };
}
