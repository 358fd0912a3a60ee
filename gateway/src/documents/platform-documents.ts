import { existsSync, readFileSync } from 'node:fs';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';
import type { Log } from '@cauce/shared/log/log';
import { type DocumentManifest, parseManifest } from './manifest.ts';
import { operationNamesOf } from './operation-names-of.ts';
import { createPersistedQueries } from './persisted-queries.ts';
import type { DocumentDeps } from './resolve-document.ts';
import { createTrustedDocuments, noTrustedDocuments } from './trusted-documents.ts';

/** Written when the web app's documents are generated, and committed beside the supergraph. */
const webManifest = new URL('../../trusted-documents.json', import.meta.url);

export interface PlatformDocuments extends DocumentDeps {
  /** Of the web app's operations. */
  readonly operationNames: ReadonlySet<string>;
}

/** Which documents this process answers, as the environment says. Throws when the web app's manifest is damaged. */
export function createPlatformDocuments(env: PlatformEnv, log: Log): PlatformDocuments {
  const web: DocumentManifest = existsSync(webManifest) ? parseManifest(readFileSync(webManifest, 'utf8')) : new Map();
  return {
    policy: env.trustedDocuments,
    operationNames: operationNamesOf(web),
    trusted: createTrustedDocuments({
      web,
      partnersFolder: env.trustedDocumentsDir,
      reportUnreadable: (file, err) => log.error({ err, file }, "A partner's documents cannot be read"),
    }),
    persisted: createPersistedQueries(),
  };
}

/** For a graph that stands alone: every document, remembered by its hash when a client asks for it. */
export function createOpenDocuments(): DocumentDeps {
  return { policy: 'open', trusted: noTrustedDocuments, persisted: createPersistedQueries() };
}
