import type { Viewer } from '@cauce/shared/auth/viewer';
import type { SharedValues } from '@cauce/shared/coordination/shared-values';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';
import type { EventBus } from '@cauce/shared/events/event-bus';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import type { DocumentNode } from 'graphql';
import type { Transport } from '../transports/transport.ts';
import { createCachedTransport } from './cached-transport.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { createKeptValues, type KeptValues, type Load } from './kept-values.ts';
import { type Question, questionsOf } from './questions.ts';
import { createRights, type Rights } from './rights.ts';
import { changedTags, subgraphTag } from './tags.ts';

export interface EntityCacheOptions {
  readonly supergraphSdl: string;
  readonly bus: Pick<EventBus, 'watch' | 'isCaughtUp'>;
  /** Kept for all gateways; null for the memory of this one alone. */
  readonly shared: SharedValues | null;
  readonly metrics: Metrics;
  readonly maxBytes: number;
}

/** Keeps what subgraphs declare, for as long as no event says that it changed. */
export interface EntityCache {
  /** Answers a subgraph's fetches from what is kept, and keeps what had to be fetched. */
  transport(subgraph: string, inner: Transport): Transport;
  /** Goes by the declarations of another supergraph from now on. */
  reload(supergraphSdl: string): void;
  stop: Stop;
}

/** What the transports of one cache have in common. */
export interface CacheCore {
  readonly values: KeptValues;
  readonly shared: SharedValues | null;
  readonly bus: Pick<EventBus, 'isCaughtUp'>;
  readonly rightsOf: (viewer: Viewer) => Rights;
  readonly declarations: () => Declarations;
  questions(document: DocumentNode, subgraph: string): readonly Question[] | null;
  /** Loads under way, by key: whoever wants the same meanwhile waits for them. */
  readonly loading: Map<string, Loading>;
  /** Nothing of the subgraph that was read before is given from now on. */
  seal(subgraph: string): void;
  count(subgraph: string, outcome: 'hit' | 'shared' | 'joined' | 'miss' | 'away', by: number): void;
}

export interface Loading {
  readonly load: Load;
  /** The text of the value, or null when it came to nothing that may be kept. */
  readonly text: Promise<string | null>;
}

/**
 * A cache that is never staler than the event bus: a value is forgotten before anybody in this process hears of the
 * event that made it old, what is being loaded meanwhile is not kept, and before anything is given the bus is asked
 * whether all that was published has come. A bus that cannot say so turns the cache off; a gap in it empties it.
 */
export function createEntityCache(options: EntityCacheOptions): EntityCache {
  const { bus, shared, metrics } = options;
  const values = createKeptValues(options.maxBytes);
  let declarations = readDeclarations(options.supergraphSdl);
  let topics = topicsOf(declarations);
  let known = new WeakMap<DocumentNode, readonly Question[] | null>();

  const counted = (topic: string) =>
    metrics.count('cauce_entity_cache_invalidations_total', 'Events that made something kept old', { topic });
  const forgetAll = () => {
    values.clear();
    shared?.renew(null, ['*']);
  };
  const core: CacheCore = {
    ...{ values, shared, bus, rightsOf: createRights(), loading: new Map(), declarations: () => declarations },
    questions(document, subgraph) {
      const before = known.get(document);
      if (before !== undefined) return before;
      const questions = questionsOf(document, subgraph, declarations);
      known.set(document, questions);
      return questions;
    },
    seal(subgraph) {
      if (![...declarations.types.values()].some((type) => type.subgraph === subgraph)) return;
      const tags = [subgraphTag(subgraph)];
      values.invalidate(tags);
      shared?.renew(null, tags);
    },
    count: (subgraph, outcome, by) =>
      metrics.count('cauce_entity_cache_total', 'What fetches asked of the cache', { subgraph, outcome }, by),
  };
  metrics.gaugeFrom('cauce_entity_cache_bytes', 'What the cache holds in memory', [], () => [{ value: values.bytes }]);
  metrics.gaugeFrom('cauce_entity_cache_entries', 'Values in the memory of the cache', [], () => [
    { value: values.count },
  ]);

  const unwatch = bus.watch({
    follows: (topic) => topics.has(topic),
    event(event) {
      counted(event.topic);
      const tags = changedTags(event);
      values.invalidate(tags);
      shared?.renew(event.id, tags);
    },
    gap: forgetAll,
  });
  // What others keep may be older than the first event that this process will hear of.
  shared?.renew(null, ['*']);

  return {
    transport: (subgraph, inner) => createCachedTransport(core, subgraph, inner),
    reload(supergraphSdl) {
      declarations = readDeclarations(supergraphSdl);
      topics = topicsOf(declarations);
      known = new WeakMap();
      forgetAll();
    },
    async stop() {
      unwatch();
      values.clear();
    },
  };
}

/** The cache as the environment wants it; null for none. */
export function openEntityCache(
  { cache: { mode, maxBytes } }: Pick<PlatformEnv, 'cache'>,
  { bus, sharedValues, metrics }: Pick<Deps, 'bus' | 'sharedValues' | 'metrics'>,
  supergraphSdl: string,
): EntityCache | null {
  if (mode === 'off') return null;
  return createEntityCache({ supergraphSdl, bus, shared: mode === 'redis' ? sharedValues : null, metrics, maxBytes });
}

function topicsOf({ types }: Declarations): ReadonlySet<string> {
  return new Set([...types.values()].map(({ topic }) => topic));
}
