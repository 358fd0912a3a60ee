import type { PlacedFetch } from '../plan/fetch-schedule.ts';
import type { FetchNode, PathStep } from '../plan/query-plan.ts';
import type { SubgraphAnswer, SubgraphError, SubgraphRequest } from '../transports/transport.ts';
import { clientPaths } from './client-path.ts';
import { type CollectEntities, compileEntityCollection, type EntityBatch } from './entity-batch.ts';
import { addFetchFailure, addSubgraphErrors, type PlaceError } from './failures.ts';
import { compileRequest, compileSend, mergeFor } from './fetch-request.ts';
import { entityQuestion, joinQueries } from './joined-query.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import type { Merge } from './merge.ts';
import { walkPath } from './path-walk.ts';
import type { PlanContext, Step } from './plan-context.ts';
import { applyRewrites } from './rewrites.ts';
import type { ResponsePath, Run } from './run.ts';

/** Fetches that ask one subgraph the same about entities in different places. */
interface Question {
  readonly node: FetchNode;
  readonly places: readonly { readonly path: readonly PathStep[]; readonly collect: CollectEntities }[];
  readonly merge: Merge;
  readonly request: (run: Run, representations: readonly JsonObject[]) => SubgraphRequest;
  /** Its name among the questions of which a run remembers answers; null when no other fetch asks it. */
  readonly remembered: string | null;
}

/** A question as one run asks it. */
interface Asked {
  readonly question: Question;
  readonly known: KnownEntities;
  readonly batches: readonly EntityBatch[];
  /** How many representations had their answers before. */
  readonly start: number;
}

/** What a run has learned about the entities of one question; `entities` stand in the order of `representations`. */
export interface KnownEntities {
  readonly seen: Map<unknown, number>[];
  readonly representations: JsonObject[];
  readonly entities: unknown[];
  isBusy: boolean;
}

/**
 * Completes entities with one request, however many places of the plan they stand in: each entity is asked for once in
 * it, and not at all when an earlier fetch of the same run has asked the same. `repeated` names the questions that
 * stand elsewhere in the plan as well.
 */
export function compileEntityFetch(
  fetches: readonly PlacedFetch[],
  context: PlanContext,
  repeated: ReadonlySet<string>,
): Step {
  const questions = questionsOf(fetches, context, repeated);
  const send = compileSend(context, fetches[0]?.node.subgraph ?? '');
  const joined = questions.length > 1 ? compileJoined(questions, context) : null;

  const failIn = (asked: readonly Asked[]) => (run: Run, cause: unknown) => {
    for (const { question, known } of asked) forget(run, question, known);
    const [first] = asked;
    if (first === undefined) return;
    const { subgraph } = first.question.node;
    context.reportFetchFailure({ subgraph, cause, scope: run.scope });
    addFetchFailure(run, subgraph, cause, placesOfAll(context, run, asked));
  };
  const askAlone = (run: Run, asked: Asked) => {
    const { question, known, start } = asked;
    const request = question.request(run, start === 0 ? known.representations : known.representations.slice(start));
    const received = (_run: Run, answer: SubgraphAnswer) => {
      if (!take(run, asked, answer.data?._entities) && !hasErrors(answer)) {
        throw new Error(`The answer does not hold ${known.representations.length - start} entities`);
      }
      if (hasErrors(answer)) placeErrors(context, run, [{ asked, alias: '_entities' }], answer.errors ?? []);
      settle(run, asked, hasErrors(answer));
    };
    return send(run, request, received, failIn([asked]));
  };
  const askTogether = (run: Run, all: readonly Asked[], { aliases, request }: Joined) => {
    const entries = all.map((asked) => ({ asked, alias: aliases[questions.indexOf(asked.question)] ?? '' }));
    let alone: readonly Asked[] = [];
    const received = (_run: Run, { data, errors = [] }: SubgraphAnswer) => {
      const taken = entries.filter(({ asked, alias }) => take(run, asked, data?.[alias]));
      const lost = entries.filter((entry) => !taken.includes(entry));
      // Where one of them has cost the others their answers, each is asked by itself.
      alone = lost.map(({ asked }) => asked);
      const lostAliases = new Set(lost.map(({ alias }) => alias));
      const mine = errors.filter(({ path }) =>
        Array.isArray(path) ? !lostAliases.has(String(path[0])) : lost.length === 0,
      );
      if (mine.length > 0) placeErrors(context, run, taken, mine);
      for (const { asked } of taken) settle(run, asked, errors.length > 0);
    };
    const pending = send(run, request(run, all), received, failIn(all));
    const askAgain = () => inParallel(alone.map((asked) => askAlone(run, asked)));
    return pending === undefined ? askAgain() : pending.then(askAgain);
  };

  return (run) => {
    const asked: Asked[] = [];
    for (const question of questions) {
      const known = entitiesOf(run, question);
      const start = known.representations.length;
      const batches = question.places.map(({ collect }) => {
        const { seen, representations } = known;
        const batch: EntityBatch = { objects: [], slots: [], representations, seen };
        collect(run.data, batch);
        return batch;
      });
      const one = { question, known, batches, start };
      if (start > 0) mergeAll(run, one);
      if (known.representations.length === start) continue;
      known.isBusy = true;
      asked.push(one);
    }
    const [first] = asked;
    if (first === undefined) return undefined;
    return asked.length === 1 || joined === null ? askAlone(run, first) : askTogether(run, asked, joined);
  };
}

