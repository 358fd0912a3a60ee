/** A value that is looked for, and what it was made from. */
export interface SharedKey {
  readonly key: string;
  readonly tags: readonly string[];
}

export interface SharedRead {
  /** What is kept, as long as none of its tags has been renewed since; null for nothing. */
  readonly text: string | null;
  /** What a value that is loaded from now on may be kept under; null when it may not be kept. */
  readonly stamp: string | null;
}

export interface SharedValue {
  readonly key: string;
  /** As it was read before the value was loaded. */
  readonly stamp: string;
  readonly text: string;
  readonly ttlMs: number;
}

/**
 * Values that all processes share, in batches. A value is kept under the tokens that its tags had before it was loaded;
 * a renewed token hides it, and also what is still being loaded. It may forget at any moment, and never throws.
 */
export interface SharedValues {
  /** One round trip for all of them; null when nothing can be known now. */
  read(wanted: readonly SharedKey[]): Promise<readonly SharedRead[] | null>;
  write(values: readonly SharedValue[]): void;
  /**
   * From this call on this process reads nothing that was made before, also while the renewal is still on its way. Of
   * several processes that renew for one event the first does it for all. `*` is a tag of everything.
   */
  renew(eventId: string | null, tags: readonly string[]): void;
}
