import { AppError } from '@cauce/shared/errors/app-error';
import type { GraphQLError } from 'graphql';
import type { AdmitOperation } from '../door/admit-operation.ts';
import { publicError } from '../door/public-errors.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { statusOf } from './problem.ts';
import { type FieldProblem, Refusal } from './refusal.ts';
import type { RestOperation } from './rest-operation.ts';
import type { RestRequest } from './rest-request.ts';
import { failureStatuses } from './route.ts';

export type AnswerData = Readonly<Record<string, unknown>>;

export type RunOperation = (
  operation: RestOperation,
  variables: Readonly<Record<string, unknown>>,
  open: RestRequest,
  failures?: Readonly<Record<string, number>>,
) => Promise<AnswerData>;

/**
 * Runs operation files exactly as GraphQL requests run: same limits, executor, rights and masking. Any error makes the
 * whole answer a problem, because a REST answer has no place beside its data to say what is missing from it; expected
 * failures of mutations become problems by their type.
 */
export function createRunOperation(graph: FederatedGraph, admit: AdmitOperation): RunOperation {
  return async (operation, variables, open, failures = {}) => {
    const { source, operationName } = operation;
    const scope = await open.scope();
    const admitted = await admit({ operationName, variables }, scope.viewer, source);
    if (admitted.kind === 'refused') throw refusedWith(admitted.errors[0], scope.requestId);
    open.charged(admitted.quotaLeft);
    const result = await graph.executor.execute({ ...admitted.request, scope });
    if (scope.signal.aborted) throw new AppError('TIMEOUT', 'The request took too long and was ended');
    const [error] = result.errors ?? [];
    if (error !== undefined) throw asRefusal(error, scope.requestId);
    const data: AnswerData = result.data ?? {};
    refuseFailures(operation, data, failures);
    return data;
  };
}

/** Our own files fit the graph; one that does not any more was left behind by a newer supergraph. */
function refusedWith(error: GraphQLError | undefined, requestId: string): Error {
  const code = error?.extensions.code;
  if (error !== undefined && code !== 'GRAPHQL_VALIDATION_FAILED') return asRefusal(error, requestId);
  const detail = 'The graph does not serve this address at the moment';
  return new AppError('SUBGRAPH_UNAVAILABLE', detail, { cause: error });
}

function asRefusal(error: GraphQLError, requestId: string): Refusal {
  const { message, extensions = {} } = publicError(error, requestId);
  const { code, retryAfterSeconds } = extensions;
  return new Refusal({
    status: statusOf(String(code)),
    code: String(code),
    detail: message,
    cause: error,
    ...(typeof retryAfterSeconds === 'number' ? { headers: { 'retry-after': String(retryAfterSeconds) } } : {}),
  });
}

function refuseFailures(operation: RestOperation, data: AnswerData, statuses: Readonly<Record<string, number>>): void {
  for (const [name, { failures }] of operation.shape.fields ?? []) {
    const value = data[name];
    if (failures.length === 0 || typeof value !== 'object' || value === null) continue;
    const type = String(Reflect.get(value, '__typename'));
    if (!failures.includes(type)) continue;
    const status = statuses[type] ?? failureStatuses[type] ?? 409;
    const reason = Reflect.get(value, 'reason');
    throw new Refusal({
      status,
      code: failureCodes[type] ?? codeByStatus[status] ?? 'CONFLICT',
      detail: String(Reflect.get(value, 'message') ?? type),
      fields: fieldsOf(operation, Reflect.get(value, 'fields')),
      ...(typeof reason === 'string' ? { reason } : {}),
    });
  }
}

const failureCodes: Readonly<Record<string, string>> = {
  NotFound: 'NOT_FOUND',
  Conflict: 'CONFLICT',
  ValidationFailed: 'VALIDATION_FAILED',
  InvalidCredentials: 'UNAUTHENTICATED',
  SessionEnded: 'UNAUTHENTICATED',
};

const codeByStatus: Readonly<Record<number, string>> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 409: 'CONFLICT' };

/** A failure names fields of the graph's input; the client knows the parameters that filled them. */
function fieldsOf({ variableOfField }: RestOperation, fields: unknown): FieldProblem[] {
  if (!Array.isArray(fields)) return [];
  return fields.map((one: Readonly<Record<string, unknown>>) => {
    const path = String(one.path);
    const [first = path, ...rest] = path.split('.');
    const known = variableOfField.get(path) ?? variableOfField.get(first);
    const field = known === undefined ? path : variableOfField.has(path) ? known : [known, ...rest].join('.');
    return { field, code: String(one.code), message: String(one.message) };
  });
}
