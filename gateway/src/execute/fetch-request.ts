import { isAbstractType } from 'graphql';
import type { FetchNode, PathStep } from '../plan/query-plan.ts';
import type { SubgraphAnswer, SubgraphRequest } from '../transports/transport.ts';
import { abortFailure } from './failures.ts';
import type { JsonObject } from './json-object.ts';
import { compileMerge, type Merge } from './merge.ts';
import type { PlanContext } from './plan-context.ts';
import type { Run } from './run.ts';

export type Apply = (run: Run, answer: SubgraphAnswer) => void;
export type Fail = (run: Run, cause: unknown) => void;

/** Sends a fetch; whatever goes wrong on the way or in the answer becomes an error of the run. */
export function compileSend(context: PlanContext, subgraph: string) {
  const transport = context.transportFor(subgraph);
  return (run: Run, request: SubgraphRequest, apply: Apply, fail: Fail): void | Promise<void> => {
    const received = (answer: SubgraphAnswer) => {
      try {
        apply(run, answer);
      } catch (cause) {
        fail(run, cause);
      }
    };
    if (run.scope.signal.aborted) {
      fail(run, abortFailure(run.scope.signal));
      return undefined;
    }
    try {
      const answer = transport.execute(request, run.scope);
      if (answer instanceof Promise) return answer.then(received, (cause: unknown) => fail(run, cause));
      received(answer);
    } catch (cause) {
      fail(run, cause);
    }
    return undefined;
  };
}

/** The request of a fetch: its variables are those that it uses, and of these those that the client sent. */
export function compileRequest(
  node: FetchNode,
  { renamedVariables }: PlanContext,
  paths: readonly (readonly PathStep[])[] = [],
) {
  const path = paths.map(pathText).join(' ');
  const { document, query, operationName, operationKind } = node;
  const variables = node.variables.map((name) => ({ name, sentAs: renamedVariables.get(name) ?? name }));
  return (run: Pick<Run, 'variables'>, representations: readonly JsonObject[] | null): SubgraphRequest => {
    const values: JsonObject = {};
    for (const { name, sentAs } of variables) {
      if (Object.hasOwn(run.variables, sentAs)) values[name] = run.variables[sentAs];
    }
    if (representations !== null) values.representations = representations;
    return { document, query, operationName, operationKind, variables: values, path };
  };
}

/** For people: without the number by which the plan tells fields of one name apart. */
function pathText(steps: readonly PathStep[]): string {
  const parts = steps.flatMap((step) =>
    step.kind === 'field' ? [step.name.replace(/__\d+$/, '')] : step.kind === 'list' ? ['@'] : [],
  );
  return parts.join('.');
}

/** The function that adds a fetch's answer to what is known. */
export function mergeFor(node: FetchNode, { schema }: PlanContext): Merge {
  return compileMerge(node, (typeName) => isAbstractType(schema.getType(typeName)));
}
