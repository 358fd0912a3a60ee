import { existsSync, readFileSync } from 'node:fs';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';
import type { EventBus } from '@cauce/shared/events/event-bus';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import type { Transport } from '../transports/transport.ts';
import { createAccessDocuments } from './access-documents.ts';
import { createKeyDocuments } from './key-documents.ts';
import { type DocumentManifest, parseManifest } from './manifest.ts';
import { createPersistedQueries } from './persisted-queries.ts';
import type { DocumentDeps } from './resolve-document.ts';
import { createTrustedDocuments, noTrustedDocuments } from './trusted-documents.ts';

/** Written when the web app's documents are generated, and committed beside the supergraph. */
const webManifest = new URL('../../trusted-documents.json', import.meta.url);

/** The web app's documents; none before they were generated. Throws when the manifest is damaged. */
export function readWebDocuments(): DocumentManifest {
  return existsSync(webManifest) ? parseManifest(readFileSync(webManifest, 'utf8')) : new Map();
}

export interface PlatformDocumentsOptions {
  readonly env: Pick<PlatformEnv, 'trustedDocuments'>;
  readonly web: DocumentManifest;
  readonly access: Transport;
  readonly bus: Pick<EventBus, 'watch'>;
}

/** Which documents this process answers: the web app's, those of keys, and as the environment says any other. */
export function createPlatformDocuments(options: PlatformDocumentsOptions): DocumentDeps & { readonly stop: Stop } {
  const { env, web, access, bus } = options;
  const keys = createKeyDocuments({ load: createAccessDocuments(access), bus });
  return {
    policy: env.trustedDocuments,
    trusted: createTrustedDocuments({ web, ofKey: keys.of }),
    persisted: createPersistedQueries(),
    stop: keys.stop,
  };
}

/** For a graph that stands alone: every document, remembered by its hash when a client asks for it. */
export function createOpenDocuments(): DocumentDeps {
  return { policy: 'open', trusted: noTrustedDocuments, persisted: createPersistedQueries() };
}
