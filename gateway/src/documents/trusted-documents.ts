import type { Viewer } from '@cauce/shared/auth/viewer';
import type { DocumentManifest } from './manifest.ts';

/** Documents that were registered before anybody sent them, by their hash. */
export interface TrustedDocuments {
  /** The text, when it is one of this viewer's: an API key has its own alone, everybody else the web app's. */
  find(hash: string, viewer: Viewer): Promise<string | null>;
}

export interface TrustedDocumentsOptions {
  /** What the web app was built with. */
  readonly web: DocumentManifest;
  /** What a key has registered; rejects when that cannot be known now. */
  readonly ofKey: (keyId: string) => Promise<DocumentManifest>;
}

/** For a graph that nobody registered anything for. */
export const noTrustedDocuments: TrustedDocuments = { find: async () => null };

export function createTrustedDocuments({ web, ofKey }: TrustedDocumentsOptions): TrustedDocuments {
  return {
    async find(hash, viewer) {
      const manifest = viewer.kind === 'apiKey' ? await ofKey(viewer.id) : web;
      return manifest.get(hash) ?? null;
    },
  };
}
