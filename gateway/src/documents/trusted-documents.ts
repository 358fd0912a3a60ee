import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { LRUCache } from 'lru-cache';
import { type DocumentManifest, parseManifest } from './manifest.ts';

/** Documents that were registered before anybody sent them, by their hash. */
export interface TrustedDocuments {
  /** The text, when this viewer may use the document: the web app's are everybody's, a partner's its key's alone. */
  find(hash: string, viewer: Viewer): Promise<string | null>;
}

export interface TrustedDocumentsOptions {
  /** What the web app was built with. */
  readonly web: DocumentManifest;
  /** Holds `<id of an API key>.json` for each partner who registered documents; null when no partner did. */
  readonly partnersFolder: string | null;
  /** A file that could not be read is as good as none, and worth a line in the log. */
  readonly reportUnreadable: (file: string, cause: unknown) => void;
}

/** For a graph that nobody registered anything for. */
export const noTrustedDocuments: TrustedDocuments = { find: async () => null };

/** A partner's file is read again after this long. */
const rememberedMs = 30_000;
const isKeyId = /^[\w-]{1,64}$/;
const none: DocumentManifest = new Map();

export function createTrustedDocuments(options: TrustedDocumentsOptions): TrustedDocuments {
  const { web, partnersFolder, reportUnreadable } = options;
  const partners = new LRUCache<string, Promise<DocumentManifest>>({ max: 1_000, ttl: rememberedMs });

  const read = async (folder: string, keyId: string): Promise<DocumentManifest> => {
    const file = join(folder, `${keyId}.json`);
    try {
      return parseManifest(await readFile(file, 'utf8'));
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) reportUnreadable(file, error);
      return none;
    }
  };
  const ofPartner = (folder: string, keyId: string): Promise<DocumentManifest> => {
    const known = partners.get(keyId);
    if (known !== undefined) return known;
    const reading = read(folder, keyId);
    partners.set(keyId, reading);
    return reading;
  };

  return {
    async find(hash, viewer) {
      const text = web.get(hash);
      if (text !== undefined) return text;
      if (viewer.kind !== 'apiKey' || partnersFolder === null || !isKeyId.test(viewer.id)) return null;
      return (await ofPartner(partnersFolder, viewer.id)).get(hash) ?? null;
    },
  };
}
