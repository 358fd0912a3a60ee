interface Level {
  readonly onHand: string;
  readonly site: { readonly id: string; readonly name: string } | null;
}

/** A site that has some of a product, over its warehouses. */
export interface StockedSite {
  readonly id: string;
  readonly name: string;
  /** More than nothing, in the product's unit. */
  readonly onHand: number;
}

/** Where else a product lies, the most first: what lies there need not be bought. */
export function stockElsewhere(levels: readonly Level[], siteId: string): readonly StockedSite[] {
  const sites = new Map<string, StockedSite>();
  for (const { site, onHand } of levels) {
    if (site === null || site.id === siteId) continue;
    // Quantities have at most five decimals; the sum is rounded to them.
    const sum = Math.round(((sites.get(site.id)?.onHand ?? 0) + Number(onHand)) * 1e5) / 1e5;
    sites.set(site.id, { id: site.id, name: site.name, onHand: sum });
  }
  return [...sites.values()].filter(({ onHand }) => onHand > 0).toSorted((a, b) => b.onHand - a.onHand);
}
