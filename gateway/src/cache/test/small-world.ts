import type { Viewer } from '@cauce/shared/auth/viewer';
import type { EventBus, EventWatcher } from '@cauce/shared/events/event-bus';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { parse } from 'graphql';
import type { SubgraphAnswer, SubgraphRequest, Transport } from '../../transports/transport.ts';

/** A graph of one subgraph that lets wells and their owners be kept, and notes never. */
export const smallSupergraph = `
  type Well @cacheControl(maxAge: 60, scope: "RIGHTS", topic: "wells.wellChanged") {
    id: ID! level: Int! seenBy: String! owner: Owner note: Note
  }
  type Owner @cacheControl(maxAge: 60, scope: "RIGHTS", topic: "wells.ownerChanged") { id: ID! name: String! }
  type Unit @cacheControl(maxAge: 60, scope: "PUBLIC", topic: "wells.unitChanged") { id: ID! name: String! }
  type WellPage @cacheControl(maxAge: 60, scope: "RIGHTS", topic: "wells.wellChanged") {
    wells: [Well!]! pageInfo: PageInfo! totalCount: Int!
  }
  type PageInfo { hasNextPage: Boolean! }
  type Note { text: String! }
  type Query {
    well(id: ID!): Well @cacheControl(maxAge: 60, scope: "RIGHTS")
    wells: WellPage! @cacheControl(maxAge: 60, scope: "RIGHTS")
    anyWell: Well
  }
  type Mutation { changeWell(entity: Int!): Boolean! greet: Boolean! @sparesCache }
`;

export const wellFields = '... on Well { level seenBy }';

/** Ids as Postgres writes them. */
export function idOf(n: number): string {
  return `0199c0de-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** A fetch of some entities, or any query with its variables. */
export function entityRequest(ids: readonly string[], fields = wellFields, typeName = 'Well'): SubgraphRequest {
  const representations = ids.map((id) => ({ __typename: typeName, id }));
  return queryRequest(
    `query($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`,
    {
      representations,
    },
  );
}

const documents = new Map<string, SubgraphRequest['document']>();

/** The same text is the same document by reference, as it is of a plan. */
export function queryRequest(query: string, variables: Record<string, unknown> = {}): SubgraphRequest {
  const document = documents.get(query) ?? parse(query);
  documents.set(query, document);
  const operationKind = query.startsWith('mutation') ? 'mutation' : 'query';
  return { document, query, operationName: undefined, operationKind, variables };
}

export function scopeOf(viewer: Viewer, signal = new AbortController().signal): RequestScope {
  return { viewer, requestId: 'test', address: null, signal };
}

/** A transport to a function, that remembers what it was asked. */
export function transportTo(
  answer: (request: SubgraphRequest, scope: RequestScope) => SubgraphAnswer | Promise<SubgraphAnswer>,
): Transport & { readonly asked: { readonly request: SubgraphRequest; readonly scope: RequestScope }[] } {
  const asked: { readonly request: SubgraphRequest; readonly scope: RequestScope }[] = [];
  return {
    asked,
    execute(request, scope) {
      asked.push({ request, scope });
      return answer(request, scope);
    },
    subscribe: () => Promise.reject(new Error('Nothing streams here')),
  };
}

/** One process' end of a bus whose deliveries, losses and recoveries a test decides. */
export interface WaveringBus extends Pick<EventBus, 'watch' | 'isCaughtUp'> {
  /** The same event has the same id on every bus. */
  publish(id: string, topic: string, key: string): void;
  /** Delivers the oldest event that is on its way. */
  deliver(): void;
  /** Loses the connection without a word: what is on its way, and what follows, does not come. */
  lose(): void;
  restore(): void;
}

export function createWaveringBus(): WaveringBus {
  const watchers = new Set<EventWatcher>();
  let onItsWay: (
    | { readonly id: string; readonly topic: string; readonly key: string }
    | { readonly fence: (isCaughtUp: boolean) => void }
  )[] = [];
  let isLost = false;
  const passFences = () => {
    for (let first = onItsWay[0]; first !== undefined && 'fence' in first; first = onItsWay[0]) {
      first.fence(true);
      onItsWay.shift();
    }
  };
  return {
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    isCaughtUp() {
      if (isLost) return false;
      if (onItsWay.length === 0) return true;
      return new Promise((resolve) => void onItsWay.push({ fence: resolve }));
    },
    publish(id, topic, key) {
      if (!isLost) onItsWay.push({ id, topic, key });
    },
    deliver() {
      const event = onItsWay.shift();
      if (event !== undefined && 'topic' in event) {
        const { id, topic, key } = event;
        const full = { id, topic, key, companyId: null, siteId: null, occurredAt: '', payload: {} };
        for (const watcher of watchers) if (watcher.follows(topic)) watcher.event(full);
      }
      passFences();
    },
    lose() {
      if (isLost) return;
      isLost = true;
      for (const one of onItsWay) if ('fence' in one) one.fence(false);
      onItsWay = [];
    },
    restore() {
      if (!isLost) return;
      isLost = false;
      for (const watcher of watchers) watcher.gap();
    },
  };
}
