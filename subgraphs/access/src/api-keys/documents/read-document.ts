import { createHash } from 'node:crypto';
import { GraphQLError, Kind, parse } from 'graphql';

/** A GraphQL document as a key registers it. */
export interface NewDocument {
  /** SHA-256 of the text in UTF-8, hex: the name by which programs send it. */
  readonly hash: string;
  readonly text: string;
  readonly operations: readonly string[];
}

export const documentLimits = {
  /** Of one key. */
  documents: 100,
  /** In one call. */
  documentsAtOnce: 50,
  /** Of one document. */
  characters: 20_000,
  /** Of all documents of one key. */
  charactersOfKey: 500_000,
  tokens: 4_000,
} as const;

/**
 * Reads a document that is to be registered. A text, not a document, when it is none: what is wrong with it. Whether
 * it fits the graph is known to the gateway alone, which looks before the text comes here.
 */
export function readDocument(text: string): NewDocument | string {
  const operations: string[] = [];
  try {
    for (const definition of parse(text, { noLocation: true, maxTokens: documentLimits.tokens }).definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) continue;
      if (definition.kind !== Kind.OPERATION_DEFINITION)
        return 'holds something that is neither operation nor fragment';
      if (definition.name === undefined) return 'has an operation without a name';
      operations.push(definition.name.value);
    }
  } catch (error) {
    if (error instanceof GraphQLError) return `is no GraphQL document: ${error.message}`;
    throw error;
  }
  if (operations.length === 0) return 'has no operation';
  return { hash: createHash('sha256').update(text).digest('hex'), text, operations };
}