function questionsOf(
  fetches: readonly PlacedFetch[],
  context: PlanContext,
  repeated: ReadonlySet<string>,
): readonly Question[] {
  const groups = new Map<string, PlacedFetch[]>();
  for (const fetch of fetches) {
    const name = entityQuestion(fetch.node);
    groups.set(name, [...(groups.get(name) ?? []), fetch]);
  }
  return [...groups].flatMap(([name, group]): Question[] => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        node: first.node,
        places: group.map(({ path }) => ({ path, collect: compileEntityCollection(first.node, path) })),
        merge: mergeFor(first.node, context),
        request: compileRequest(
          first.node,
          context,
          group.map(({ path }) => path),
        ),
        remembered: repeated.has(name) ? name : null,
      },
    ];
  });
}

interface Joined {
  readonly aliases: readonly string[];
  readonly request: (run: Run, asked: readonly Asked[]) => SubgraphRequest;
}

function compileJoined(questions: readonly Question[], context: PlanContext): Joined {
  const nodes = questions.map(({ node }) => node);
  const { document, query, operationName, aliases, representations } = joinQueries(nodes);
  const variables = [...new Set(nodes.flatMap((node) => node.variables))];
  const [first] = nodes;
  if (first === undefined) throw new Error('There is nothing to join');
  const paths = questions.flatMap(({ places }) => places.map(({ path }) => path));
  const request = compileRequest({ ...first, document, query, operationName, variables }, context, paths);
  return {
    aliases,
    request: (run, asked) => {
      const base = request(run, null);
      const values: JsonObject = { ...base.variables };
      for (const [index, question] of questions.entries()) {
        const one = asked.find((other) => other.question === question);
        values[representations[index] ?? ''] = one?.known.representations.slice(one.start) ?? [];
      }
      return { ...base, variables: values };
    },
  };
}

function entitiesOf(run: Run, { remembered }: Question): KnownEntities {
  const known = remembered === null ? undefined : run.known.get(remembered);
  // Another fetch is waiting for some of them: then this one asks for its own.
  if (known !== undefined && !known.isBusy) return known;
  const fresh: KnownEntities = { seen: [], representations: [], entities: [], isBusy: false };
  if (remembered !== null && known === undefined) run.known.set(remembered, fresh);
  return fresh;
}

/** An answer with errors is nothing to remember: its places are those of this fetch alone. */
function settle(run: Run, { question, known }: Asked, isDoubtful: boolean): void {
  known.isBusy = false;
  if (isDoubtful) forget(run, question, known);
}

function forget(run: Run, { remembered }: Question, known: KnownEntities): void {
  if (remembered !== null && run.known.get(remembered) === known) run.known.delete(remembered);
}

function hasErrors({ errors }: SubgraphAnswer): boolean {
  return errors !== undefined && errors.length > 0;
}

