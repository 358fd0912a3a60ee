import { describe, expect, it } from 'vitest';
import { createdProduct, emptyProduct, formOfProduct, updatedProduct } from './product-fields.ts';

const product = {
  ...{ __typename: 'Product' as const, id: 'one', sku: 'A-1', name: 'Perno', description: null, category: 'Pernos' },
  ...{ unit: 'un', barcode: null, price: '12.5', cost: null, isActive: true, updatedAt: '2026-01-01T00:00:00.000Z' },
  ...{ heldByErp: [], overwrittenByErp: [] },
};

describe('the form of a product', () => {
  it('sends a new one with what was typed, and nothing where nothing was', () => {
    const form = { ...emptyProduct, sku: ' A-2 ', name: 'Tuerca', price: '1,25' };
    expect(createdProduct(form, 'company')).toEqual({
      ...{ companyId: 'company', sku: 'A-2', name: 'Tuerca', isActive: true, price: '1.25', cost: null },
      ...{ description: null, category: null, unit: null, barcode: null },
    });
  });

  it('sends of a changed one what is another, with the version that was seen', () => {
    const before = formOfProduct(product, ',');
    expect(before.price).toBe('12,5');
    expect(updatedProduct(before, before, product)).toEqual({ id: 'one', expectedUpdatedAt: product.updatedAt });
    expect(updatedProduct({ ...before, price: '', state: 'offSale' }, before, product)).toEqual({
      ...{ id: 'one', expectedUpdatedAt: product.updatedAt, price: null, isActive: false },
    });
  });
});
