import type { Rewrite } from '../plan/query-plan.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** Applies a plan's rewrites to one object and what is in it, in place. */
export function applyRewrites(rewrites: readonly Rewrite[], object: unknown): void {
  for (const rewrite of rewrites) rewriteAt(object, rewrite, 0);
}

function rewriteAt(value: unknown, rewrite: Rewrite, depth: number): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(item, rewrite, depth);
    return;
  }
  if (!isJsonObject(value)) return;
  const step = rewrite.path[depth];
  if (step === undefined) rewriteKey(value, rewrite);
  else if (step.kind === 'field') {
    if (Object.hasOwn(value, step.name)) rewriteAt(value[step.name], rewrite, depth + 1);
  } else if (typeof value.__typename !== 'string' || step.typeNames.has(value.__typename)) {
    // Without a type name the subgraph had only one type to send.
    rewriteAt(value, rewrite, depth + 1);
  }
}

function rewriteKey(object: JsonObject, rewrite: Rewrite): void {
  if (rewrite.kind === 'setValue') {
    object[rewrite.key] = rewrite.value;
    return;
  }
  if (!Object.hasOwn(object, rewrite.key) || object[rewrite.key] === undefined) return;
  object[rewrite.newKey] = object[rewrite.key];
  object[rewrite.key] = undefined;
}
