import { systemViewer } from '@cauce/shared/auth/viewer';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../execute/json-object.ts';
import type { SubgraphAnswer } from '../transports/transport.ts';
import { createEntityCache } from './entity-cache.ts';
import {
  createWaveringBus,
  entityRequest,
  idOf,
  queryRequest,
  scopeOf,
  smallSupergraph,
  transportTo,
} from './test/small-world.ts';

const ana = testViewer({ companyIds: ['c1'] });
const beto = testViewer({ companyIds: ['c1'] });
const carla = testViewer({ companyIds: ['c2'] });
const [one, two, three] = [idOf(1), idOf(2), idOf(3)];

/** A cache before a subgraph that numbers its answers, so that an old one can be told from a new one. */
function world(answer?: (given: readonly unknown[]) => SubgraphAnswer, supergraphSdl = smallSupergraph) {
  let answers = 0;
  const inner = transportTo(async ({ query, variables }) => {
    answers += 1;
    const lists = Object.entries(variables).filter(([name]) => name.startsWith('representations'));
    const [first] = lists;
    if (answer !== undefined && Array.isArray(first?.[1])) return answer(first[1]);
    const rows = (list: unknown) => (Array.isArray(list) ? list : []).map((row) => ({ ...row, level: answers }));
    if (lists.length === 0) return { data: { [query.includes('wells') ? 'wells' : 'well']: { level: answers } } };
    const aliasOf = (name: string) =>
      name.replace('representations_', 'entities_').replace('representations', '_entities');
    return { data: Object.fromEntries(lists.map(([name, list]) => [aliasOf(name), rows(list)])) };
  });
  const bus = createWaveringBus();
  const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
  const cache = createEntityCache({ supergraphSdl, bus, shared: null, metrics, maxBytes: 1_000_000 });
  const transport = cache.transport('wells', inner);
  const change = (topic: string, key: string) => {
    bus.publish(crypto.randomUUID(), topic, key);
    bus.deliver();
  };
  /** The answers' numbers, in order. */
  const levels = async (request = entityRequest([one]), viewer = ana): Promise<unknown[]> => {
    const { data } = await transport.execute(request, scopeOf(viewer));
    const given = Object.values(data ?? {}).flat();
    return given.map((row) => (isJsonObject(row) ? row.level : row));
  };
  return { inner, bus, cache, transport, change, levels };
}

describe('what is kept', () => {
  it('is asked for once, and given to everybody of equal rights and to nobody else', async () => {
    const { levels, inner } = world();
    expect(await levels()).toEqual([1]);
    expect(await levels(undefined, beto)).toEqual([1]);
    expect(await levels(undefined, carla)).toEqual([2]);
    expect(inner.asked).toHaveLength(2);
  });

  it('is given to everybody where it is declared to be the same for all', async () => {
    const { levels } = world();
    const request = entityRequest([one], '... on Unit { name }', 'Unit');
    expect(await levels(request)).toEqual([1]);
    expect(await levels(request, carla)).toEqual([1]);
  });

  it('is loaded with the rights it is kept under, by nobody, with a scope of its own, and never by an older answer', async () => {
    const { levels, inner } = world();
    await levels();
    await levels(entityRequest([two]));
    for (const { request, scope } of inner.asked) {
      expect(scope.viewer).toMatchObject({
        id: 'shared',
        userId: null,
        companyIds: ['c1'],
        permissions: ana.permissions,
      });
      expect(request.isFresh).toBe(true);
    }
    expect(inner.asked[0]?.scope).not.toBe(inner.asked[1]?.scope);
  });

  it('leaves only the rest of a fetch to be asked for, and comes in its place', async () => {
    const { levels, inner } = world();
    await levels(entityRequest([two]));
    expect(await levels(entityRequest([one, two, three]))).toEqual([2, 1, 2]);
    expect(inner.asked[1]?.request.variables.representations).toEqual([
      { __typename: 'Well', id: one },
      { __typename: 'Well', id: three },
    ]);
  });

  it('serves questions alone and joined with others alike', async () => {
    const { levels, inner } = world();
    const query = `query($representations_0: [_Any!]!, $representations_1: [_Any!]!) {
      entities_0: _entities(representations: $representations_0) { ... on Well { level seenBy } }
      entities_1: _entities(representations: $representations_1) { ... on Well { level } }
    }`;
    const wells = (...ids: string[]) => ids.map((id) => ({ __typename: 'Well', id }));
    await levels(entityRequest([one, two]));
    expect(await levels(queryRequest(query, { representations_0: wells(one), representations_1: wells(one) }))).toEqual(
      [1, 2],
    );
    expect(inner.asked[1]?.request.variables).toEqual({ representations_0: [], representations_1: wells(one) });
    const all = { representations_0: wells(two), representations_1: [] };
    expect(await world().transport.execute(queryRequest(query, all), scopeOf(ana))).toMatchObject({
      data: { entities_0: [{ level: 1 }], entities_1: [] },
    });
    const { data } = await world().transport.execute(queryRequest(query, all), scopeOf(ana));
    expect(Object.keys(data ?? {})).toEqual(['entities_0', 'entities_1']);
  });

  it('is told apart by arguments, variables and fields', async () => {
    const { levels } = world();
    const find = 'query($id: ID!) { well(id: $id) { level } }';
    expect(await levels(queryRequest(find, { id: one }))).toEqual([1]);
    expect(await levels(queryRequest(find, { id: two }))).toEqual([2]);
    expect(await levels(queryRequest(find, { id: one }))).toEqual([1]);
    expect(await levels(queryRequest('query($id: ID!) { well(id: $id) { level seenBy } }', { id: one }))).toEqual([3]);
    expect(await levels(queryRequest(find, { id: undefined }))).toEqual([4]);
    expect(await levels(queryRequest(find, { id: null }))).toEqual([5]);
  });

  it('belongs to whoever it is given to: nobody sees what another has done to it', async () => {
    const { transport } = world();
    const ask = async () => (await transport.execute(entityRequest([one]), scopeOf(ana))).data?._entities;
    for (let round = 0; round < 3; round += 1) {
      const given = await ask();
      const row: unknown = Array.isArray(given) ? given[0] : null;
      expect(row).toEqual({ __typename: 'Well', id: one, level: 1 });
      if (isJsonObject(row)) row.level = 99;
    }
  });
});

