import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allDatasets } from '@cauce/gateway/rest/datasets/all-datasets';
import type { Dataset } from '@cauce/gateway/rest/datasets/dataset';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import type { RestClient } from './rest-client.ts';

/** A table with what has to be said to read it: as a query string, and as the operation's variables. */
export interface AskedTable {
  readonly dataset: Dataset;
  readonly query: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Every table, with what of Ribera's has to be named for those that need something named. */
export async function askedTables(ribera: RestClient): Promise<readonly AskedTable[]> {
  const wells = await ribera('/api/data/catchment_points?type=WELL&limit=1');
  const [well] = rowsOf(wells.body);
  const point = String(well?.id);
  const today = new Date().toISOString().slice(0, 10);
  const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const days = { from: monthAgo, to: today };
  const needs: Readonly<Record<string, Omit<AskedTable, 'dataset'>>> = {
    stock: { query: { site: demoSites.bodegaCentral.id }, variables: { site: demoSites.bodegaCentral.id } },
    replenishment: { query: { site: demoSites.bodegaCentral.id }, variables: { site: demoSites.bodegaCentral.id } },
    measurements: {
      query: { point, variable: 'LEVEL', grain: 'DAY', ...days },
      variables: { point, variable: 'LEVEL', grain: 'DAY', range: days },
    },
    daily_metrics: { query: { metric: 'orders', ...days }, variables: { metric: ['orders'], range: days } },
  };
  return allDatasets.map((dataset) => ({ dataset, ...(needs[dataset.name] ?? { query: {}, variables: {} }) }));
}

/** The text of an operation file, for asking the graph the same directly. */
export function operationText(name: string): string {
  const file = new URL(
    `${name}.graphql`,
    import.meta.resolve('@cauce/gateway/rest/operation-files').replace(/[^/]+$/, 'operations/'),
  );
  return readFileSync(fileURLToPath(file), 'utf8');
}

export function rowsOf(body: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(body.data) ? body.data : [];
}

/** `/api/data/{name}` with a query string. */
export function tableAddress(name: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return `/api/data/${name}${text === '' ? '' : `?${text}`}`;
}
