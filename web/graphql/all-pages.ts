interface Connection<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** More pages than any list of the app has: a cursor that goes in circles must end somewhere. */
const mostPages = 500;

/**
 * Every edge of a list, page after page. Throws when a page cannot be had: half an export is worse than none. The cache
 * answers a page together with the ones before it, so an edge is known by its cursor and counted once.
 */
export async function allPages<Edge extends { readonly cursor: string }>(
  fetchPage: (after: string | null) => Promise<Connection<Edge> | null>,
): Promise<readonly Edge[]> {
  const edges = new Map<string, Edge>();
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const connection: Connection<Edge> | null = await fetchPage(after);
    if (connection === null) throw new Error('A page of the list could not be fetched');
    for (const edge of connection.edges) edges.set(edge.cursor, edge);
    if (!connection.pageInfo.hasNextPage || connection.pageInfo.endCursor === null) return [...edges.values()];
    after = connection.pageInfo.endCursor;
  }
  throw new Error('The list has no end');
}
