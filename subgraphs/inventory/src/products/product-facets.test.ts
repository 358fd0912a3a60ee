import fc from 'fast-check';
import { expect, it } from 'vitest';
import { choicesOf, type ProductKind } from './product-facets.ts';

const product = fc.record({
  category: fc.option(fc.constantFrom('Filtros', 'Correas', 'Pernos')),
  active: fc.boolean(),
  isLow: fc.boolean(),
  isNegative: fc.boolean(),
});
const filter = fc.record(
  {
    category: fc.constantFrom('Filtros', 'Correas', 'Nada'),
    active: fc.boolean(),
    belowMinimum: fc.boolean(),
    negative: fc.boolean(),
  },
  { requiredKeys: [] },
);
type One = Omit<ProductKind, 'count'>;
interface Filter {
  readonly category?: string;
  readonly active?: boolean;
  readonly belowMinimum?: boolean;
  readonly negative?: boolean;
}

/** The products that a list with these choices has. */
const listed = (products: readonly One[], { category, active, belowMinimum, negative }: Filter) =>
  products.filter(
    (one) =>
      (category === undefined || one.category === category) &&
      (active === undefined || one.active === active) &&
      (belowMinimum === undefined || one.isLow === belowMinimum) &&
      (negative === undefined || one.isNegative === negative),
  ).length;

it('every choice says exactly how many products the list has once it is chosen', () => {
  fc.assert(
    fc.property(fc.array(product, { maxLength: 60 }), filter, (products, chosen) => {
      const kinds = [...Map.groupBy(products, (one) => JSON.stringify(one)).values()].flatMap((alike) =>
        alike.slice(0, 1).map((one) => ({ ...one, count: alike.length })),
      );
      const choices = choicesOf(chosen, kinds);
      expect(choices).toMatchObject({
        belowMinimum: listed(products, { ...chosen, belowMinimum: true }),
        negative: listed(products, { ...chosen, negative: true }),
        onSale: listed(products, { ...chosen, active: true }),
        offSale: listed(products, { ...chosen, active: false }),
      });
      for (const { name, count } of choices.categories) {
        expect(count).toBe(listed(products, { ...chosen, category: name }));
      }
      const { category: _, ...rest } = chosen;
      const named = products.filter(({ category }) => category !== null);
      expect(choices.categories.reduce((sum, { count }) => sum + count, 0)).toBe(listed(named, rest));
    }),
  );
});
