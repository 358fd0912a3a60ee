import { readdirSync, readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { type RestOperation, readOperation } from './rest-operation.ts';

const folder = new URL('operations/', import.meta.url);
const ending = '.graphql';

/** The operation files, read and held against a graph. Throws one sentence about the first that does not fit. */
export function loadOperations(schema: GraphQLSchema): ReadonlyMap<string, RestOperation> {
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => {
        const name = file.slice(0, -ending.length);
        return [name, readOperation(name, readFileSync(new URL(file, folder), 'utf8'), schema)] as const;
      }),
  );
}
