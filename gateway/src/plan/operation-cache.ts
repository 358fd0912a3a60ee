import { LRUCache } from 'lru-cache';

/** What a cached thing weighs, and how much may be held; so that neither many nor large operations fill memory. */
export interface OperationCacheLimits {
  readonly maxOperations: number;
  /** Sum of the lengths of the operations' texts. */
  readonly maxCharacters: number;
}

export const defaultCacheLimits: OperationCacheLimits = { maxOperations: 2_000, maxCharacters: 8_000_000 };

/** Remembers what was worked out for an operation: parsed, validated, planned, compiled. */
export interface OperationCache<Value extends object> {
  /** `key` names the text (itself or its hash); `weight` is the length of the text. */
  get(key: string, operationName: string | null, weight: number, create: () => Value): Value;
  /** Everything remembered, the latest used first. */
  values(): Iterable<Value>;
  clear(): void;
  readonly size: number;
}

export function createOperationCache<Value extends object>(
  limits: OperationCacheLimits = defaultCacheLimits,
): OperationCache<Value> {
  const cache = new LRUCache<string, Value>({
    max: limits.maxOperations,
    maxSize: limits.maxCharacters,
    // One that is larger than all of the cache is not kept at all.
    maxEntrySize: limits.maxCharacters,
  });
  return {
    get(key, operationName, weight, create) {
      // A line break is in no operation name, so name and text cannot run into each other.
      const fullKey = operationName === null ? key : `${operationName}\n${key}`;
      const known = cache.get(fullKey);
      if (known !== undefined) return known;
      const value = create();
      cache.set(fullKey, value, { size: Math.max(1, weight) });
      return value;
    },
    values: () => cache.values(),
    clear: () => cache.clear(),
    get size() {
      return cache.size;
    },
  };
}
