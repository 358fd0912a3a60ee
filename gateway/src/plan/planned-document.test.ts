import { buildSchema, parse, print, stripIgnoredCharacters } from 'graphql';
import { expect, it } from 'vitest';
import { plannedDocument } from './planned-document.ts';
import { selectOperation } from './selection.ts';

const schema = buildSchema(`
  type Query { thing: Thing things(first: Int): [Thing!]! any: Any node: Node }
  interface Node { id: ID! }
  type Thing implements Node { id: ID! name: String price(currency: String): Float part: Thing value: Int }
  type Other implements Node { id: ID! value: String label__1: Int label(x: Int): Int }
  union Any = Thing | Other
`);

function planned(source: string, conditions: Record<string, boolean> = {}): string | null {
  const document = parse(source);
  const [definition] = document.definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error('The operation comes first');
  const operation = selectOperation(schema, document, definition, new Map(Object.entries(conditions)));
  const result = plannedDocument(schema, operation);
  return result === null ? null : stripIgnoredCharacters(print(result.document));
}

it.each([
  ['aliases', '{ thing { id: name name: id } }', '{thing{name id}}'],
  [
    'arguments',
    '{ thing { price a: price(currency: "A") b: price(currency: "A") c: price(currency: "C") } }',
    '{thing{price__1:price price__2:price(currency:"A")price__3:price(currency:"C")}}',
  ],
  [
    'fields that are given twice',
    '{ thing { id part { id } } thing { part { name } id } }',
    '{thing{id part{id name}}}',
  ],
  [
    'objects under two aliases, which stay two',
    '{ thing { part { id } other: part { id } } }',
    '{thing{part{id}part__1:part{id}}}',
  ],
  [
    'named fragments',
    '{ thing { ...F ...F } } fragment F on Thing { id ... on Node { id } }',
    '{thing{id ...on Node{id}}}',
  ],
  [
    'namesakes of other types',
    '{ any { ... on Thing { value } ... on Other { v: value } } }',
    '{any{__typename ...on Thing{value}...on Other{value__1:value}}}',
  ],
  [
    'names that are taken',
    '{ any { ... on Other { label(x: 1) } } }',
    '{any{__typename ...on Other{label__2:label(x:1)}}}',
  ],
  [
    'introspection',
    '{ __schema { queryType { name } } __typename thing { __typename t: __typename } }',
    '{thing{__typename}}',
  ],
])('plans %s under names that say what is meant', (_what, source, expected) => {
  expect(planned(source)).toBe(expected);
});

it('asks for a type name only where fragments tell types apart', () => {
  expect(planned('{ node { id ... on Node { id } } }')).toBe('{node{id}}');
  expect(planned('{ node { id ... on Thing { name } } }')).toBe('{node{__typename id ...on Thing{name}}}');
});

it('decides what is skipped before planning', () => {
  const source = 'query ($on: Boolean!) { thing { id name @include(if: $on) part @skip(if: $on) { id } } }';
  expect(planned(source, { on: true })).toBe('query($on:Boolean!){thing{id name}}');
  expect(planned(source, { on: false })).toBe('query($on:Boolean!){thing{id part{id}}}');
});

it('still asks for an object when everything in it is skipped', () => {
  expect(planned('{ thing { id @skip(if: true) } }')).toBe('{thing{__typename}}');
});

it('leaves nothing to plan when only introspection is asked for', () => {
  expect(planned('{ __typename __schema { queryType { name } } }')).toBeNull();
  expect(planned('{ thing @skip(if: true) { id } }')).toBeNull();
});
