import type { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { z } from 'zod';

/** What is kept of a request, so that its repetition gets the same answer. */
export interface BatchRecord {
  readonly requestId: string;
  /** Tells a repeated request from another one under the same id. */
  readonly contentHash: string;
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: readonly { readonly id: string; readonly reason: string }[];
}

/** Holds the request's key until the end of the transaction: the same one, sent twice at once, is worked one by one. */
export async function lockBatch(tx: DatabaseTransaction, messageKey: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`telemetry.ingest:${messageKey}`}, 0))`;
}

export async function findBatch(tx: DatabaseTransaction, messageKey: string): Promise<BatchRecord | null> {
  const row = await tx.ingestBatch.findUnique({ where: { messageKey } });
  if (row === null) return null;
  const { contentHash, requestId, rejections } = problemsSchema.parse(row.problems);
  const { readings: received, stored, duplicates, conflicts } = row;
  return { requestId, contentHash, received, stored, duplicates, conflicts, rejected: rejections };
}

export async function insertBatch(
  tx: DatabaseTransaction,
  messageKey: string,
  record: BatchRecord,
  companyId: string | null,
  now: Date,
): Promise<void> {
  const { requestId, contentHash, received, stored, duplicates, conflicts, rejected } = record;
  const problems: z.input<typeof problemsSchema> = { requestId, contentHash, rejections: [...rejected] };
  const data: Prisma.IngestBatchUncheckedCreateInput = {
    ...{ messageKey, companyId, stored, duplicates, conflicts },
    origin: 'http',
    status: rejected.length === 0 ? 'PROCESSED' : 'PARTIAL',
    readings: received,
    rejected: rejected.length,
    problems,
    receivedAt: now,
    processedAt: now,
  };
  await tx.ingestBatch.create({ data });
}

const problemsSchema = z.object({
  requestId: z.string(),
  contentHash: z.string(),
  rejections: z.array(z.object({ id: z.string(), reason: z.string() })),
});
