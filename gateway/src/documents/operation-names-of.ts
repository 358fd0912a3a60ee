import { getOperationAST, parse } from 'graphql';
import type { DocumentManifest } from './manifest.ts';

/** The names of a manifest's operations. Throws when a text is no document. */
export function operationNamesOf(manifest: DocumentManifest): ReadonlySet<string> {
  const names = [...manifest.values()].map((text) => getOperationAST(parse(text, { noLocation: true }))?.name?.value);
  return new Set(names.filter((name) => name !== undefined));
}
