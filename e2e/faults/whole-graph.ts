import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import type { SubgraphName } from '@cauce/shared/subgraph/subgraph';
import { lastThirtyDays } from '../overview/overview-query.ts';

const { id: siteId } = demoSites.plantaNorte;
const found = demoPoints.find(({ site }) => site.id === siteId);
if (found === undefined) throw new Error('Planta Norte has no point');

/** The point whose readings the scenario listens to. */
export const point = found;

/** One operation that asks every subgraph for something that may be missing. */
export const wholeGraph = {
  query: `query WholeGraph($site: ID!, $range: DateRangeInput!, $code: String!, $thread: ID!) {
    me { id role }
    site(id: $site) {
      name
      production(range: $range) { producedTons efficiencyPct }
      stock(first: 3) { edges { node { id } } }
      clinic { id name }
      catchmentPoints { id code }
      dailyMetrics(range: $range, metrics: ["orders", "revenue"]) { metric value }
    }
    catchmentPoint(code: $code) { id code }
    thread(id: $thread) { id }
  }`,
  variables: {
    site: siteId,
    range: lastThirtyDays(),
    code: point.code,
    thread: '',
  },
};

/** The fields of it that each subgraph gives. */
export const partsOf: Readonly<Record<SubgraphName, readonly (readonly string[])[]>> = {
  access: [['me']],
  production: [['site', 'production']],
  inventory: [['site', 'stock']],
  clinics: [['site', 'clinic']],
  telemetry: [['site', 'catchmentPoints'], ['catchmentPoint']],
  finance: [['site', 'dailyMetrics']],
  assistant: [['thread']],
};

/** Access gives it too, and all that others give of it hangs on it; the gateway may remember it for a while. */
export const sharedPart: readonly string[] = ['site'];

/** What stands in an answer at a path; undefined behind a null. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  let value: unknown = data;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** Whether one path leads through the other: an error may stand at the part, above it or inside it. */
export function isOnOneLine(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((step, index) => step === b[index]);
}

/** What the page of a point listens to; access and inventory complete each event. */
export const liveReadings = `subscription($points: [ID!]) {
  measurementAdded(pointIds: $points) { value point { code site { name lowStockCount } } }
}`;

const inSite = (field: string, more = '') => `query Part($site: ID!${more}) { site(id: $site) { ${field} } }`;

/** Small operations that need one subgraph, and access where it finds the site. */
export const partQueries: Readonly<Record<SubgraphName, string>> = {
  access: inSite('name company { name }'),
  production: inSite('production(range: $range) { producedTons }', ', $range: DateRangeInput!'),
  inventory: inSite('stock(first: 3) { edges { node { id } } }'),
  clinics: inSite('clinic { name }'),
  telemetry: inSite('catchmentPoints { code }'),
  finance: inSite('dailyMetrics(range: $range, metrics: ["orders"]) { metric value }', ', $range: DateRangeInput!'),
  assistant: 'query Part($thread: ID!) { thread(id: $thread) { title } }',
};
