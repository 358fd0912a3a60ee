import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, type GraphQLSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { root } from './run.ts';

/** What clients see of the composed graph: nothing inaccessible, nothing of federation. */
export function readApiSchema(file = 'gateway/supergraph.graphql'): GraphQLSchema {
  const supergraph = parse(readFileSync(join(root, file), 'utf8'));
  return lexicographicSortSchema(buildASTSchema(transformSupergraphToPublicSchema(supergraph)));
}

/** The same as text, in one order however it was composed. */
export function printApiSchema(schema: GraphQLSchema): string {
  return `${printSchema(schema)}\n`;
}
