import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { OperationParams } from '../door/operation-params.ts';
import { documentHash, isDocumentHash } from './document-hash.ts';
import type { PersistedQueries } from './persisted-queries.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** `open`: whatever is sent, known documents also by hash. `only`: what was registered, and nothing else. */
export type DocumentPolicy = 'open' | 'only';

export interface DocumentDeps {
  readonly policy: DocumentPolicy;
  readonly trusted: TrustedDocuments;
  readonly persisted: PersistedQueries;
}

export interface ResolvedDocument {
  readonly text: string;
  /** Called when the document has turned out to be good: the client asked to have it remembered. */
  readonly remember: (() => void) | null;
}

/**
 * Finds the text of what a client asks to run: as it was sent, or by its hash, in `extensions.persistedQuery` as
 * Apollo's automatic persisted queries have it or in `documentId`. Throws what the client can do something about, with
 * its own code. A hash that is somebody else's is answered as one that is nobody's.
 */
export async function resolveDocument(
  { query, extensions, documentId }: OperationParams,
  viewer: Viewer,
  { policy, trusted, persisted }: DocumentDeps,
): Promise<ResolvedDocument> {
  const text = query === '' ? null : (query ?? null);
  const hash = readDocumentId(documentId, text) ?? readHash(extensions?.persistedQuery);
  const isOnly = policy === 'only' || viewer.registeredOnly === true;
  if (isOnly) return { text: await onlyTrusted(text, hash, viewer, trusted), remember: null };
  if (hash === null) {
    if (text === null) throw new AppError('BAD_REQUEST', 'The request needs a query, or the hash of one');
    return { text, remember: null };
  }
  if (text === null) return { text: await known(hash, viewer, trusted, persisted), remember: null };
  if (documentHash(text) !== hash) throw new AppError('BAD_REQUEST', 'The hash is not that of the query');
  // Nobody in particular could fill the memory of those who are somebody.
  if (viewer.kind === 'anonymous' || persisted.find(hash) !== null) return { text, remember: null };
  // What is remembered is there for everybody, and what a key registered is its own.
  const isOwn = viewer.kind === 'apiKey' && (await trusted.find(hash, viewer)) !== null;
  return { text, remember: isOwn ? null : () => persisted.remember(hash, text) };
}

async function known(
  hash: string,
  viewer: Viewer,
  trusted: TrustedDocuments,
  persisted: PersistedQueries,
): Promise<string> {
  const text = persisted.find(hash) ?? (await trusted.find(hash, viewer));
  // The message is the protocol's: clients look for it, and answer by sending the text.
  if (text === null) throw new AppError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
  return text;
}

async function onlyTrusted(
  text: string | null,
  hash: string | null,
  viewer: Viewer,
  trusted: TrustedDocuments,
): Promise<string> {
  if (text === null && hash === null) throw new AppError('BAD_REQUEST', 'The request needs the hash of a document');
  // What is registered is what counts, and the hash that is believed is the one made here.
  const found = await trusted.find(text === null ? (hash ?? '') : documentHash(text), viewer);
  if (found === null) throw new AppError('DOCUMENT_NOT_TRUSTED', 'Only registered documents are answered here');
  return found;
}

/** `sha256:<hash>`, or the hash alone, in the place of a query. */
function readDocumentId(given: unknown, text: string | null): string | null {
  if (given === undefined || given === null) return null;
  if (text !== null) throw new AppError('BAD_REQUEST', 'Send a query or a documentId, not both');
  const hash = typeof given === 'string' ? given.replace(/^sha256:/, '') : null;
  if (!isDocumentHash(hash)) throw new AppError('BAD_REQUEST', 'documentId is sha256: and 64 hexadecimal digits');
  return hash;
}

function readHash(given: unknown): string | null {
  if (given === undefined || given === null) return null;
  const { version, sha256Hash } = Object(given) as { readonly version?: unknown; readonly sha256Hash?: unknown };
  // Also the protocol's words.
  if (version !== 1) throw new AppError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  if (!isDocumentHash(sha256Hash)) throw new AppError('BAD_REQUEST', 'sha256Hash is not 64 hexadecimal digits');
  return sha256Hash;
}
