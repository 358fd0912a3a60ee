import type { ExecutionResult, GraphQLError } from 'graphql';
import type { IncrementalAnswer, IncrementalPayload } from '../incremental-answer.ts';
import { isJsonObject, type JsonObject } from '../json-object.ts';

export interface MergedAnswer {
  readonly data: unknown;
  readonly errors: readonly GraphQLError[];
  readonly payloads: readonly IncrementalPayload[];
  /** Whether a deferred part came as null, which its parent survives as it would not have in one piece. */
  readonly hasNullPart: boolean;
}

/** What a client holds at the end, when it puts every part where its path says. */
export async function mergeParts(answer: ExecutionResult | IncrementalAnswer): Promise<MergedAnswer> {
  if (!('rest' in answer)) {
    return { data: answer.data, errors: answer.errors ?? [], payloads: [], hasNullPart: false };
  }
  const data = structuredClone(answer.initial.data);
  const errors = [...(answer.initial.errors ?? [])];
  const payloads: IncrementalPayload[] = [];
  let hasNullPart = false;
  for await (const payload of answer.rest) {
    payloads.push(payload);
    for (const part of payload.incremental ?? []) {
      errors.push(...(part.errors ?? []));
      if (part.data === null) hasNullPart = true;
      else merge(at(data, part.path) ?? {}, part.data);
    }
  }
  return { data, errors, payloads, hasNullPart };
}

/**
 * Whether the parts together say what one piece says. What an error has made null in one piece, another part may hold:
 * it was asked apart, without the field that failed.
 */
export function saysTheSame(merged: unknown, { data, errors = [] }: ExecutionResult): boolean {
  const isLost = (path: readonly (string | number)[]) =>
    errors.some(({ path: at = [] }) => path.every((key, depth) => at[depth] === key));
  const agrees = (ours: unknown, theirs: unknown, path: readonly (string | number)[]): boolean => {
    if (theirs === null || theirs === undefined) return (ours ?? null) === null || isLost(path);
    if (Array.isArray(theirs) && Array.isArray(ours)) {
      return (
        ours.length === theirs.length && ours.every((item, index) => agrees(item, theirs[index], [...path, index]))
      );
    }
    if (!isJsonObject(theirs) || !isJsonObject(ours)) return ours === theirs;
    const names = Object.keys(theirs);
    return (
      names.length === Object.keys(ours).length &&
      names.every((name) => Object.hasOwn(ours, name) && agrees(ours[name], theirs[name], [...path, name]))
    );
  };
  return agrees(merged, data, []);
}

/** Values with the names of each object in one order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}

/** Null where another part has made an object above it null since. */
function at(data: unknown, path: readonly (string | number)[]): JsonObject | null {
  let value: unknown = data;
  for (const key of path) {
    if (value === null) return null;
    value = typeof value === 'object' ? Reflect.get(value, key) : undefined;
  }
  if (value === null) return null;
  if (!isJsonObject(value)) throw new Error(`A part came for ${path.join('.')}, where no object is`);
  return value;
}

function merge(target: JsonObject, part: JsonObject): void {
  for (const [name, sent] of Object.entries(part)) {
    const known = Object.hasOwn(target, name) ? target[name] : undefined;
    Object.defineProperty(target, name, {
      value: joined(known, sent),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
}

function joined(known: unknown, sent: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(sent)) return sent.map((item, index) => joined(known[index], item));
  if (!isJsonObject(known) || !isJsonObject(sent)) return structuredClone(sent);
  merge(known, sent);
  return known;
}