describe('what is never kept', () => {
  it.each([
    ['a field of another type that says nothing', entityRequest([one], '... on Well { note { text } }')],
    ['a type that says nothing', entityRequest([one], '... on Note { text }', 'Note')],
    ['a query that says nothing', queryRequest('{ anyWell { level } }')],
    ['a document of which one part says nothing', queryRequest('{ well(id: 1) { level } anyWell { level } }')],
    ['a mutation', queryRequest('mutation { changeWell(entity: 1) }')],
  ])('%s', async (_what, request) => {
    const { transport, inner } = world();
    const scope = scopeOf(ana);
    await transport.execute(request, scope);
    await transport.execute(request, scope);
    expect(inner.asked).toHaveLength(2);
    // As it came, for who it came from.
    expect(inner.asked[1]).toEqual({ request, scope });
  });

  it('what another subgraph gives the type', async () => {
    const { cache, inner } = world();
    const other = cache.transport('pumps', inner);
    await other.execute(entityRequest([one]), scopeOf(ana));
    await other.execute(entityRequest([one]), scopeOf(ana));
    expect(inner.asked).toHaveLength(2);
  });

  it('what the platform asks for itself', async () => {
    const { levels } = world();
    await levels();
    expect(await levels(undefined, systemViewer('gateway'))).toEqual([2]);
  });

  it('nothing, and what came with an error', async () => {
    const { transport, inner } = world((given) => ({ data: { _entities: given.map(() => null) } }));
    const none = { data: { _entities: [null] } };
    expect(await transport.execute(entityRequest([one]), scopeOf(ana))).toEqual(none);
    expect(await transport.execute(entityRequest([one]), scopeOf(ana))).toEqual(none);
    expect(inner.asked).toHaveLength(2);
    const errors = [{ message: 'The pump is dry', path: ['_entities', 0, 'level'] }];
    const faulty = world((given) => ({ data: { _entities: given }, errors }));
    expect(await faulty.transport.execute(entityRequest([one]), scopeOf(ana))).toMatchObject({ errors });
    expect(await faulty.transport.execute(entityRequest([one]), scopeOf(ana))).toMatchObject({ errors });
    expect(faulty.inner.asked).toHaveLength(2);
  });

  it('an answer of which a part has failed is asked for as a whole, so that its errors keep their places', async () => {
    const errors = (given: readonly unknown[]) =>
      given.flatMap((row, at) =>
        isJsonObject(row) && row.id === three ? [{ message: 'dry', path: ['_entities', at, 'level'] }] : [],
      );
    const { transport } = world((given) => {
      const found = errors(given);
      return { data: { _entities: given }, ...(found.length === 0 ? {} : { errors: found }) };
    });
    await transport.execute(entityRequest([one]), scopeOf(ana));
    const answer = await transport.execute(entityRequest([one, three]), scopeOf(ana));
    expect(answer).toEqual({
      data: { _entities: [one, three].map((id) => ({ __typename: 'Well', id })) },
      errors: [{ message: 'dry', path: ['_entities', 1, 'level'] }],
    });
  });
});

