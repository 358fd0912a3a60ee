import { LRUCache } from 'lru-cache';

/** Work that brings values to keep, and when it began among the changes that were heard of. */
export interface Load {
  readonly began: number;
}

/** What is kept in the memory of this process, as JSON text under keys, each with the tags of what it was made from. */
export interface KeptValues {
  get(key: string): string | undefined;
  /** Must be called before anything is read that may be kept, and its end told. */
  begin(): Load;
  end(load: Load): void;
  /** Whether nothing with one of these tags has changed since the load began. */
  isFresh(load: Load, tags: readonly string[]): boolean;
  /** Keeps a value, unless something it was made from has changed since its load began. */
  put(load: Load, value: NewValue): void;
  /** From now on nothing is given that was read, or begun to be read, before, and has one of these tags. */
  invalidate(tags: readonly string[]): void;
  clear(): void;
  readonly bytes: number;
  readonly count: number;
}

export interface NewValue {
  readonly key: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly maxAgeMs: number;
}

interface Kept {
  readonly text: string;
  readonly tags: readonly string[];
}

/** Changes remembered for the loads under way; more than that, and these loads keep nothing. */
const maxChanges = 10_000;
/** What an entry costs beside its texts, roughly. */
const entryBytes = 400;

/** @param maxBytes the least recently used go first beyond it */
export function createKeptValues(maxBytes: number): KeptValues {
  const byTag = new Map<string, Set<string>>();
  const changedAt = new Map<string, number>();
  let changes = 0;
  let clearedAt = 0;
  let loads = 0;

  const values = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: ({ text }, key) => text.length + key.length + entryBytes,
    dispose: ({ tags }, key) => {
      for (const tag of tags) {
        const keys = byTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) byTag.delete(tag);
      }
    },
  });
  const isFresh = ({ began }: Load, tags: readonly string[]) =>
    began >= clearedAt && tags.every((tag) => (changedAt.get(tag) ?? 0) <= began);
  const clear = () => {
    changes += 1;
    clearedAt = changes;
    changedAt.clear();
    values.clear();
  };

  return {
    get: (key) => values.get(key)?.text,
    begin() {
      loads += 1;
      return { began: changes };
    },
    end() {
      loads -= 1;
      if (loads === 0) changedAt.clear();
    },
    isFresh,
    put(load, { key, text, tags, maxAgeMs }) {
      if (!isFresh(load, tags)) return;
      values.set(key, { text, tags }, { ttl: maxAgeMs });
      // Not when it was too large to keep.
      if (!values.has(key)) return;
      for (const tag of tags) {
        const keys = byTag.get(tag);
        if (keys === undefined) byTag.set(tag, new Set([key]));
        else keys.add(key);
      }
    },
    invalidate(tags) {
      changes += 1;
      for (const tag of tags) {
        for (const key of [...(byTag.get(tag) ?? [])]) values.delete(key);
        if (loads > 0) changedAt.set(tag, changes);
      }
      if (changedAt.size <= maxChanges) return;
      clearedAt = changes;
      changedAt.clear();
    },
    clear,
    get bytes() {
      return values.calculatedSize;
    },
    get count() {
      return values.size;
    },
  };
}
