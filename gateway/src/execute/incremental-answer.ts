import { type ExecutionResult, GraphQLError } from 'graphql';
import type { CompiledOperation } from './compiled-operation.ts';
import { type DeferredPart, type Place, placesOf } from './deferred-parts.ts';
import { inErrorOrder } from './error-order.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { asGraphQLError } from './prepared-operation.ts';
import { Run } from './run.ts';

/** A deferred fragment's fields for one object. */
export interface IncrementalResult {
  readonly label?: string;
  readonly path: readonly (string | number)[];
  readonly data: JsonObject | null;
  readonly errors?: readonly GraphQLError[];
}

export interface IncrementalPayload {
  readonly incremental?: readonly IncrementalResult[];
  readonly hasNext: boolean;
}

/** An answer in parts: what was there at once, and the rest as it comes. */
export interface IncrementalAnswer {
  readonly initial: ExecutionResult & { readonly hasNext: true };
  readonly rest: AsyncGenerator<IncrementalPayload, void, void>;
}

/**
 * The deferred parts of an answer whose first part stands. Parts are fetched side by side and told in the order in
 * which they are ready; one within another after that one. Ends without a word more when the reader leaves.
 */
export async function* deferredPayloads(
  run: Run,
  compiled: CompiledOperation,
  shown: JsonObject,
): AsyncGenerator<IncrementalPayload, void, void> {
  const ready: Finished[] = [];
  let running = 0;
  let wake = () => {};
  const launch = (parts: readonly DeferredPart[], starts: readonly Place[]) => {
    for (const part of parts) {
      const [first] = placesOf(part, starts, compiled.rootTypeName, false);
      if (first === undefined) continue;
      running += 1;
      const end = (finished: Finished) => {
        running -= 1;
        ready.push(finished);
        wake();
      };
      finish(run, compiled, part, starts).then(end, (cause) => end(failed(part, first, cause)));
    }
  };
  launch(compiled.parts, [{ fetched: run.data, shown, path: [] }]);
  while (running > 0 || ready.length > 0) {
    if (ready.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const incremental: IncrementalResult[] = [];
    for (const { part, places, results } of ready.splice(0)) {
      incremental.push(...results);
      const starts = places.map(({ fetched, path }, index) => ({ fetched, shown: results[index]?.data, path }));
      launch(part.parts, starts);
    }
    const hasNext = running > 0 || ready.length > 0;
    // A part may turn out to have nothing to speak of.
    if (incremental.length === 0 && hasNext) continue;
    yield incremental.length === 0 ? { hasNext } : { incremental, hasNext };
    if (!hasNext) return;
  }
  yield { hasNext: false };
}

interface Finished {
  readonly part: DeferredPart;
  readonly places: readonly Place[];
  readonly results: readonly IncrementalResult[];
}

async function finish(
  run: Run,
  compiled: CompiledOperation,
  part: DeferredPart,
  starts: readonly Place[],
): Promise<Finished> {
  const { planLabel, label, project } = part;
  // Errors of its own, on the data of all.
  const fetching = new Run(run.scope, run.variables, run.introspection);
  fetching.data = run.data;
  await compiled.fetchPart(planLabel)(fetching);
  const places = placesOf(part, starts, compiled.rootTypeName, true);
  const left = new Set(fetching.errors);
  const results = places.map(({ fetched, path }, index): IncrementalResult => {
    const shaping = new Run(run.scope, run.variables, run.introspection);
    for (const error of left) {
      const isHere = path.every((key, depth) => error.path?.[depth] === key);
      // What is said of no single object goes with the first.
      if (!isHere && (index > 0 || isInAny(error, places))) continue;
      left.delete(error);
      shaping.addError(error.message, isHere ? (error.path ?? []).slice(path.length) : [], error.extensions);
    }
    const data = isJsonObject(fetched) ? project(fetched, shaping) : null;
    const errors = inErrorOrder(shaping.errors).map(
      ({ message, path: inner, extensions }) =>
        new GraphQLError(message, { path: [...path, ...(inner ?? [])], extensions }),
    );
    return { ...(label === null ? {} : { label }), path, data, ...(errors.length === 0 ? {} : { errors }) };
  });
  return { part, places, results };
}

function failed(part: DeferredPart, place: Place, cause: unknown): Finished {
  const { label } = part;
  const { path } = place;
  const { message, extensions, originalError } = asGraphQLError(cause);
  const error = new GraphQLError(message, { path, extensions, ...(originalError ? { originalError } : {}) });
  return {
    part,
    places: [place],
    results: [{ ...(label === null ? {} : { label }), path, data: null, errors: [error] }],
  };
}

function isInAny(error: GraphQLError, places: readonly Place[]): boolean {
  return places.some(({ path }) => path.every((key, depth) => error.path?.[depth] === key));
}