describe('what an event makes old', () => {
  it('is forgotten: its entity, and whatever any entity may have a part in', async () => {
    const { levels, change } = world();
    const find = queryRequest('query($id: ID!) { well(id: $id) { level } }', { id: two });
    expect([await levels(), await levels(entityRequest([two])), await levels(find)]).toEqual([[1], [2], [3]]);
    change('wells.wellChanged', one);
    expect([await levels(), await levels(entityRequest([two])), await levels(find)]).toEqual([[4], [2], [5]]);
  });

  it('is forgotten with what lies below it', async () => {
    const { levels, change } = world();
    const request = entityRequest([one], '... on Well { level owner { name } }');
    expect(await levels(request)).toEqual([1]);
    change('wells.ownerChanged', idOf(9));
    expect(await levels(request)).toEqual([2]);
  });

  it('is everything of the type when the event names no entity, and not of another', async () => {
    const { levels, change } = world();
    const units = entityRequest([one], '... on Unit { name }', 'Unit');
    expect([await levels(), await levels(units)]).toEqual([[1], [2]]);
    change('wells.wellChanged', '*');
    expect([await levels(), await levels(units)]).toEqual([[3], [2]]);
  });

  it('is found however an id is written', async () => {
    const { levels, change } = world();
    const shouted = entityRequest(['0199C0DE-0000-7000-8000-00000000000A']);
    expect(await levels(shouted)).toEqual([1]);
    change('wells.wellChanged', idOf(0).replace(/0$/, 'a'));
    expect(await levels(shouted)).toEqual([2]);
  });

  it('is everything when the bus may have missed something, or the graph is another', async () => {
    const { levels, bus, cache, inner } = world();
    expect(await levels()).toEqual([1]);
    bus.lose();
    expect([await levels(), await levels()]).toEqual([[2], [3]]);
    bus.restore();
    expect([await levels(), await levels()]).toEqual([[4], [4]]);
    cache.reload(smallSupergraph.replaceAll('@cacheControl(', '@other('));
    expect([await levels(), await levels()]).toEqual([[5], [6]]);
    expect(inner.asked).toHaveLength(6);
  });

  it('is everything of a subgraph that a mutation has changed, for who asks after it has ended', async () => {
    const { levels, transport } = world();
    expect(await levels()).toEqual([1]);
    await transport.execute(queryRequest('mutation { changeWell(entity: 1) }'), scopeOf(beto));
    expect(await levels()).toEqual([3]);
  });

  it('is not what a mutation spares, unless it comes with one that does not', async () => {
    const { levels, transport } = world();
    expect(await levels()).toEqual([1]);
    await transport.execute(queryRequest('mutation { greet }'), scopeOf(beto));
    expect(await levels()).toEqual([1]);
    await transport.execute(queryRequest('mutation { greet changeWell(entity: 1) }'), scopeOf(beto));
    expect(await levels()).toEqual([4]);
  });

  it('is a list with all that it says of itself, when anything of its kind comes, changes or goes', async () => {
    const { levels, change } = world();
    const list = queryRequest('{ wells { totalCount pageInfo { hasNextPage } wells { level } } }');
    expect(await levels(list)).toEqual([1]);
    expect(await levels(list, beto)).toEqual([1]);
    expect(await levels(list, carla)).toEqual([2]);
    change('wells.ownerChanged', one);
    expect(await levels(list)).toEqual([1]);
    change('wells.wellChanged', idOf(77));
    expect(await levels(list)).toEqual([3]);
    expect(await levels(list, carla)).toEqual([4]);
  });
});

describe('many who want the same at once', () => {
  it('wait for one load', async () => {
    const { levels, inner } = world();
    const all = await Promise.all(Array.from({ length: 500 }, () => levels()));
    expect(inner.asked).toHaveLength(1);
    expect(new Set(all.flat())).toEqual(new Set([1]));
  });

  it('do not lose by the one who has left, and whoever has left does not wait', async () => {
    let begun = 0;
    const inner = transportTo((_request, { signal }) => {
      begun += 1;
      if (begun > 1) return Promise.resolve({ data: { _entities: [{ level: 7 }] } });
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('left'))));
    });
    const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
    const bus = createWaveringBus();
    const cache = createEntityCache({ supergraphSdl: smallSupergraph, bus, shared: null, metrics, maxBytes: 1_000 });
    const transport = cache.transport('wells', inner);
    const [leaving, alsoLeaving] = [new AbortController(), new AbortController()];
    const first = Promise.resolve(transport.execute(entityRequest([one]), scopeOf(ana, leaving.signal)));
    const second = Promise.resolve(transport.execute(entityRequest([one]), scopeOf(beto)));
    const third = Promise.resolve(transport.execute(entityRequest([one]), scopeOf(beto, alsoLeaving.signal)));
    alsoLeaving.abort();
    await expect(third).rejects.toMatchObject({ code: 'TIMEOUT' });
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await second).toEqual({ data: { _entities: [{ level: 7 }] } });
  });
});
