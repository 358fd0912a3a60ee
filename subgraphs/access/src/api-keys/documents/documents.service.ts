import type { AuditActor } from '@cauce/shared/audit/audit';
import { createListLoader } from '@cauce/shared/db/create-loader';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { z } from 'zod';
import type { AccessDeps } from '../../access-deps.ts';
import type { ApiKeyRow } from '../api-key.store.ts';
import {
  createDocumentChanges,
  registerDocumentsSchema,
  registeredOnlySchema,
  removeDocumentsSchema,
} from './change-documents.ts';
import { type DocumentRow, findDocuments } from './document.store.ts';

/** What keys have registered, for one request; input comes as clients sent it. */
export interface KeyDocuments {
  of(keyId: string): Promise<readonly DocumentRow[]>;
  /** The texts by their hash, for the gateway. */
  manifest(keyId: unknown): Promise<Readonly<Record<string, string>>>;
  register(input: unknown): Promise<ApiKeyRow>;
  remove(input: unknown): Promise<ApiKeyRow>;
  setRegisteredOnly(input: unknown): Promise<ApiKeyRow>;
}

export function createKeyDocumentsMaker(deps: Pick<AccessDeps, 'db' | 'clock'>): (by: AuditActor) => KeyDocuments {
  const changes = createDocumentChanges(deps);
  return (by) => {
    const loader = createListLoader(
      (ids) => findDocuments(deps.db, ids),
      (row: DocumentRow) => row.keyId,
    );
    return {
      of: (keyId) => loader.load(keyId),
      async manifest(keyId) {
        const rows = await findDocuments(deps.db, [parseInput(z.uuid(), keyId)]);
        return Object.fromEntries(rows.map(({ hash, text }) => [hash, text]));
      },
      register: (input) => changes.register(parseInput(registerDocumentsSchema, input), by),
      remove: (input) => changes.remove(parseInput(removeDocumentsSchema, input), by),
      setRegisteredOnly: (input) => changes.setRegisteredOnly(parseInput(registeredOnlySchema, input), by),
    };
  };
}
