import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { isJsonObject, type JsonObject } from '../execute/json-object.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from '../transports/transport.ts';
import type { CacheCore } from './entity-cache.ts';
import type { Load } from './kept-values.ts';
import type { Wanted } from './wanted.ts';

export interface LoadOptions {
  readonly core: CacheCore;
  readonly subgraph: string;
  readonly inner: Transport;
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
  readonly wanted: readonly Wanted[];
  /** What is known already, in the order of what is wanted. */
  readonly texts: readonly (string | undefined)[];
}

/**
 * What came of it: a text for each that is wanted; the subgraph's own answer, where nothing was known and so nothing
 * has to be put together; or nothing certain, and the fetch has to be asked as it is.
 */
export type Loaded =
  | { readonly kind: 'texts'; readonly texts: readonly (string | undefined)[] }
  | { readonly kind: 'answer'; readonly answer: SubgraphAnswer }
  | { readonly kind: 'uncertain' };

const uncertain: Loaded = { kind: 'uncertain' };

/** Brings what is not known: from a load under way, from what all gateways keep, or else from the subgraph. */
export async function loadWanted(options: LoadOptions): Promise<Loaded> {
  const { core, subgraph, wanted } = options;
  const texts = [...options.texts];
  const joined: { readonly index: number; readonly text: Promise<string | null> }[] = [];
  const own: number[] = [];
  for (const [index, { key, tags, question }] of wanted.entries()) {
    if (texts[index] !== undefined) continue;
    const loading = core.loading.get(key);
    const isJoinable = question.representations !== null && loading && core.values.isFresh(loading.load, tags);
    if (isJoinable) joined.push({ index, text: loading.text });
    else own.push(index);
  }
  if (joined.length > 0) core.count(subgraph, 'joined', joined.length);
  const answer = own.length === 0 ? null : await loadOwn(options, own, texts);
  if (answer !== null) return answer;
  for (const { index, text } of joined) {
    const found = await text;
    if (found === null) return uncertain;
    texts[index] = found;
  }
  return { kind: 'texts', texts };
}

/** Loads those of these places and sets their texts; null when that is all there is to it. */
async function loadOwn(
  options: LoadOptions,
  own: readonly number[],
  texts: (string | undefined)[],
): Promise<Loaded | null> {
  const { core, wanted } = options;
  // Before anything is read: what changes from here on makes it old.
  const load = core.values.begin();
  const kept = new Map<number, string>();
  const { promise, resolve } = Promise.withResolvers<void>();
  const registered = own.map((index) => {
    const key = wanted[index]?.key ?? '';
    const loading = { load, text: promise.then(() => kept.get(index) ?? null) };
    core.loading.set(key, loading);
    return { key, loading };
  });
  try {
    return await bring(options, own, { load, kept, texts });
  } finally {
    for (const { key, loading } of registered) {
      if (core.loading.get(key) === loading) core.loading.delete(key);
    }
    core.values.end(load);
    resolve();
  }
}

interface Bringing {
  readonly load: Load;
  /** What others may be given. */
  readonly kept: Map<number, string>;
  readonly texts: (string | undefined)[];
}

async function bring(options: LoadOptions, own: readonly number[], bringing: Bringing): Promise<Loaded | null> {
  const { core, subgraph, inner, request, scope, wanted } = options;
  const { load, kept, texts } = bringing;
  const keep = (index: number, text: string, share: number) => {
    const one = wanted[index];
    if (one === undefined) return;
    kept.set(index, text);
    texts[index] = text;
    const { key, tags, question } = one;
    core.values.put(load, { key, text, tags, maxAgeMs: question.maxAgeMs * share });
  };
  const read = core.shared === null ? null : await core.shared.read(own.map((index) => wanted[index] ?? nothing));
  const rest = own.filter((index, position) => {
    const text = read?.[position]?.text;
    if (typeof text !== 'string') return true;
    keep(index, text, 1 / 2);
    return false;
  });
  if (rest.length < own.length) core.count(subgraph, 'shared', own.length - rest.length);
  if (rest.length === 0) return null;
  core.count(subgraph, 'miss', rest.length);
  // A scope of its own, and so loaders of its own: what the request has read before may be older than the load.
  const shared: RequestScope = { ...scope, viewer: core.rightsOf(scope.viewer).viewer };
  const asked = rest.map((index) => wanted[index]).filter((one) => one !== undefined);
  const isWhole = rest.length === wanted.length || asked.some(({ representation }) => representation === null);
  const answer = await inner.execute(isWhole ? { ...request, isFresh: true } : requestFor(request, asked), shared);
  const values = valuesOf(answer, isWhole ? wanted : asked);
  if (values === null) return isWhole ? { kind: 'answer', answer } : uncertain;
  const places = isWhole ? wanted.map((_one, index) => index) : rest;
  const fresh: { readonly key: string; readonly stamp: string; readonly text: string; readonly ttlMs: number }[] = [];
  for (const [position, index] of places.entries()) {
    const value = values[position];
    if (!isJsonObject(value)) {
      texts[index] = 'null';
      continue;
    }
    const text = JSON.stringify(value);
    keep(index, text, 1);
    const one = wanted[index];
    const stamp = read?.[own.indexOf(index)]?.stamp;
    if (one && typeof stamp === 'string') {
      fresh.push({ key: one.key, stamp, text, ttlMs: one.question.maxAgeMs / 2 });
    }
  }
  if (fresh.length > 0) core.shared?.write(fresh);
  return isWhole ? { kind: 'answer', answer } : null;
}

const nothing = { key: '', tags: [] };

/** The same fetch for some of its entities. */
function requestFor(request: SubgraphRequest, wanted: readonly Wanted[]): SubgraphRequest {
  const variables: JsonObject = { ...request.variables };
  for (const name in variables) if (name.startsWith('representations')) variables[name] = [];
  for (const { question, representation } of wanted) {
    const list = variables[question.representations ?? ''];
    if (Array.isArray(list)) list.push(representation);
  }
  return { ...request, variables, isFresh: true };
}

/** The value of each that was asked for; null when the answer has errors, or is not one for each. */
function valuesOf({ data, errors }: SubgraphAnswer, asked: readonly Wanted[]): readonly unknown[] | null {
  if ((errors !== undefined && errors.length > 0) || !isJsonObject(data)) return null;
  const values: unknown[] = [];
  const positions = new Map<string, number>();
  for (const { question, representation } of asked) {
    const answered = data[question.alias];
    if (representation === null) {
      values.push(answered);
      continue;
    }
    if (!Array.isArray(answered)) return null;
    const position = positions.get(question.alias) ?? 0;
    positions.set(question.alias, position + 1);
    if (position >= answered.length) return null;
    values.push(answered[position]);
  }
  for (const [alias, count] of positions) {
    const answered = data[alias];
    if (Array.isArray(answered) && answered.length !== count) return null;
  }
  return values;
}
