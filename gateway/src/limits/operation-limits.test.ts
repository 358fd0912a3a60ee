import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkOperation, defaultLimits, measureOperation } from './operation-limits.ts';

const schema = buildSchema(`
  type Query { sites: [Site!]! products(first: Int, last: Int): ProductConnection! me: Site }
  type Site { id: ID! parent: Site sites: [Site!]! products(first: Int): ProductConnection! }
  type ProductConnection { edges: [ProductEdge!]! totalCount: Int! }
  type ProductEdge { node: Product! }
  type Product { id: ID! site: Site! }
`);
const measure = (source: string, variables = {}) => measureOperation(schema, parse(source), null, variables);

describe('operation limits', () => {
  it('multiply the objects below a page by its size, once', () => {
    // products 200 + edges 200 + nodes 200: each page item counts its own chain of objects.
    expect(measure('{ products(first: 200) { edges { node { id } } } }').cost).toBe(200 * 3);
    expect(measure('query($n: Int) { products(first: $n) { edges { node { id } } } }', { n: 5 }).cost).toBe(5 * 3);
    expect(measure('query($n: Int = 7) { products(first: $n) { edges { node { id } } } }').cost).toBe(7 * 3);
    expect(measure('{ products(last: 200) { edges { node { id } } } }').cost).toBe(200 * 3);
    expect(measure('{ sites { sites { id } } }').cost).toBe(10 * (1 + 10));
  });

  it('count through fragments, wherever they are spread', () => {
    const source = 'query { me { ...P } a: me { ...P } } fragment P on Site { parent { b: parent { id } } }';
    expect(measure(source)).toMatchObject({ depth: 4, aliases: 3, cost: 6 });
  });

  it('answer linear time on fragments that double at each level', () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on Site { a: parent { ...F${i + 1} } b: parent { ...F${i + 1} } }`,
    );
    const source = `{ me { ...F0 } } ${levels.join(' ')} fragment F40 on Site { id }`;
    expect(measure(source).aliases).toBeGreaterThan(1e11);
  });

  it('refuse each excess with its own code', () => {
    const codeOf = (source: string) => {
      try {
        checkOperation(schema, parse(source), null, {}, defaultLimits);
        return null;
      } catch (error) {
        return Reflect.get(Object(error), 'code');
      }
    };
    expect(codeOf('{ me { id } }')).toBeNull();
    expect(codeOf(`{ me ${'{ parent '.repeat(20)}{ id }${' }'.repeat(20)} }`)).toBe('OPERATION_TOO_DEEP');
    expect(codeOf(`{ ${Array.from({ length: 41 }, (_, i) => `a${i}: me { id }`).join(' ')} }`)).toBe(
      'TOO_MANY_ALIASES',
    );
    expect(codeOf(`{ me { id ${'@include(if: true) '.repeat(61)} } }`)).toBe('TOO_MANY_DIRECTIVES');
    expect(codeOf('{ products(first: 200) { edges { node { site { products(first: 200) { totalCount } } } } } }')).toBe(
      'OPERATION_TOO_COSTLY',
    );
  });
});
