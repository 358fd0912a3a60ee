import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { defineTopic } from '@cauce/shared/events/domain-event';
import { appendEvents } from '@cauce/shared/events/outbox';
import { z } from 'zod';
import type { AccessDeps } from '../../access-deps.ts';
import { idInput } from '../../id-input.ts';
import { announceViewerChange } from '../../viewers/viewer-changed.ts';
import { type ApiKeyRow, visibleApiKeys, withoutHash } from '../api-key.store.ts';
import { documentLimits, type NewDocument, readDocument } from './read-document.ts';

export const registerDocumentsSchema = z.object({
  keyId: idInput,
  documents: z
    .array(
      z
        .string()
        .min(1)
        .max(documentLimits.characters)
        .refine((text) => !text.includes('\0'), 'has a zero in it'),
    )
    .min(1)
    .max(documentLimits.documentsAtOnce),
});
export const removeDocumentsSchema = z.object({
  keyId: idInput,
  hashes: z
    .array(z.string().regex(/^[\da-f]{64}$/, 'is no SHA-256 in hexadecimal digits'))
    .min(1)
    .max(documentLimits.documents),
});
export const registeredOnlySchema = z.object({ keyId: idInput, registeredOnly: z.boolean() });

/**
 * Changes what a key has registered. For the person whose key it is, or who manages access and sees them; a key that
 * registered documents by itself would be held by nothing. All throw `NotFound` for a key that who asks may not know
 * of, and `Conflict` (`KEY_ENDED`) for one that is no longer good.
 */
export interface DocumentChanges {
  /** What is registered already stays as it is. Throws `ValidationFailed`, and `Conflict` (`TOO_MANY_DOCUMENTS`). */
  register(input: z.output<typeof registerDocumentsSchema>, by: AuditActor): Promise<ApiKeyRow>;
  /** Hashes that are not registered are passed over. Ends the key's streams, which may be of what is removed. */
  remove(input: z.output<typeof removeDocumentsSchema>, by: AuditActor): Promise<ApiKeyRow>;
  /** Ends the key's streams when it changes anything. */
  setRegisteredOnly(input: z.output<typeof registeredOnlySchema>, by: AuditActor): Promise<ApiKeyRow>;
}

/** The documents of a key came or went, so that gateways read them anew. Nobody else's business. */
const documentsChanged = defineTopic<{ readonly keyId: string }>('access.apiKeyDocumentsChanged');

export function createDocumentChanges({ db, clock }: Pick<AccessDeps, 'db' | 'clock'>): DocumentChanges {
  const change = (
    keyId: string,
    by: AuditActor,
    work: (tx: DatabaseTransaction, key: ApiKeyRow, now: Date) => Promise<ApiKeyRow>,
  ): Promise<ApiKeyRow> => {
    if (by.viewer.kind !== 'user') throw new AppError('FORBIDDEN', 'Only a person changes the documents of a key');
    return db.client.$transaction(async (tx) => {
      const ids = onlyUuids([keyId]);
      // One at a time, and read behind the lock: the limits hold for what two people register side by side.
      await tx.$queryRaw`SELECT 1 FROM access.api_keys WHERE id = ANY(${ids}::uuid[]) FOR UPDATE`;
      const where = { AND: [{ id: { in: ids } }, visibleApiKeys(by.viewer)] };
      const key = await tx.apiKey.findFirst({ where, omit: withoutHash });
      if (key === null) throw new NotFound('ApiKey');
      const now = clock.now();
      if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now))
        throw new Conflict('KEY_ENDED', 'The key has ended');
      return work(tx, key, now);
    });
  };
  const announce = (tx: DatabaseTransaction, keyId: string, now: Date) =>
    appendEvents(tx, [
      { topic: documentsChanged, companyId: null, siteId: null, key: keyId, occurredAt: now, payload: { keyId } },
    ]);

  return {
    async register({ keyId, documents }, by) {
      const given = readAll(documents);
      return change(keyId, by, async (tx, key, now) => {
        const before = await tx.apiKeyDocument.findMany({
          where: { keyId: key.id },
          select: { hash: true, text: true },
        });
        const fresh = given.filter(({ hash }) => !before.some((known) => known.hash === hash));
        const all = [...before, ...fresh];
        if (
          all.length > documentLimits.documents ||
          all.reduce((sum, { text }) => sum + text.length, 0) > documentLimits.charactersOfKey
        ) {
          const { documents: most, charactersOfKey } = documentLimits;
          throw new Conflict(
            'TOO_MANY_DOCUMENTS',
            `A key has at most ${most} documents of ${charactersOfKey} characters`,
          );
        }
        if (fresh.length === 0) return key;
        await tx.apiKeyDocument.createMany({
          data: fresh.map(({ operations, ...document }) => ({
            ...{ ...document, operations: [...operations] },
            ...{ keyId: key.id, registeredAt: now },
          })),
        });
        await announce(tx, key.id, now);
        const after = { registered: fresh.map(({ hash, operations }) => ({ hash, operations })) };
        await recordAudit(tx, by, { ...subject('registerApiKeyDocuments', key), after });
        return key;
      });
    },
    remove: ({ keyId, hashes }, by) =>
      change(keyId, by, async (tx, key, now) => {
        const where = { keyId: key.id, hash: { in: hashes } };
        const removed = await tx.apiKeyDocument.findMany({ where, select: { hash: true, operations: true } });
        if (removed.length === 0) return key;
        await tx.apiKeyDocument.deleteMany({ where });
        await announce(tx, key.id, now);
        await announceViewerChange(tx, now, { userId: key.userId, keyId: key.id });
        await recordAudit(tx, by, { ...subject('removeApiKeyDocuments', key), before: { removed } });
        return key;
      }),
    setRegisteredOnly: ({ keyId, registeredOnly }, by) =>
      change(keyId, by, async (tx, key, now) => {
        const { count } = await tx.apiKey.updateMany({
          where: { id: key.id, registeredOnly: !registeredOnly },
          data: { registeredOnly },
        });
        const after = { ...key, registeredOnly };
        if (count === 0) return after;
        await announceViewerChange(tx, now, { userId: key.userId, keyId: key.id });
        const before = { ...key, registeredOnly: !registeredOnly };
        await recordAudit(tx, by, { ...subject('setApiKeyRegisteredOnly', key), before, after });
        return after;
      }),
  };
}

/** Each text once. Throws `ValidationFailed`, naming every one that is no document. */
function readAll(texts: readonly string[]): readonly NewDocument[] {
  const read = texts.map(readDocument);
  const failures = read.flatMap((one, at) =>
    typeof one === 'string' ? [{ path: `documents.${at}`, code: 'NO_DOCUMENT', message: one }] : [],
  );
  if (failures.length > 0) throw new ValidationFailed(failures);
  const documents = read.filter((one) => typeof one !== 'string');
  return [...new Map(documents.map((document) => [document.hash, document])).values()];
}

function subject(action: string, { id }: ApiKeyRow) {
  return { action: `access.${action}`, entityType: 'ApiKey', entityId: id };
}
