import { randomUUID } from 'node:crypto';
import type { SharedValues } from '@cauce/shared/coordination/shared-values';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { testViewer } from '@cauce/shared/test/viewers';
import fc from 'fast-check';
import { isJsonObject } from '../../execute/json-object.ts';
import type { SubgraphAnswer } from '../../transports/transport.ts';
import { createEntityCache } from '../entity-cache.ts';
import {
  createWaveringBus,
  entityRequest,
  idOf,
  queryRequest,
  scopeOf,
  smallSupergraph,
  transportTo,
  wellFields,
} from './small-world.ts';

const gatewayCount = 2;
const entityCount = 3;
const everything = [0, 1, 2];
const listQuery = 'query { wells { totalCount pageInfo { hasNextPage } wells { level seenBy } } }';
/** Two tenants of the first company, who are two people of equal rights, and one of another. */
const viewers = ['c1', 'c1', 'c2'].map((company) => testViewer({ companyIds: [company] }));

export type Step =
  | { readonly do: 'write'; readonly entity: number }
  | { readonly do: 'relay' }
  | { readonly do: 'deliver' | 'lose' | 'restore'; readonly gateway: number }
  | { readonly do: 'mutate'; readonly gateway: number; readonly entity: number }
  | { readonly do: 'read'; readonly gateway: number; readonly viewer: number; readonly entities: readonly number[] }
  | { readonly do: 'find'; readonly gateway: number; readonly viewer: number; readonly entity: number }
  | { readonly do: 'list'; readonly gateway: number; readonly viewer: number }
  | { readonly do: 'work'; readonly which: number };

const gateway = fc.nat({ max: gatewayCount - 1 });
const entity = fc.nat({ max: entityCount - 1 });
const viewer = fc.nat({ max: viewers.length - 1 });

/** What may happen, in any order: much reading and working, some writing, now and then a lost connection. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), entity }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('relay' as const) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const), gateway }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), gateway }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), gateway }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('mutate' as const), gateway, entity }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('read' as const),
        ...{ gateway, viewer },
        entities: fc.uniqueArray(entity, { minLength: 1 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('find' as const), gateway, viewer, entity }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('list' as const), gateway, viewer }) },
    { weight: 12, arbitrary: fc.record({ do: fc.constant('work' as const), which: fc.nat({ max: 20 }) }) },
  ),
  { minLength: 20, maxLength: 120, size: 'max' },
);

export interface HistoryOptions {
  /** What a gateway shares with the other one. */
  readonly shared: (gateway: number) => SharedValues | null;
  /** Lets what can go on go on. */
  readonly settle: () => Promise<void>;
}

export interface HistoryResult {
  /** What was seen that must not be seen. */
  readonly wrongs: readonly string[];
  readonly reads: number;
  /** Entities that had to be fetched. */
  readonly fetched: number;
  readonly asked: number;
}

/**
 * Runs two gateways over one table through a history, each fetch in three steps that other things may come between:
 * sent, read in the table, answered. Every read is held against the table: what was published before it began, or
 * written by a mutation through the same gateway, must be in it, and nothing that its reader has no right to.
 */
