import { isAbstractType } from 'graphql';
import type { FetchNode, PathStep } from '../plan/query-plan.ts';
import type { SubgraphAnswer, SubgraphRequest } from '../transports/transport.ts';
import { clientPaths } from './client-path.ts';
import { compileEntityCollection, type EntityBatch } from './entity-batch.ts';
import { abortFailure, addFetchFailure, addSubgraphErrors, type PlaceError } from './failures.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { compileMerge, type Merge } from './merge.ts';
import { walkPath } from './path-walk.ts';
import type { PlanContext, Step } from './plan-context.ts';
import { applyRewrites } from './rewrites.ts';
import type { ResponsePath, Run } from './run.ts';

/** A fetch on the entities, or on the one place, that `path` leads to. */
export function compileFetch(node: FetchNode, path: readonly PathStep[], context: PlanContext): Step {
  return node.requires === null ? compileRootFetch(node, path, context) : compileEntityFetch(node, path, context);
}

/** Merges the answer of a root operation, also that of a subscription's event. */
export function compileRootMerge(node: FetchNode, path: readonly PathStep[], context: PlanContext) {
  const merge = mergeFor(node, context);
  return (run: Run, answer: SubgraphAnswer): void => {
    const { data, errors } = answer;
    if (isJsonObject(data)) {
      if (node.outputRewrites.length > 0) applyRewrites(node.outputRewrites, data);
      if (path.length === 0) merge(run.data, data);
      else walkPath(run.data, path, (target) => merge(target, data));
    }
    if (errors !== undefined && errors.length > 0) {
      const starts = startsOf(run, path);
      addSubgraphErrors(run, node.subgraph, errors, (error) =>
        starts.flatMap((start) => clientPathsOf(context, run, [...start, ...(error.path ?? [])])),
      );
    } else if (!isJsonObject(data)) throw new Error('The answer has neither data nor errors');
  };
}

function compileRootFetch(node: FetchNode, path: readonly PathStep[], context: PlanContext): Step {
  const send = compileSend(node, context);
  const apply = compileRootMerge(node, path, context);
  const rootNames = rootNamesOf(node);
  const fail = (run: Run, cause: unknown) => {
    context.reportFetchFailure({ subgraph: node.subgraph, cause, scope: run.scope });
    const places = startsOf(run, path).flatMap((start) =>
      rootNames.flatMap((name) => clientPathsOf(context, run, [...start, name])),
    );
    addFetchFailure(run, node.subgraph, cause, places);
  };
  return (run) => send(run, null, apply, fail);
}

function compileEntityFetch(node: FetchNode, path: readonly PathStep[], context: PlanContext): Step {
  const collect = compileEntityCollection(node, path);
  const merge = mergeFor(node, context);
  const send = compileSend(node, context);

  const applyTo = (batch: EntityBatch) => (run: Run, answer: SubgraphAnswer) => {
    const { objects, slots, representations } = batch;
    const entities = answer.data?._entities;
    const isUsable = Array.isArray(entities) && entities.length === representations.length;
    if (isUsable) {
      for (let index = 0; index < objects.length; index += 1) {
        const target = objects[index];
        const entity: unknown = entities[slots[index] ?? 0];
        if (target !== undefined && isJsonObject(entity)) mergeEntity(node, merge, target, entity);
      }
    }
    if (answer.errors !== undefined && answer.errors.length > 0) {
      addSubgraphErrors(run, node.subgraph, answer.errors, placeEntityErrors(context, run, path, batch));
    } else if (!isUsable) throw new Error(`The answer does not hold ${representations.length} entities`);
  };
  const fail = (run: Run, cause: unknown) => {
    context.reportFetchFailure({ subgraph: node.subgraph, cause, scope: run.scope });
    addFetchFailure(run, node.subgraph, cause, listStarts(context, run, path));
  };
  return (run) => {
    const batch: EntityBatch = { objects: [], slots: [], representations: [] };
    collect(run.data, batch);
    if (batch.representations.length === 0) return undefined;
    return send(run, batch.representations, applyTo(batch), fail);
  };
}

