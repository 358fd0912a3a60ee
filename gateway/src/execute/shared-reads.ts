import { rightsFingerprint, type Viewer } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { ExecutionResult } from 'graphql';
import type { Executor, GraphRequest } from './executor.ts';
import { createFlights } from './flights.ts';
import { asGraphQLError, type ReadyOperation } from './prepared-operation.ts';

export interface SharedReadsOptions {
  /** Told which scope the work runs in that a request has begun; others may wait for the same work. */
  readonly workBegins?: ((work: RequestScope, request: RequestScope) => void) | undefined;
}

/** Longer ones are as good as never equal, and comparing them costs more than it could save. */
const maxVariables = 8_192;

/**
 * An executor that works equal queries out once when they come together. Equal means: the same operation of the same
 * supergraph, the same variables, from the same address, and everything equal that the viewer carries, who they are
 * included. An answer may depend on any of it (`me`, an audit, a limit by address), so nothing is ever shared between
 * two people. Mutations run for each request, and no query that comes after one has ended joins what began before.
 *
 * Results may have been given to several callers: nobody may change them.
 */
export function createSharedReads(executor: Executor, { workBegins }: SharedReadsOptions = {}): Executor {
  const flights = createFlights<ExecutionResult>();
  const nameOf = createNames();

  const execute: Executor['execute'] = async (request) => {
    const prepared = executor.prepare(request);
    if (prepared.kind === 'refused') return executor.execute(request);
    if (prepared.operation.operation !== 'query') {
      const result = await executor.execute(request);
      flights.seal();
      return result;
    }
    const { scope } = request;
    const variables = variablesText(request.variables);
    if (variables === null || variables.length > maxVariables) return executor.execute(request);
    try {
      const { value, isShared } = await flights.join(nameOf(prepared, variables, scope), scope.signal, (signal) => {
        const work: RequestScope = { ...scope, signal };
        workBegins?.(work, scope);
        return executor.execute({ ...request, scope: work });
      });
      if (isShared) sharedTexts.set(value, sharedTexts.get(value) ?? null);
      return value;
    } catch (error) {
      return { errors: [asGraphQLError(error)] };
    }
  };
  // On the executor itself, so that whatever else it offers is offered here.
  const shared: Executor = Object.create(executor);
  return Object.assign(shared, { execute });
}

/** Texts of results that several requests were given; those of others are not worth keeping. */
const sharedTexts = new WeakMap<ExecutionResult, Buffer | null>();

/** A result without errors as JSON: bytes written once when several requests have it, else a text. */
export function resultText(result: ExecutionResult): string | Buffer {
  const known = sharedTexts.get(result);
  if (known === undefined) return JSON.stringify(result);
  const bytes = known ?? Buffer.from(JSON.stringify(result));
  sharedTexts.set(result, bytes);
  return bytes;
}

/** Null for what JSON cannot tell apart: a variable that is undefined is not one that is absent. */
function variablesText(variables: GraphRequest['variables']): string | null {
  let isExact = true;
  const text = JSON.stringify(variables ?? {}, (_name, value) => {
    if (value === undefined) isExact = false;
    return value;
  });
  return isExact ? text : null;
}

/** Names what a request asks: equal names, equal answers. */
function createNames() {
  const fingerprints = new WeakMap<Viewer, string>();
  const operations = new WeakMap<ReadyOperation, number>();
  let count = 0;
  const fingerprintOf = (viewer: Viewer) => {
    const known = fingerprints.get(viewer);
    if (known !== undefined) return known;
    const fingerprint = rightsFingerprint(viewer);
    fingerprints.set(viewer, fingerprint);
    return fingerprint;
  };
  /** What is prepared is one object for one operation of one text under one supergraph, so it says which of all. */
  const operationOf = (prepared: ReadyOperation) => {
    const known = operations.get(prepared);
    if (known !== undefined) return known;
    count += 1;
    operations.set(prepared, count);
    return count;
  };
  return (prepared: ReadyOperation, variables: string, { viewer, address }: RequestScope) =>
    `${operationOf(prepared)}\n${address}\n${fingerprintOf(viewer)}\n${variables}`;
}
