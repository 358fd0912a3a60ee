import { expect, it } from 'vitest';
import { findTypes } from './find-types.ts';
import type { DocType } from './use-developer-docs.ts';

const field = (name: string, description = '') => ({ name, type: 'Int', description });
const types: readonly DocType[] = [
  { name: 'Query', kind: 'type', description: '', fields: [field('products(first: Int)', 'A page.'), field('sites')] },
  { name: 'Product', kind: 'type', description: '', fields: [field('sku', 'Its code.'), field('stock')] },
];

it('shows everything when nothing is typed', () => {
  expect(findTypes(types, '  ')).toBe(types);
});

it('keeps a type that is named whole, before those that only have a field of that name', () => {
  expect(findTypes(types, 'PRODUCT').map(({ name, fields }) => [name, fields.length])).toEqual([
    ['Product', 2],
    ['Query', 1],
  ]);
});

it('finds by what a field means, and by several words in one place', () => {
  expect(findTypes(types, 'product code')).toMatchObject([{ name: 'Product', fields: [{ name: 'sku' }] }]);
  expect(findTypes(types, 'nothing of it')).toEqual([]);
});
