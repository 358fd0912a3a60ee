import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

export const schemaFolder = join(import.meta.dirname, 'schema');

/** The Prisma schema, a file or more for each subgraph, ordered by name. */
export async function readSchemaFiles(): Promise<SchemaFile[]> {
  const names = (await readdir(schemaFolder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(schemaFolder, name);
      return { path, content: await readFile(path, 'utf8') };
    }),
  );
}
