import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTypedOrders, writeTypedOrders } from './typed-orders.ts';

const siteId = '018f2f6a-0000-7000-8000-00000000ff01';

describe('typed quantities in the address', () => {
  it('are read as they were written, in the order they were typed in', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.uuid(), fc.string({ maxLength: 24, unit: fc.constantFrom(...'0123456789.,-x :') }), {
          maxKeys: 40,
        }),
        (typed) => {
          const read = readTypedOrders(writeTypedOrders({ siteId, typed }));
          expect(read).toEqual({ siteId, typed });
          expect(Object.keys(read?.typed ?? {})).toEqual(Object.keys(typed));
        },
      ),
    );
  });

  it('are none where somebody else wrote the address, and never break the page', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const read = readTypedOrders(text);
        for (const id of Object.keys(read?.typed ?? {})) expect(id).toMatch(/^[\da-f-]{36}$/);
      }),
    );
    expect(readTypedOrders('')).toBeNull();
    expect(readTypedOrders(`${writeTypedOrders({ siteId, typed: {} })}~nothing:5`)).toEqual({ siteId, typed: {} });
  });

  it('keep an address that servers take, of very many the last ones', () => {
    const typed = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`018f2f6a-0000-7000-8000-${String(index).padStart(12, '0')}`, '12.5']),
    );
    const text = writeTypedOrders({ siteId, typed });
    expect(text.length).toBeLessThan(12_000);
    expect(Object.keys(readTypedOrders(text)?.typed ?? {}).at(-1)).toMatch(/399$/);
  });
});
