/** A cache that may forget at any moment. Memory or Redis decides only how far a value is shared. */
export interface Cache {
  /** The cached value, or what `load` gives; concurrent callers of one key share one load. */
  getOrSet<Value>(
    key: string,
    options: { readonly ttlMs: number; readonly tags?: readonly string[] },
    load: () => Promise<Value>,
  ): Promise<Value>;
  invalidateTags(tags: readonly string[]): Promise<void>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
