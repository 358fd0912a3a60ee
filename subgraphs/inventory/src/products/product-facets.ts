import type { ProductFilter } from './product.ts';

export interface CategoryChoice {
  readonly name: string;
  readonly count: number;
}

export interface SiteChoice {
  readonly siteId: string;
  readonly count: number;
}

/** How many products of a list each further choice would leave. A choice is counted without what is chosen of its own kind. */
export interface ProductChoices {
  readonly categories: readonly CategoryChoice[];
  readonly belowMinimum: number;
  readonly negative: number;
  readonly onSale: number;
  readonly offSale: number;
}

/** Products of a list that are alike in all that can be chosen, and how many they are. */
export interface ProductKind {
  readonly category: string | null;
  readonly active: boolean;
  readonly isLow: boolean;
  readonly isNegative: boolean;
  readonly count: number;
}

const mostCategories = 200;

/** Adds up the choices of a list from its kinds of products, so that the database counts each product once. */
export function choicesOf(filter: ProductFilter, kinds: readonly ProductKind[]): ProductChoices {
  const chosen = {
    category: ({ category }: ProductKind) => typeof filter.category !== 'string' || category === filter.category,
    active: ({ active }: ProductKind) => typeof filter.active !== 'boolean' || active === filter.active,
    low: ({ isLow }: ProductKind) => typeof filter.belowMinimum !== 'boolean' || isLow === filter.belowMinimum,
    negative: ({ isNegative }: ProductKind) => typeof filter.negative !== 'boolean' || isNegative === filter.negative,
  };
  const without = (own: keyof typeof chosen) =>
    kinds.filter((kind) => Object.entries(chosen).every(([name, isChosen]) => name === own || isChosen(kind)));
  const count = (of: readonly ProductKind[]) => of.reduce((sum, kind) => sum + kind.count, 0);
  const byActive = without('active');
  const byCategory = Map.groupBy(without('category'), ({ category }) => category);
  return {
    categories: [...byCategory]
      .flatMap(([name, of]) => (name === null ? [] : [{ name, count: count(of) }]))
      .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
      .slice(0, mostCategories),
    belowMinimum: count(without('low').filter(({ isLow }) => isLow)),
    negative: count(without('negative').filter(({ isNegative }) => isNegative)),
    onSale: count(byActive.filter(({ active }) => active)),
    offSale: count(byActive.filter(({ active }) => !active)),
  };
}
