import { z } from 'zod';
import { documentHash, isDocumentHash } from './document-hash.ts';

/** Texts of documents by their hash. */
export type DocumentManifest = ReadonlyMap<string, string>;

const manifestSchema = z.record(z.string().refine(isDocumentHash, 'is no SHA-256'), z.string().min(1));

/** The same of its JSON text. */
export function parseManifest(json: string): DocumentManifest {
  return readManifest(JSON.parse(json));
}

/** Reads a manifest, `{ "<hash>": "<text>" }`. Throws when it is none, or when a text has another hash than it says. */
export function readManifest(raw: unknown): DocumentManifest {
  const entries = Object.entries(manifestSchema.parse(raw));
  for (const [hash, text] of entries) {
    if (documentHash(text) !== hash) throw new Error(`The document ${hash} was changed after it was registered`);
  }
  return new Map(entries);
}
