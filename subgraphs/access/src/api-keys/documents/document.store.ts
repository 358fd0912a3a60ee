import type { Database } from '@cauce/shared/db/database';
import { z } from 'zod';

/** A document of a key, as it stands. */
export interface DocumentRow {
  readonly keyId: string;
  readonly hash: string;
  readonly text: string;
  readonly operations: readonly string[];
  readonly registeredAt: Date;
}

/** The documents of several keys, by the names of their operations. */
export async function findDocuments({ pool }: Database, keyIds: readonly string[]): Promise<DocumentRow[]> {
  const { rows } = await pool.query(
    `SELECT key_id::text AS "keyId", hash, text, operations, registered_at AS "registeredAt"
     FROM access.api_key_documents WHERE key_id = ANY($1::uuid[]) ORDER BY operations, hash`,
    [keyIds],
  );
  return z.array(rowSchema).parse(rows);
}

const rowSchema = z.object({
  keyId: z.string(),
  hash: z.string(),
  text: z.string(),
  operations: z.array(z.string()),
  registeredAt: z.date(),
});
