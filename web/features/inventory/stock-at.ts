interface Level {
  readonly onHand: string;
  readonly minimum: string;
  readonly isBelowMinimum: boolean;
  readonly site: { readonly id: string } | null;
}

export interface StockAt {
  /** Units on hand at the site, in the product's unit; null where it is not stocked. */
  readonly onHand: number | null;
  readonly minimum: number | null;
  /** Units on hand at the other sites within reach; null where there are none. */
  readonly elsewhere: number | null;
  readonly state: 'negative' | 'belowMinimum' | 'enough' | 'notStocked';
}

/** What lies of a product at one site, over its warehouses, and what lies elsewhere. */
export function stockAt(levels: readonly Level[], siteId: string): StockAt {
  const here = levels.filter((level) => level.site?.id === siteId);
  const others = levels.filter((level) => level.site?.id !== siteId);
  return {
    onHand: sum(here.map((level) => level.onHand)),
    minimum: sum(here.map((level) => level.minimum)),
    elsewhere: sum(others.map((level) => level.onHand)),
    state:
      here.length === 0
        ? 'notStocked'
        : here.some((level) => Number(level.onHand) < 0)
          ? 'negative'
          : here.some((level) => level.isBelowMinimum)
            ? 'belowMinimum'
            : 'enough',
  };
}

/** Quantities have at most five decimals; the sum is rounded to them, so that no binary remainder shows. */
function sum(decimals: readonly string[]): number | null {
  if (decimals.length === 0) return null;
  return Math.round(decimals.reduce((total, one) => total + Number(one), 0) * 1e5) / 1e5;
}
