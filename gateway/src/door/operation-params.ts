import { AppError } from '@cauce/shared/errors/app-error';

/** What a client asks to run, through whichever door; well-formed, and nothing more is known of it yet. */
export interface OperationParams {
  /** Absent when the client names a document by its hash. */
  readonly query?: string | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
  /** The hash of a document in the place of a query, `sha256:<hex>`. */
  readonly documentId?: string | null | undefined;
}

/** Reads the JSON of a request. Throws BAD_REQUEST, naming the part that is not as GraphQL over HTTP has it. */
export function readOperationParams(raw: unknown): OperationParams {
  if (Array.isArray(raw)) throw new AppError('BAD_REQUEST', 'One operation a request: batches are not taken');
  if (!isMap(raw)) throw new AppError('BAD_REQUEST', 'The request is a JSON object with a query');
  const { query, operationName, variables, extensions, documentId } = raw;
  if (!isAbsent(query) && typeof query !== 'string') throw new AppError('BAD_REQUEST', 'query is a string');
  if (!isAbsent(operationName) && typeof operationName !== 'string')
    throw new AppError('BAD_REQUEST', 'operationName is a string');
  if (!isAbsent(variables) && !isMap(variables)) throw new AppError('BAD_REQUEST', 'variables is an object');
  if (!isAbsent(extensions) && !isMap(extensions)) throw new AppError('BAD_REQUEST', 'extensions is an object');
  if (!isAbsent(documentId) && typeof documentId !== 'string')
    throw new AppError('BAD_REQUEST', 'documentId is a string');
  if (isAbsent(query) && isAbsent(extensions) && isAbsent(documentId))
    throw new AppError('BAD_REQUEST', 'The request needs a query, or the hash of one in extensions.persistedQuery');
  return { query, operationName, variables, extensions, documentId };
}

/** The same from a query string, where variables and extensions are JSON text. */
export function readQueryString(raw: unknown): OperationParams {
  const { query, operationName, variables, extensions, documentId } = isMap(raw) ? raw : {};
  return readOperationParams({
    query,
    operationName,
    documentId,
    variables: readJson('variables', variables),
    extensions: readJson('extensions', extensions),
  });
}

function readJson(name: string, text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return text === '' ? undefined : text;
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('BAD_REQUEST', `${name} is not JSON`);
  }
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
