import type { FieldNode } from 'graphql';
import type { FetchNode, PathStep } from '../plan/query-plan.ts';
import type { SubgraphAnswer } from '../transports/transport.ts';
import { clientPaths } from './client-path.ts';
import { compileEntityFetch } from './entity-fetch.ts';
import { addFetchFailure, addSubgraphErrors } from './failures.ts';
import { compileRequest, compileSend, mergeFor } from './fetch-request.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { walkPath } from './path-walk.ts';
import type { PlanContext, Step } from './plan-context.ts';
import { applyRewrites } from './rewrites.ts';
import type { ResponsePath, Run } from './run.ts';

const nothingRepeated: ReadonlySet<string> = new Set();

/** A fetch on the entities, or on the one place, that `path` leads to. */
export function compileFetch(node: FetchNode, path: readonly PathStep[], context: PlanContext): Step {
  return node.requires === null
    ? compileRootFetch(node, path, context)
    : compileEntityFetch([{ node, path }], context, nothingRepeated);
}

/** Merges the answer of a root operation, also that of a subscription's event. */
export function compileRootMerge(node: FetchNode, path: readonly PathStep[], context: PlanContext) {
  const merge = mergeFor(node, context);
  const promised = promisedNamesOf(node);
  return (run: Run, answer: SubgraphAnswer): void => {
    const { data, errors } = answer;
    if (errors === undefined && isJsonObject(data)) refuseGaps(data, promised);
    if (isJsonObject(data)) {
      if (node.outputRewrites.length > 0) applyRewrites(node.outputRewrites, data);
      if (path.length === 0) merge(run.data, data);
      else walkPath(run.data, path, (target) => merge(target, data));
    }
    if (errors !== undefined && errors.length > 0) {
      const starts = startsOf(run, path);
      addSubgraphErrors(run, node.subgraph, errors, (error) =>
        starts.flatMap((start) => clientPaths(context, run.data, [...start, ...(error.path ?? [])])),
      );
    } else if (!isJsonObject(data)) throw new Error('The answer has neither data nor errors');
  };
}

function compileRootFetch(node: FetchNode, path: readonly PathStep[], context: PlanContext): Step {
  const request = compileRequest(node, context, [path]);
  const send = compileSend(context, node.subgraph);
  const apply = compileRootMerge(node, path, context);
  const rootNames = rootNamesOf(node);
  const fail = (run: Run, cause: unknown) => {
    context.reportFetchFailure({ subgraph: node.subgraph, cause, scope: run.scope });
    const places = startsOf(run, path).flatMap((start) =>
      rootNames.flatMap((name) => clientPaths(context, run.data, [...start, name])),
    );
    addFetchFailure(run, node.subgraph, cause, places);
  };
  return (run) => send(run, request(run, null), apply, fail);
}

function startsOf(run: Run, path: readonly PathStep[]): ResponsePath[] {
  if (path.length === 0) return [[]];
  const starts: ResponsePath[] = [];
  walkPath(run.data, path, (_object, place) => starts.push(place));
  return starts;
}

function rootNamesOf(node: FetchNode): string[] {
  return rootFieldsOf(node).map(nameOf);
}

/** Those that have to be in an answer without errors, if only as null. */
function promisedNamesOf(node: FetchNode): string[] {
  return rootFieldsOf(node)
    .filter(({ directives = [] }) => directives.length === 0)
    .map(nameOf);
}

/** What may be null would otherwise be taken for null, when in truth nobody has answered. */
function refuseGaps(data: JsonObject, promised: readonly string[]): void {
  for (const name of promised) if (data[name] === undefined) throw new Error(`The answer does not hold ${name}`);
}

function rootFieldsOf({ document }: FetchNode): FieldNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? definition.selectionSet.selections.filter((selection) => selection.kind === 'Field')
      : [],
  );
}

function nameOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
