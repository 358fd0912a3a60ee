import { describe, expect, it } from 'vitest';
import { soldTo } from './sold-to.ts';

const line = (product: string | null, quantity: string, netTotal: string | null) => ({
  ...{ id: `${product}${quantity}`, quantity, netTotal, product: product === null ? null : { id: product } },
});
const document = (lines: readonly ReturnType<typeof line>[], customer: string | null = 'Ferretería Sur') => ({
  ...{ id: 'd', folio: 'F-12', soldOn: '2026-11-20', customerName: 'F. Sur', lines: [...lines] },
  customer: customer === null ? null : { id: 'c', name: customer },
});

describe('what a document sold of one product', () => {
  it('is over all its lines of it, and over no other', () => {
    const both = document([
      line('a', '0.1', '10.5'),
      line('b', '40', '900'),
      line('a', '0.2', '21'),
      line(null, '7', '1'),
    ]);
    expect(soldTo(both, 'a')).toMatchObject({ quantity: 0.3, net: 31.5, isReturn: false, customer: 'Ferretería Sur' });
  });

  it('is a return where it came back, and has no money where no line has any', () => {
    expect(soldTo(document([line('a', '-2', null)], null), 'a')).toMatchObject({
      ...{ quantity: -2, net: null, isReturn: true, customer: 'F. Sur' },
    });
  });
});
