/** Questions to begin with; each runs as it stands. */
export const examples = [
  {
    id: 'sites',
    permission: null,
    query: `query Places {
  companies(first: 10) { edges { node { id code name } } }
  sites(first: 20) { edges { node { id code name kind timeZone } } }
}`,
  },
  {
    id: 'products',
    permission: 'inventory:read',
    query: `query ProductsPage {
  products(first: 5) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { sku name unit price stock { onHand minimum site { name } } } }
  }
}`,
  },
  {
    id: 'water',
    permission: 'telemetry:read',
    query: `query WaterNow {
  catchmentPoints(first: 5) {
    edges { node { code name latest { variable value unit measuredAt } } }
  }
}`,
  },
  {
    id: 'across',
    permission: null,
    query: `query AcrossTheGraph {
  sites(first: 3, filter: { kinds: [PLANT] }) {
    edges { node {
      name company { name }
      lowStockCount
      catchmentPoints { code }
    } }
  }
}`,
  },
  {
    id: 'keys',
    permission: null,
    query: `query MyKeys {
  apiKeys(first: 10) {
    edges { node { name prefix quota { unitsPerDay unitsToday } usage(days: 7) { day requests units refused } } }
  }
}`,
  },
] as const;
