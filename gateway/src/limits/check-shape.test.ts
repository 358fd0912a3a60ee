import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createShapeCheck } from './check-shape.ts';
import { measureShape } from './measure-shape.ts';
import { defaultLimits } from './operation-limits.ts';

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

describe('the shape of an operation', () => {
  it('counts through fragments, wherever they are spread', () => {
    const source = 'query { me { ...P } a: me { ...P } } fragment P on Site { parent { b: parent { id } } }';
    expect(measureShape(parse(source))).toEqual({
      ...{ depth: 4, aliases: 3, directives: 0, rootFields: 2 },
      // Each of the two fields, its spread, and the three fields of the fragment.
      selections: 10,
      repeats: 1,
    });
  });

  it('is that of the largest operation, and no fragment hides root fields', () => {
    const source = 'query A { a } query B { ...F c: b } fragment F on Query { a ... { b { c } } }';
    expect(measureShape(parse(source))).toMatchObject({ depth: 2, aliases: 1, rootFields: 3 });
  });

  it('is measured in linear time of fragments that double at each level, and of those that spread themselves', () => {
    const levels = many(40, (i) => `fragment F${i} on Site { a: parent { ...F${i + 1} } b: parent { ...F${i + 1} } }`);
    const doubling = `{ me { ...F0 } } ${levels} fragment F40 on Site { id }`;
    expect(measureShape(parse(doubling)).aliases).toBeGreaterThan(1e11);
    expect(measureShape(parse('{ ...A } fragment A on Query { a ...B } fragment B on Query { b ...A }'))).toMatchObject(
      {
        rootFields: 2,
      },
    );
  });
});

describe('a document that is too large', () => {
  const check = createShapeCheck(defaultLimits);
  const codeOf = (source: string) => {
    try {
      check(parse(source));
      return null;
    } catch (error) {
      return Reflect.get(Object(error), 'code');
    }
  };

  it.each([
    ['what is usual', '{ me { id } }', null],
    ['depth', `{ me ${'{ parent '.repeat(20)}{ id }${' }'.repeat(20)} }`, 'OPERATION_TOO_DEEP'],
    ['aliases', `{ ${many(41, (i) => `a${i}: me { id }`)} }`, 'TOO_MANY_ALIASES'],
    ['directives', `{ me { id ${'@include(if: true) '.repeat(61)} } }`, 'TOO_MANY_DIRECTIVES'],
    ['unknown directives on the operation', `query ${'@a '.repeat(61)} { me { id } }`, 'TOO_MANY_DIRECTIVES'],
    ['root fields', `{ ${'me { id } '.repeat(31)} }`, 'TOO_MANY_ROOT_FIELDS'],
    ['one field many times', `{ me { ${'id '.repeat(1_001)} } }`, 'TOO_MANY_SELECTIONS'],
    [
      'one object many times, which validation compares each with each',
      `{ me { ${'parent { id } '.repeat(31)} } }`,
      'TOO_MANY_SELECTIONS',
    ],
    [
      'spreads that double without going deeper',
      `{ ...F0 } ${many(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on Query { __typename }`,
      'TOO_MANY_ROOT_FIELDS',
    ],
    ['a large operation beside a small one', `query A { a } query B { ${'b '.repeat(31)} }`, 'TOO_MANY_ROOT_FIELDS'],
  ])('is refused with its own code: %s', (_title, source, code) => {
    expect(codeOf(source)).toBe(code);
  });
});
