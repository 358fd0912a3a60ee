import { describe, expect, it } from 'vitest';
import { headOf, productFilter, sortOf } from './product-filters.ts';

const site = { id: 'site', companyId: 'company' };

describe('the filters of the product list', () => {
  it('ask for what is on sale at the site unless told otherwise', () => {
    expect(productFilter({ search: '', category: null, show: null, where: null }, site)).toEqual({
      ...{ siteIds: ['site'], active: true },
    });
    expect(productFilter({ search: 'perno', category: 'Pernos', show: 'negative', where: 'all' }, site)).toEqual({
      ...{ companyIds: ['company'], search: 'perno', category: 'Pernos', negative: true, active: true },
    });
    expect(productFilter({ search: '', category: null, show: 'offSale', where: null }, site).active).toBe(false);
  });

  it.each(['NAME_ASC', 'NAME_DESC', 'SKU_ASC', 'SKU_DESC'] as const)('show %s where it was pressed', (sort) => {
    expect(sortOf(headOf(sort))).toBe(sort);
  });
});
