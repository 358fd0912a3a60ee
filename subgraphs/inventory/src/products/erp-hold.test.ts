import { describe, expect, it } from 'vitest';
import { erpHoldOf } from './erp-hold.ts';

describe("what of a product is the ERP's", () => {
  it('is nothing of a product that was made here', () => {
    expect(erpHoldOf({ installationId: null, isErpPriced: false })).toEqual({ held: [], overwritten: [] });
  });

  it('is the price only where the ERP has it in a price list, and never what the ERP does not know', () => {
    const priced = erpHoldOf({ installationId: 'one', isErpPriced: true });
    const unpriced = erpHoldOf({ installationId: 'one', isErpPriced: false });
    expect(priced.held).toContain('price');
    expect(unpriced.held).not.toContain('price');
    expect(unpriced.overwritten).toContain('price');
    for (const { held, overwritten } of [priced, unpriced]) expect([...held, ...overwritten]).not.toContain('barcode');
  });
});
