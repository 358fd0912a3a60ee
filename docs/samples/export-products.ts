// Every product, page by page, as CSV. Needs nothing but Node 22.18 or newer:
//   CAUCE_URL=https://…/graphql CAUCE_API_KEY=cauce_… node export-products.ts > products.csv
const url = process.env.CAUCE_URL ?? '';
const key = process.env.CAUCE_API_KEY ?? '';
const query = `query ExportProducts($after: String) {
  products(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node { sku name category unit price } }
  }
}`;

interface Product {
  readonly [column: string]: string | null;
}
interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: Product }[];
}
interface Answer {
  readonly data?: { readonly products: Page } | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly requestId: string; readonly retryAfterSeconds?: number };
  }[];
}

/** One page; waits as long as it is told to when the quota of the key is used up. */
async function fetchPage(after: string | null): Promise<Page> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-api-key': key },
    body: JSON.stringify({ query, variables: { after } }),
  });
  const { data, errors }: Answer = JSON.parse(await response.text());
  const [error] = errors ?? [];
  const waitSeconds = error?.extensions.retryAfterSeconds;
  if (typeof waitSeconds === 'number') {
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000));
    return fetchPage(after);
  }
  if (!data) throw new Error(`${error?.message} (${error?.extensions.code}, request ${error?.extensions.requestId})`);
  return data.products;
}

const columns = ['sku', 'name', 'category', 'unit', 'price'];
const cell = (value: string | null | undefined) => `"${(value ?? '').replaceAll('"', '""')}"`;
console.log(columns.join(','));
for (let after: string | null = null, isDone = false; !isDone; ) {
  const page: Page = await fetchPage(after);
  for (const { node } of page.edges) console.log(columns.map((column) => cell(node[column])).join(','));
  after = page.pageInfo.endCursor;
  isDone = !page.pageInfo.hasNextPage;
}
