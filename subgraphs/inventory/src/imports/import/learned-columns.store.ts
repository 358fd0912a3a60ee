import { createHash } from 'node:crypto';
import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';
import { z } from 'zod';
import { fieldOfHeading, type ImportField, type ImportKind, importFields } from '../reading/headings.ts';
import { headingsKey, type LearnedColumns } from '../reading/learned-columns.ts';
import { plainWords } from '../reading/plain-words.ts';

/** A heading, and what a person said that it means. */
export interface MappedHeading {
  readonly heading: string;
  readonly field: ImportField | null;
}

/** More lines of headings than this a company does not have; the latest used are kept in mind. */
const mostLines = 500;

const storedSchema = z.array(z.object({ heading: z.string(), field: z.enum(importFields).nullable() }));

/** What a company's people have said of their headings. What two lines say differently of a word is no synonym. */
export async function learnedColumns(client: Database['client'], companyId: string): Promise<LearnedColumns> {
  const rows = await client.spreadsheetMapping.findMany({
    where: { companyId },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: mostLines,
  });
  const lines = new Map<string, readonly (ImportField | null)[]>();
  const meanings = new Map<string, Set<ImportField | null>>();
  for (const { columns } of rows) {
    const { data: line = [] } = storedSchema.safeParse(columns);
    lines.set(
      headingsKey(line.map(({ heading }) => heading)),
      line.map(({ field }) => field),
    );
    for (const { heading, field } of line) {
      if (fieldOfHeading(heading) !== null) continue;
      const word = plainWords(heading);
      meanings.set(word, (meanings.get(word) ?? new Set()).add(field));
    }
  }
  const synonyms = new Map<string, ImportField>();
  for (const [word, [field, ...others]] of meanings) {
    if (word !== '' && field != null && others.length === 0) synonyms.set(word, field);
  }
  return { lines, synonyms };
}

/** Keeps what a line of headings means to a company, in the place of what was said of it before. */
export async function learnHeadings(
  tx: DatabaseTransaction,
  { companyId, kind, line }: { readonly companyId: string; readonly kind: ImportKind; readonly line: MappedHeading[] },
): Promise<void> {
  const headerHash = createHash('sha256')
    .update(headingsKey(line.map(({ heading }) => heading)))
    .digest('hex');
  const columns = line.map(({ heading, field }) => ({ heading, field }));
  await tx.spreadsheetMapping.upsert({
    where: { companyId_headerHash: { companyId, headerHash } },
    create: { companyId, headerHash, kind, columns },
    update: { kind, columns, usedCount: { increment: 1 } },
  });
}
