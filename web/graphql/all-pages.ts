interface Connection<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** More pages than any list of the app has: a cursor that goes in circles must end somewhere. */
const mostPages = 500;

/** Every edge of a list, page after page. Throws when a page cannot be had: half an export is worse than none. */
export async function allPages<Edge>(
  fetchPage: (after: string | null) => Promise<Connection<Edge> | null>,
): Promise<readonly Edge[]> {
  const edges: Edge[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const connection: Connection<Edge> | null = await fetchPage(after);
    if (connection === null) throw new Error('A page of the list could not be fetched');
    edges.push(...connection.edges);
    if (!connection.pageInfo.hasNextPage || connection.pageInfo.endCursor === null) return edges;
    after = connection.pageInfo.endCursor;
  }
  throw new Error('The list has no end');
}
