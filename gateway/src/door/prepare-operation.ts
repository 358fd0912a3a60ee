import { AppError } from '@cauce/shared/errors/app-error';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { checkOperation, maxTokens, type OperationLimits } from '../limits/operation-limits.ts';

/** What a client asks to run over a live connection. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly kind: 'query' | 'mutation' | 'subscription';
}

export interface OperationPreparer {
  /** Parses, validates and measures; throws a GraphQLError with its code, or an array of validation errors. */
  prepare(request: OperationRequest): PreparedOperation | readonly GraphQLError[];
}

/** The checks that Apollo Server makes for HTTP, for the live doors, which do not pass through it. */
export function createOperationPreparer(
  currentSchema: () => GraphQLSchema,
  limits: OperationLimits,
  isIntrospectionAllowed: boolean,
): OperationPreparer {
  const rules = isIntrospectionAllowed ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const prepared = new LRUCache<
    string,
    { schema: GraphQLSchema; document: DocumentNode; errors: readonly GraphQLError[] }
  >({
    max: 1_000,
  });
  const validated = (query: string) => {
    const schema = currentSchema();
    const known = prepared.get(query);
    if (known?.schema === schema) return known;
    const document = parse(query, { maxTokens });
    const entry = { schema, document, errors: validate(schema, document, rules) };
    prepared.set(query, entry);
    return entry;
  };
  return {
    prepare({ query, operationName, variables }) {
      const { schema, document, errors } = validated(query);
      if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
      const operation = getOperationAST(document, operationName);
      if (operation === null || operation === undefined) {
        throw new AppError('BAD_USER_INPUT', 'The document does not hold the operation to run');
      }
      checkOperation(schema, document, operationName, variables ?? {}, limits);
      return { document, kind: operation.operation };
    },
  };
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { ...error.extensions, code },
  });
}
