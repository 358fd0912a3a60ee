import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { refuseZeroBytes } from './zero-bytes.ts';

const plain = parse('query($a: String) { product(sku: $a) { id } }');

describe('a zero byte', () => {
  it.each([[{ a: '\0' }], [{ filter: { search: 'a\0b' } }], [{ ids: ['x', ['y\0']] }], [{ json: { 'a\0': 1 } }]])(
    'is refused anywhere in the variables: %j',
    (variables) => {
      expect(() => refuseZeroBytes(plain, variables)).toThrow('zero byte');
    },
  );

  it.each([
    ['{ product(sku: "\\u0000") { id } }'],
    ['{ product(sku: "a\\u{000}b") { id } }'],
    ['{ products(filter: { skus: ["a", "\\u0000"] }) { id } }'],
  ])('is refused as a literal: %s', (source) => {
    expect(() => refuseZeroBytes(parse(source), {})).toThrow('zero byte');
    expect(() => refuseZeroBytes(parse(source, { noLocation: true }), {})).toThrow('zero byte');
  });

  it('is not seen where a backslash is meant, nor in other values', () => {
    expect(() => refuseZeroBytes(parse('{ product(sku: "\\\\u0000") { id } }'), {})).not.toThrow();
    expect(() => refuseZeroBytes(plain, { a: null, b: 0, c: false, d: '\\u0000 💧' })).not.toThrow();
  });
});
