import { anonymousViewer, systemViewer } from '@cauce/shared/auth/viewer';
import { testViewer } from '@cauce/shared/test/viewers';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { budgetOf, defaultBudgets, refuseTooCostly } from './cost-budget.ts';
import { createCostModel } from './cost-model.ts';
import { measureCost } from './measure-cost.ts';

const sdl = `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    me: Site
    sites: [Site!]!
    pages(first: Int, last: Int): Page! @listSize(assumedSize: 50, slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
    numbers: [Int!]! @cost(weight: 2) @listSize(assumedSize: 7)
    top(limit: Int): [Site!]! @listSize(slicingArguments: ["limit"])
    search(text: String @cost(weight: 9)): Found
  }
  type Mutation { touch: Site! ask: Answer! @cost(weight: 500) }
  type Site { id: ID! parent: Site products(first: Int): Page! @listSize(assumedSize: 50, slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false) }
  type Page { edges: [Edge!]! nodes: [Site!]! totalCount: Int! @cost(weight: 5) }
  type Edge { node: Site! cursor: String! }
  type Answer @cost(weight: 3) { text: Blob }
  scalar Blob @cost(weight: 4)
  union Found = Site | Answer
`;
const schema = buildSchema(sdl);
const model = createCostModel(sdl);

function costOf(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('none');
  return measureCost({ schema, model, document, operation, variables });
}

describe('the cost of an operation', () => {
  it.each([
    ['leaves are free, objects are one', '{ me { id parent { id } } }', 2],
    ['a list holds ten unless it says otherwise', '{ sites { parent { id } } }', 10 * 2],
    [
      'a page gives its size to the fields that hold it',
      '{ pages(first: 200) { edges { node { id } } } }',
      1 + 200 * 2,
    ],
    ['and to each of them', '{ pages(last: 3) { edges { cursor } nodes { id } } }', 1 + 3 + 3],
    ['a page without a size is as large as assumed', '{ pages { edges { cursor } } }', 1 + 50],
    ['the larger size counts', '{ pages(first: 2, last: 8) { edges { cursor } } }', 1 + 8],
    ['no size is below nothing', '{ pages(first: -5) { edges { cursor } } }', 1],
    [
      'pages in pages multiply',
      '{ pages(first: 10) { edges { node { products(first: 10) { edges { cursor } } } } } }',
      1 + 10 * (2 + 1 + 10),
    ],
    [
      'a size does not reach past the field that it is for',
      '{ pages(first: 2) { edges { node { products { edges { cursor } } } } } }',
      1 + 2 * (2 + 1 + 50),
    ],
    [
      'fields, types, scalars and arguments weigh what they say',
      '{ numbers pages(first: 0) { totalCount } search(text: "a") { ... on Answer { text } } }',
      14 + 1 + 5 + (1 + 4) + 9,
    ],
    ['a change costs by itself', 'mutation { touch { id } }', 11],
    ['and by its field', 'mutation { ask { text } }', 500 + 4 + 10],
    [
      'fragments count where they are spread',
      '{ me { ...F } pages(first: 3) { ...P } } fragment F on Site { parent { id } } fragment P on Page { edges { node { ...F } } }',
      2 + 1 + 3 * 3,
    ],
    ['introspection costs nothing', '{ __schema { types { name } } __typename }', 0],
  ])('%s', (_title, source, cost) => {
    expect(costOf(source)).toBe(cost);
  });

  it('takes sizes from variables, their defaults, and the assumption when they are null', () => {
    const source = 'query($n: Int = 7) { pages(first: $n) { edges { cursor } } }';
    expect(costOf(source)).toBe(8);
    expect(costOf(source, { n: 2 })).toBe(3);
    expect(costOf(source, { n: null })).toBe(51);
  });

  it('cannot be told of a list that must be given a size and is not', () => {
    expect(costOf('{ top(limit: 4) { id } }')).toBe(4);
    for (const source of ['{ top { id } }', '{ top(limit: null) { id } }']) {
      expect(() => costOf(source)).toThrow(expect.objectContaining({ code: 'OPERATION_TOO_COSTLY' }));
    }
  });
});

describe('a budget', () => {
  it('is that of the role, the key or nobody, and the platform has none', () => {
    expect(budgetOf(anonymousViewer, defaultBudgets)).toBe(1_000);
    expect(budgetOf({ ...testViewer({}), kind: 'user', role: 'ADMIN' }, defaultBudgets)).toBe(40_000);
    expect(budgetOf(systemViewer('job'), defaultBudgets)).toBe(Number.POSITIVE_INFINITY);
    const key = { ...testViewer({}), kind: 'apiKey' as const };
    expect(budgetOf(key, defaultBudgets)).toBe(20_000);
    const quota = { unitsPerMinute: 300, unitsPerDay: 1_000, day: '2026-11-21', spentThatDay: 0 };
    expect(budgetOf({ ...key, quota }, defaultBudgets)).toBe(300);
  });

  it('refuses what is above it, and says by how much', () => {
    expect(() => refuseTooCostly(10, 10)).not.toThrow();
    expect(() => refuseTooCostly(11, 10)).toThrow(
      expect.objectContaining({ code: 'OPERATION_TOO_COSTLY', detail: { measured: 11, limit: 10 } }),
    );
  });
});
