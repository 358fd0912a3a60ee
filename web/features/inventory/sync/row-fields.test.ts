import { expect, it } from 'vitest';
import { missingFields, viewFields } from './row-fields.ts';
import { copiedEntities } from './runs.ts';

it('names what a view cannot do without, and nothing when it is all there', () => {
  expect(missingFields('STOCK', { productKey: 'ARTICULO_ID', quantity: 'EXISTENCIA' })).toEqual(['warehouseKey']);
  expect(missingFields('PRICES', { key: 'ARTICULO_ID', price: 'PRECIO' })).toEqual([]);
});

it('offers every field that is needed, of each kind', () => {
  for (const entity of copiedEntities) {
    expect(viewFields[entity], entity).toEqual(expect.arrayContaining([...missingFields(entity, {})]));
  }
});
