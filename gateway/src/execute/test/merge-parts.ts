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
      else merge(at(data, part.path), part.data);
    }
  }
  return { data, errors, payloads, hasNullPart };
}

/** Values with the names of each object in one order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}

function at(data: unknown, path: readonly (string | number)[]): JsonObject {
  let value: unknown = data;
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
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
