import { LRUCache } from 'lru-cache';

export interface PersistedQueryLimits {
  readonly maxDocuments: number;
  /** Sum of the lengths of their texts. */
  readonly maxCharacters: number;
}

const defaultLimits: PersistedQueryLimits = { maxDocuments: 5_000, maxCharacters: 8_000_000 };

/** Texts that clients sent once with their hash, so that the hash alone is enough the next time. */
export interface PersistedQueries {
  find(hash: string): string | null;
  /** Only for texts that were valid and whose hash was checked. The least used one goes when there is no more room. */
  remember(hash: string, text: string): void;
  readonly size: number;
}

/**
 * Kept in this process and bounded: a hash that another gateway knows, or that was forgotten, is answered with "not
 * found", and the client sends the text again.
 */
export function createPersistedQueries(limits: PersistedQueryLimits = defaultLimits): PersistedQueries {
  const texts = new LRUCache<string, string>({
    max: limits.maxDocuments,
    maxSize: limits.maxCharacters,
    maxEntrySize: limits.maxCharacters,
    sizeCalculation: (text) => Math.max(1, text.length),
  });
  return {
    find: (hash) => texts.get(hash) ?? null,
    remember: (hash, text) => void texts.set(hash, text),
    get size() {
      return texts.size;
    },
  };
}
