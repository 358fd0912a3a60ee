import type { EventBus } from '@cauce/shared/events/event-bus';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import { LRUCache } from 'lru-cache';
import type { DocumentManifest } from './manifest.ts';

/** What API keys have registered. */
export interface KeyDocuments {
  /** Rejects when it cannot be known now: "unknown" is said only of what is. */
  of(keyId: string): Promise<DocumentManifest>;
  stop: Stop;
}

export interface KeyDocumentsOptions {
  /** Reads a key's documents where they are kept. */
  readonly load: (keyId: string) => Promise<DocumentManifest>;
  readonly bus: Pick<EventBus, 'watch'>;
  /** Default 15,000. */
  readonly rememberedMs?: number;
}

const topic = 'access.apiKeyDocumentsChanged';
/** Read again after this long, even when no change was heard of. */
const defaultRememberedMs = 15_000;
const maxCharacters = 32_000_000;
/** What a key costs beside its texts, roughly. */
const keyCharacters = 200;

/** Remembers what keys registered until an event says that it changed; failures never. */
export function createKeyDocuments({ load, bus, rememberedMs }: KeyDocumentsOptions): KeyDocuments {
  const known = new LRUCache<string, DocumentManifest>({
    maxSize: maxCharacters,
    ttl: rememberedMs ?? defaultRememberedMs,
    sizeCalculation: (manifest) => [...manifest.values()].reduce((sum, { length }) => sum + length, keyCharacters),
  });
  const loading = new Map<string, Promise<DocumentManifest>>();
  const forget = (keyId: string) => {
    known.delete(keyId);
    // What is being read may be from before the change.
    loading.delete(keyId);
  };
  const unwatch = bus.watch({
    follows: (name) => name === topic,
    event: ({ key }) => forget(key),
    gap() {
      known.clear();
      loading.clear();
    },
  });
  const read = (keyId: string): Promise<DocumentManifest> => {
    const reading = load(keyId);
    loading.set(keyId, reading);
    const ended = () => {
      if (loading.get(keyId) !== reading) return false;
      loading.delete(keyId);
      return true;
    };
    reading.then(
      (manifest) => {
        if (ended()) known.set(keyId, manifest);
      },
      () => ended(),
    );
    return reading;
  };
  return {
    of: async (keyId) => known.get(keyId) ?? loading.get(keyId) ?? read(keyId),
    async stop() {
      unwatch();
      known.clear();
    },
  };
}
