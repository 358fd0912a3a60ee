import { AppError } from '@cauce/shared/errors/app-error';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
  visit,
} from 'graphql';

/** One operation of one document, read and checked once for all the requests that send it. */
export type PreparedOperation = ReadyOperation | RefusedOperation;

export interface ReadyOperation {
  readonly kind: 'ready';
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Boolean variables that `@skip`, `@include` and `@defer` ask for, in the order of their first use. */
  readonly conditionVariables: readonly string[];
  readonly hasDefer: boolean;
}

export interface RefusedOperation {
  readonly kind: 'refused';
  readonly errors: readonly GraphQLError[];
}

export interface PrepareOptions {
  /** The parser stops at this many tokens. */
  readonly maxTokens: number;
  /** Checked in addition to what the specification asks for. */
  readonly validationRules: readonly ValidationRule[];
  /** Whether refusals keep names of the schema to themselves that were not in the request. */
  readonly hidesSuggestions: boolean;
  /** Looks at the parsed document before validation does; throws an `AppError` to refuse it. */
  readonly checkDocument: (document: DocumentNode) => void;
}

/** What is wrong beyond this many things is not looked for. */
const maxValidationErrors = 5;

/** Parses and validates; what is wrong comes back as errors with a code, never as a throw. */
export function prepareOperation(
  schema: GraphQLSchema,
  source: string | DocumentNode,
  operationName: string | null,
  { maxTokens, validationRules, hidesSuggestions, checkDocument }: PrepareOptions,
): PreparedOperation {
  const document = typeof source === 'string' ? parseSource(source, maxTokens) : source;
  if (document instanceof GraphQLError) return refused([document], 'GRAPHQL_PARSE_FAILED');
  const refusal = refusalOf(() => checkDocument(document));
  if (refusal !== null) return refused([refusal], 'BAD_REQUEST');
  const errors = validate(schema, document, [...specifiedRules, ...validationRules], {
    hideSuggestions: hidesSuggestions,
    maxErrors: maxValidationErrors,
  });
  if (errors.length > 0) return refused(errors, 'GRAPHQL_VALIDATION_FAILED');
  const operation = getOperationAST(document, operationName);
  if (!operation) {
    const message =
      operationName === null
        ? 'The document holds several operations; name one'
        : `No operation is named ${operationName}`;
    return refused([new GraphQLError(message)], 'GRAPHQL_VALIDATION_FAILED');
  }
  if (!schema.getRootType(operation.operation)) {
    return refused([new GraphQLError(`The graph has no ${operation.operation}s`)], 'GRAPHQL_VALIDATION_FAILED');
  }
  return {
    kind: 'ready',
    document,
    operation,
    conditionVariables: conditionVariablesOf(document),
    hasDefer: hasDefer(document),
  };
}

/** An error as the answer of a whole request. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_VALIDATION_FAILED');
  if (error instanceof AppError) {
    return new GraphQLError(error.message, {
      originalError: error,
      extensions: { code: error.code, ...error.detail },
    });
  }
  return new GraphQLError('Something went wrong on our side', {
    ...(error instanceof Error ? { originalError: error } : {}),
    extensions: { code: 'INTERNAL' },
  });
}

function parseSource(source: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    return error instanceof GraphQLError ? error : asGraphQLError(error);
  }
}

function refusalOf(check: () => void): GraphQLError | null {
  try {
    check();
    return null;
  } catch (error) {
    return asGraphQLError(error);
  }
}

function refused(errors: readonly GraphQLError[], code: string): RefusedOperation {
  return { kind: 'refused', errors: errors.map((error) => withCode(error, code)) };
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  if (typeof error.extensions.code === 'string') return error;
  const { nodes, source, positions, path, originalError, extensions, message } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions: { code, ...extensions },
  });
}

function hasDefer(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Directive({ name }) {
      if (name.value === 'defer') isFound = true;
    },
  });
  return isFound;
}

function conditionVariablesOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given }) => {
      const value = given?.find((argument) => argument.name.value === 'if')?.value;
      if (['skip', 'include', 'defer'].includes(name.value) && value?.kind === 'Variable') names.add(value.name.value);
    },
  });
  return [...names];
}
