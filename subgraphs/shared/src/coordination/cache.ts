export interface CacheOptions {
  readonly ttlMs: number;
  /** What the value was made from: `user:<id>`. Invalidating one of them makes it be loaded again. */
  readonly tags?: readonly string[];
}

/** A cache that may forget at any moment. Memory or Redis decides only how far a value is shared. */
export interface Cache {
  /**
   * The cached value, or what `load` gives; concurrent callers of one key share one load. Values are plain JSON: the
   * answer is what JSON makes of it, the first time as well. `load`'s error is the caller's; the cache itself never
   * throws, and without Redis it loads every time.
   */
  getOrSet<Value>(key: string, options: CacheOptions, load: () => Promise<Value>): Promise<Value>;
  /** After it has answered, no value made before is given again, not even one that is being loaded right now. */
  invalidateTags(tags: readonly string[]): Promise<void>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