/** Adds what came to the objects it belongs to; false when it is not one entity for each representation. */
function take(run: Run, asked: Asked, entities: unknown): boolean {
  const { known, start } = asked;
  if (!Array.isArray(entities) || entities.length !== known.representations.length - start) return false;
  if (start === 0 && known.entities.length === 0) known.entities.push(...entities);
  else for (const [index, entity] of entities.entries()) known.entities[start + index] = entity;
  mergeAll(run, asked);
  return true;
}

function mergeAll(run: Run, { question, known, batches }: Asked): void {
  const { node, merge } = question;
  for (const { objects, slots } of batches) {
    for (let index = 0; index < objects.length; index += 1) {
      const target = objects[index];
      const entity = known.entities[slots[index] ?? 0];
      if (target === undefined) continue;
      if (isJsonObject(entity)) mergeEntity(node, merge, target, entity);
      else if (entity === null) run.absent.add(target);
    }
  }
}

function mergeEntity(node: FetchNode, merge: Merge, target: JsonObject, entity: JsonObject): void {
  if (node.outputRewrites.length > 0) {
    entity.__typename ??= target.__typename;
    applyRewrites(node.outputRewrites, entity);
  }
  merge(target, entity);
}

interface Entry {
  readonly asked: Asked;
  readonly alias: string;
}

/** `["_entities", 3, "price"]` is the price of every object that the fourth representation stood for. */
function placeErrors(
  context: PlanContext,
  run: Run,
  entries: readonly Entry[],
  errors: readonly SubgraphError[],
): void {
  const placesBySlot = new Map(entries.map(({ asked, alias }) => [alias, slotPlaces(run, asked)]));
  const starts = new Map(entries.map(({ asked, alias }) => [alias, asked.start]));
  const everywhere = () =>
    placesOfAll(
      context,
      run,
      entries.map(({ asked }) => asked),
    );
  const place: PlaceError = ({ path: sent }) => {
    const [alias, slot, ...rest] = sent ?? [];
    const from = starts.get(String(alias));
    if (from === undefined) return everywhere();
    const found = typeof slot === 'number' ? placesBySlot.get(String(alias))?.get(from + slot) : undefined;
    const one = entries.filter((entry) => entry.alias === alias).map(({ asked }) => asked);
    if (found === undefined) return placesOfAll(context, run, one);
    return found.flatMap((start) => clientPaths(context, run.data, [...start, ...rest]));
  };
  addSubgraphErrors(run, entries[0]?.asked.question.node.subgraph ?? '', errors, place);
}

function slotPlaces(run: Run, { question, batches }: Asked): ReadonlyMap<number, readonly ResponsePath[]> {
  const places = new Map<number, ResponsePath[]>();
  for (const [index, { path }] of question.places.entries()) {
    const batch = batches[index];
    const slotOf = new Map(batch?.objects.map((object, at) => [object, batch.slots[at]]));
    walkPath(run.data, path, (object, place) => {
      const slot = slotOf.get(object);
      if (slot !== undefined) places.set(slot, [...(places.get(slot) ?? []), place]);
    });
  }
  return places;
}

/** Where each fetch's first list begins: one error there speaks of all that was to be fetched. Only places in use. */
function placesOfAll(context: PlanContext, run: Run, asked: readonly Asked[]): ResponsePath[] {
  const places = new Map<string, ResponsePath>();
  for (const { question, batches } of asked) {
    for (const [index, { path }] of question.places.entries()) {
      if (batches[index]?.objects.length === 0) continue;
      for (const place of clientPaths(context, run.data, beforeFirstList(path))) places.set(place.join('.'), place);
    }
  }
  return [...places.values()];
}

function beforeFirstList(path: readonly PathStep[]): string[] {
  const names: string[] = [];
  for (const step of path) {
    if (step.kind === 'list') break;
    if (step.kind === 'field') names.push(step.name);
  }
  return names;
}

function inParallel(steps: readonly (void | Promise<void>)[]): void | Promise<void> {
  const pending = steps.filter((step) => step instanceof Promise);
  if (pending.length === 0) return undefined;
  return Promise.all(pending).then(() => undefined);
}
