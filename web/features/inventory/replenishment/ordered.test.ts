import { describe, expect, it } from 'vitest';
import { costOf, orderDoubt, orderedQuantity, typedQuantity } from './ordered.ts';

const limits = { quantity: '24', packSize: '12', minimumOrder: '24', maximum: '60', onHand: '10' };

describe('a quantity that somebody types', () => {
  it('is read with a point or a comma, and is none with anything else', () => {
    expect(typedQuantity(' 12,5 ')).toBe('12.5');
    expect(typedQuantity('12.50')).toBe('12.50');
    for (const text of ['', '-3', '1.234.567', '1,123456', 'doce', '1e3']) expect(typedQuantity(text)).toBeNull();
  });
  it('is doubted where it is no packs, less than the minimum order or over the maximum', () => {
    expect(orderDoubt('48', limits)).toBeNull();
    expect(orderDoubt('0', limits)).toBeNull();
    expect(orderDoubt('x', limits)).toBe('notNumber');
    expect(orderDoubt('25', limits)).toBe('notPacks');
    expect(orderDoubt('12', limits)).toBe('underMinimum');
    expect(orderDoubt('60', limits)).toBe('overMaximum');
    expect(orderDoubt('600', { ...limits, maximum: null })).toBeNull();
    expect(orderDoubt('0,3', { ...limits, packSize: '0.1', minimumOrder: '0' })).toBeNull();
  });
  it('is ordered where it is one, else what was proposed is', () => {
    expect(orderedQuantity(undefined, '24')).toBe('24');
    expect(orderedQuantity('36', '24')).toBe('36');
    expect(orderedQuantity('3x', '24')).toBe('24');
  });
  it('costs what its units cost, where that is known', () => {
    expect(costOf('3', '19.99')).toBe(59.97);
    expect(costOf('3', null)).toBeNull();
  });
});