export async function runHistory(steps: readonly Step[], { shared, settle }: HistoryOptions): Promise<HistoryResult> {
  const table = Array.from({ length: entityCount }, () => 0);
  const published = [...table];
  const outbox: { readonly entity: number; readonly version: number }[] = [];
  const waiting: (() => void)[] = [];
  const wrongs: string[] = [];
  let [reads, fetched, asked] = [0, 0, 0];
  const turn = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const write = (index: number) => {
    table[index] = (table[index] ?? 0) + 1;
    outbox.push({ entity: index, version: table[index] ?? 0 });
  };
  const rowFor = (id: unknown, companyIds: unknown, seen: unknown) => {
    const index = Number(String(id).slice(-12));
    fetched += 1;
    return { level: table[index] ?? 0, seenBy: `${JSON.stringify(companyIds)} ${seen}` };
  };
  const gateways = Array.from({ length: gatewayCount }, (_, number) => {
    const bus = createWaveringBus();
    const inner = transportTo(async ({ query, variables, operationKind }, scope): Promise<SubgraphAnswer> => {
      await turn();
      const seen = scope.viewer.userId;
      if (operationKind === 'mutation') {
        write(Number(variables.entity));
        await turn();
        return { data: { changeWell: true } };
      }
      const { companyIds } = scope.viewer;
      const given = variables.representations;
      const page = () => {
        const wells = table.map((_level, index) => rowFor(idOf(index), companyIds, seen));
        return { wells: { pageInfo: { hasNextPage: false }, totalCount: wells.length, wells } };
      };
      const data =
        query === listQuery
          ? page()
          : Array.isArray(given)
            ? { _entities: given.map((one) => (isJsonObject(one) ? rowFor(one.id, companyIds, seen) : null)) }
            : { well: rowFor(variables.id, companyIds, seen) };
      await turn();
      return { data };
    });
    const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
    const options = { supergraphSdl: smallSupergraph, bus, shared: shared(number), metrics, maxBytes: 1_000_000 };
    const cache = createEntityCache(options);
    return { bus, transport: cache.transport('wells', inner), written: table.map(() => 0) };
  });
  const pending: Promise<void>[] = [];
  const check = (number: number, viewerIndex: number, entities: readonly number[], how: 'read' | 'find' | 'list') => {
    const at = gateways[number];
    const who = viewers[viewerIndex];
    if (at === undefined || who === undefined) return;
    const least = entities.map((index) => Math.max(published[index] ?? 0, at.written[index] ?? 0));
    const ids = entities.map(idOf);
    const requests = {
      read: () => entityRequest(ids, wellFields),
      find: () => queryRequest('query($id: ID!) { well(id: $id) { level seenBy } }', { id: ids[0] }),
      list: () => queryRequest(listQuery),
    };
    const request = requests[how]();
    reads += 1;
    asked += entities.length;
    const answered = async () => {
      const { data } = await at.transport.execute(request, scopeOf(who));
      const list: unknown = Reflect.get(Object(data?.wells), 'wells');
      const given = how === 'find' ? [data?.well] : how === 'list' ? list : data?._entities;
      for (const [position, index] of entities.entries()) {
        const row: unknown = Array.isArray(given) ? given[position] : null;
        const level = isJsonObject(row) ? Number(row.level) : -1;
        const seenBy = isJsonObject(row) ? String(row.seenBy) : '';
        if (level < (least[position] ?? 0))
          wrongs.push(`gateway ${number} gave ${level} of ${index} after ${least[position]}`);
        if (!seenBy.startsWith(JSON.stringify(who.companyIds))) wrongs.push(`${who.companyIds} was given ${seenBy}`);
        const isOthers = viewers.some(({ userId }) => userId !== who.userId && seenBy.includes(String(userId)));
        if (isOthers) wrongs.push('somebody was given what was made for another');
      }
    };
    pending.push(answered());
  };

  for (const step of steps) {
    const at = 'gateway' in step ? gateways[step.gateway] : undefined;
    switch (step.do) {
      case 'write':
        write(step.entity);
        break;
      case 'relay': {
        const event = outbox.shift();
        if (event === undefined) break;
        published[event.entity] = event.version;
        const id = randomUUID();
        for (const { bus } of gateways) bus.publish(id, 'wells.wellChanged', idOf(event.entity));
        break;
      }
      case 'deliver':
      case 'lose':
      case 'restore':
        at?.bus[step.do]();
        break;
      case 'mutate': {
        const mutation = queryRequest('mutation($entity: Int!) { changeWell(entity: $entity) }', {
          entity: step.entity,
        });
        const [who] = viewers;
        if (at === undefined || who === undefined) break;
        const ended = async () => {
          await at.transport.execute(mutation, scopeOf(who));
          at.written[step.entity] = Math.max(at.written[step.entity] ?? 0, mutatedTo(step.entity));
        };
        // The least that it wrote: the table may have gone on since.
        const before = table[step.entity] ?? 0;
        const mutatedTo = (_index: number) => before + 1;
        pending.push(ended());
        break;
      }
      case 'read':
        check(step.gateway, step.viewer, step.entities, 'read');
        break;
      case 'find':
        check(step.gateway, step.viewer, [step.entity], 'find');
        break;
      case 'list':
        check(step.gateway, step.viewer, everything, 'list');
        break;
      case 'work':
        waiting.splice(step.which % Math.max(1, waiting.length), 1)[0]?.();
        break;
    }
    await settle();
  }
  let isDone = false;
  const all = Promise.all(pending).then(() => {
    isDone = true;
  });
  while (!isDone) {
    for (const { bus } of gateways) bus.deliver();
    for (const next of waiting.splice(0)) next();
    await settle();
  }
  await all;
  return { wrongs, reads, fetched, asked };
}
