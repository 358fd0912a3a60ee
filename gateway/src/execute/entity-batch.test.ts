import fc from 'fast-check';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import type { RequiredSelection } from '../plan/query-plan.ts';
import { compileEntityCollection, type EntityBatch } from './entity-batch.ts';
import type { JsonObject } from './json-object.ts';

const field = (name: string, selections: readonly RequiredSelection[] | null = null): RequiredSelection => ({
  kind: 'field',
  name,
  selections,
});

function collect(
  items: readonly unknown[],
  required: readonly RequiredSelection[],
  typeNames = ['Thing'],
): EntityBatch {
  const query = '{ _entities { __typename } }';
  const collectInto = compileEntityCollection(
    {
      kind: 'fetch',
      subgraph: 'any',
      operationKind: 'query',
      operationName: undefined,
      query,
      document: parse(query),
      variables: [],
      requires: [{ kind: 'fragment', typeNames: new Set(typeNames), selections: [field('__typename'), ...required] }],
      inputRewrites: [],
      outputRewrites: [],
    },
    [{ kind: 'field', name: 'items' }, { kind: 'list' }],
  );
  const batch: EntityBatch = { objects: [], slots: [], representations: [], seen: [] };
  collectInto({ items }, batch);
  return batch;
}

it('gives two entities one representation exactly when all that is required of them is equal', () => {
  // Few letters, and those that a careless key would use between its parts.
  const scalar = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', ':', ';', '1', '"'), maxLength: 4 }),
    fc.integer({ min: 0, max: 12 }),
    fc.boolean(),
    fc.constant(null),
  );
  const thing = fc.record({
    __typename: fc.constantFrom('Thing', 'Other'),
    id: scalar,
    code: scalar,
    part: fc.oneof(fc.constant(null), fc.record({ x: scalar })),
  });
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 30 }), (things) => {
      const { objects, slots, representations } = collect(
        things,
        [field('id'), field('code'), field('part', [field('x')])],
        ['Thing', 'Other'],
      );
      expect(objects).toEqual(things);
      expect(slots.map((slot) => representations[slot])).toEqual(things);
      expect(new Set(representations.map((one) => JSON.stringify(one))).size).toBe(representations.length);
    }),
  );
});

it('tells text from numbers in a key of one field', () => {
  const items = ['1', 1, 1, null, 'null', null].map((id) => ({ __typename: 'Thing', id }));
  expect(collect(items, [field('id')]).slots).toEqual([0, 1, 1, 2, 3, 2]);
});

it('sends what is required and nothing else, also inside of objects and lists', () => {
  const item = { __typename: 'Thing', id: '1', secret: 's', parts: [{ x: 1, secret: 2 }, null, [{ x: 3 }]] };
  expect(collect([item], [field('id'), field('parts', [field('x')])]).representations).toEqual([
    { __typename: 'Thing', id: '1', parts: [{ x: 1 }, null, [{ x: 3 }]] },
  ]);
});

it('passes over what it cannot represent', () => {
  const items = [
    null,
    7,
    [],
    {},
    { __typename: 'Ghost', id: '1' },
    { __typename: 'Thing' },
    { __typename: 'Thing', id: '2' },
  ];
  expect(collect(items, [field('id')]).representations).toEqual([{ __typename: 'Thing', id: '2' }]);
});

it('reads a field that all objects inherit only where it was sent', () => {
  const items: JsonObject[] = [{ __typename: 'Thing' }, { __typename: 'Thing', constructor: 'c' }];
  expect(collect(items, [field('constructor')]).representations).toEqual([{ __typename: 'Thing', constructor: 'c' }]);
});
