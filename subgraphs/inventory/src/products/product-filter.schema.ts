import type { InventoryBuilder } from '../services.ts';

/** What lists of products, and the choices that narrow them, are asked with. */
export function addProductFilter(builder: InventoryBuilder) {
  return builder.inputType('ProductFilterInput', {
    description: 'Which products to list; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({
        required: false,
        description:
          'Words of code, name, category or description, in any order; accents, case and slips are forgiven.',
      }),
      category: t.string({ required: false, description: 'Line of goods, as in `productCategories`.' }),
      siteIds: t.idList({ required: false, description: 'Stocked at one of these sites.' }),
      companyIds: t.idList({ required: false, description: 'Of one of these companies.' }),
      belowMinimum: t.boolean({
        required: false,
        description: 'Below its minimum in some warehouse within reach (and within `siteIds`), or in none.',
      }),
      negative: t.boolean({
        required: false,
        description: 'Less than nothing on hand in some warehouse within reach (and within `siteIds`), or in none.',
      }),
      withoutMovement: t.boolean({
        required: false,
        description:
          'Something on hand within reach (and within `siteIds`), and neither sold nor moved there for 90 days; or not so.',
      }),
      active: t.boolean({ required: false, description: 'On sale, or not.' }),
    }),
  });
}