function mergeEntity(node: FetchNode, merge: Merge, target: JsonObject, entity: JsonObject): void {
  if (node.outputRewrites.length > 0) {
    entity.__typename ??= target.__typename;
    applyRewrites(node.outputRewrites, entity);
  }
  merge(target, entity);
}

type Apply = (run: Run, answer: SubgraphAnswer) => void;
type Fail = (run: Run, cause: unknown) => void;

/** Sends a fetch; whatever goes wrong on the way or in the answer becomes an error of the run. */
function compileSend(node: FetchNode, context: PlanContext) {
  const request = compileRequest(node, context);
  const transport = context.transportFor(node.subgraph);
  return (run: Run, representations: readonly JsonObject[] | null, apply: Apply, fail: Fail): void | Promise<void> => {
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
      const answer = transport.execute(request(run, representations), run.scope);
      if (answer instanceof Promise) return answer.then(received, (cause: unknown) => fail(run, cause));
      received(answer);
    } catch (cause) {
      fail(run, cause);
    }
    return undefined;
  };
}

/** The request of a fetch: its variables are those that it uses, and of these those that the client sent. */
export function compileRequest(node: FetchNode, { renamedVariables }: PlanContext) {
  const { document, query, operationName, operationKind } = node;
  const variables = node.variables.map((name) => ({ name, sentAs: renamedVariables.get(name) ?? name }));
  return (run: Run, representations: readonly JsonObject[] | null): SubgraphRequest => {
    const values: JsonObject = {};
    for (const { name, sentAs } of variables) {
      if (Object.hasOwn(run.variables, sentAs)) values[name] = run.variables[sentAs];
    }
    if (representations !== null) values.representations = representations;
    return { document, query, operationName, operationKind, variables: values };
  };
}

function mergeFor(node: FetchNode, { schema }: PlanContext): Merge {
  return compileMerge(node, (typeName) => isAbstractType(schema.getType(typeName)));
}

/** `["_entities", 3, "price"]` is the price of every object that the fourth representation stood for. */
function placeEntityErrors(
  context: PlanContext,
  run: Run,
  path: readonly PathStep[],
  { objects, slots }: EntityBatch,
): PlaceError {
  const slotOf = new Map(objects.map((object, index) => [object, slots[index]]));
  const placesBySlot = new Map<number, ResponsePath[]>();
  walkPath(run.data, path, (object, place) => {
    const slot = slotOf.get(object);
    if (slot === undefined) return;
    const places = placesBySlot.get(slot) ?? [];
    places.push(place);
    placesBySlot.set(slot, places);
  });
  return ({ path: sent }) => {
    const [, slot, ...rest] = sent ?? [];
    const places = typeof slot === 'number' ? placesBySlot.get(slot) : undefined;
    if (places === undefined) return listStarts(context, run, path);
    return places.flatMap((place) => clientPathsOf(context, run, [...place, ...rest]));
  };
}

/** The last place that a path passes before its first list: one error there speaks of all that was to be fetched. */
function listStarts(context: PlanContext, run: Run, path: readonly PathStep[]): ResponsePath[] {
  const names: string[] = [];
  for (const step of path) {
    if (step.kind === 'list') break;
    if (step.kind === 'field') names.push(step.name);
  }
  return clientPathsOf(context, run, names);
}

function startsOf(run: Run, path: readonly PathStep[]): ResponsePath[] {
  if (path.length === 0) return [[]];
  const starts: ResponsePath[] = [];
  walkPath(run.data, path, (_object, place) => starts.push(place));
  return starts;
}

function clientPathsOf(context: PlanContext, run: Run, planPath: ResponsePath): ResponsePath[] {
  return clientPaths(context, run.data, planPath);
}

function rootNamesOf(node: FetchNode): string[] {
  return node.document.definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition'
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === 'Field' ? [selection.alias?.value ?? selection.name.value] : [],
        )
      : [],
  );
}
