import type { Viewer } from '@cauce/shared/auth/viewer';
import { createOperationRunner } from '@cauce/shared/subgraph/operation-runner';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { testViewer } from '@cauce/shared/test/viewers';
import type { ExecutionResult } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFinanceSubgraph } from './subgraph.ts';

const db = await testDatabase();
const { deps, startRelay } = await testDeps(db);
const runner = createOperationRunner(createFinanceSubgraph(deps), silentLog);

const companyA = '00000000-0000-8000-8000-00000000000a';
const companyB = '00000000-0000-8000-8000-00000000000b';
const siteA = '00000000-0000-8000-8000-0000000000a1';
const siteB = '00000000-0000-8000-8000-0000000000b1';
const orderB = '00000000-0000-8000-8000-0000000000b2';
const runB = '00000000-0000-8000-8000-0000000000b3';
const productId = '00000000-0000-8000-8000-0000000000c1';
const range = { from: '2026-11-01', to: '2026-11-30' };

const outsider: Viewer = testViewer({
  companyIds: [companyA],
  siteIds: [siteA],
  dashboards: ['CEO'],
});

function ask(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  viewer = outsider,
  signal = new AbortController().signal,
) {
  const scope = { viewer, requestId: 'test', address: null, signal };
  return {
    execute: () => runner.execute({ query, variables }, scope),
    subscribe: () => runner.subscribe({ query, variables }, scope),
  };
}
const dataOf = async (query: string, variables = {}) => {
  const result: ExecutionResult = await ask(query, variables).execute();
  expect(result.errors).toBeUndefined();
  return result.data;
};

beforeAll(async () => {
  await db.pool.query(`
    INSERT INTO finance.etl_sources (id, company_id, kind, code, name, updated_at) VALUES ('${runB}', '${companyB}', 'WMS', 'WMS-B', 'B', now());
    INSERT INTO finance.etl_runs (id, source_id, company_id, mode) VALUES ('${runB}', '${runB}', '${companyB}', 'FULL');
    INSERT INTO finance.reconciliation_differences (run_id, company_id, kind, stream, key) VALUES ('${runB}', '${companyB}', 'AMOUNT', 's', 'k');
    INSERT INTO finance.orders (id, source_id, company_id, site_id, order_id, order_type, ordered_at, total, currency)
      VALUES ('${orderB}', '${runB}', '${companyB}', '${siteB}', 'B-1', 'SALE', '2026-11-10T12:00Z', 100, 'CLP');
    INSERT INTO finance.order_lines (order_id, line_number, product_id, quantity, ordered_at, company_id, site_id)
      VALUES ('${orderB}', 1, '${productId}', 7, '2026-11-10T12:00Z', '${companyB}', '${siteB}');
    INSERT INTO finance.metric_definitions (name, label_es, label_en, unit, updated_at) VALUES ('orders', 'P', 'O', 'pedidos', now());
    INSERT INTO finance.metric_dashboards (metric_id, dashboard) SELECT id, 'CEO' FROM finance.metric_definitions;
    INSERT INTO finance.daily_metrics (date, metric, company_id, site_id, value, unit, updated_at)
      VALUES ('2026-11-10', 'orders', '${companyB}', '${siteB}', 5, 'pedidos', now());
    INSERT INTO finance.accounts (id, source_id, company_id, external_id, name, class, updated_at)
      VALUES ('${productId}', '${runB}', '${companyB}', '1', 'Ventas', 'INCOME', now());
    INSERT INTO finance.book_entries (source_id, company_id, account_id, document_type, external_id, line_number, posted_on, amount, currency)
      VALUES ('${runB}', '${companyB}', '${productId}', 'Invoice', '1', 1, '2026-11-10', 100, 'CLP');
    INSERT INTO finance.workers (source_id, company_id, site_id, external_id, display_name, status, hired_on, row_hash)
      VALUES ('${runB}', '${companyB}', '${siteB}', '1', 'P', 'ACTIVE', '2025-01-01', 'x')`);
});

describe('a viewer of company A', () => {
  it('sees no order of company B, in lists, counts, by id or as an entity', async () => {
    const data = await dataOf(
      `query($id: ID!, $b: [ID!], $reps: [_Any!]!) {
        orders(filter: { companyIds: $b }) { totalCount edges { node { id } } }
        order(id: $id) { id }
        _entities(representations: $reps) { __typename }
      }`,
      {
        id: orderB,
        b: [companyB],
        reps: [
          { __typename: 'Order', id: orderB },
          { __typename: 'EtlRun', id: runB },
        ],
      },
    );
    expect(data).toEqual({ orders: { totalCount: 0, edges: [] }, order: null, _entities: [null, null] });
  });

  it('gets empty numbers for company B wherever they can be asked for', async () => {
    const data = await dataOf(
      `query($range: DateRangeInput!, $b: ID!, $bs: [ID!], $run: ID!, $reps: [_Any!]!) {
        dailyMetrics(metrics: ["orders"], range: $range, companyIds: $bs) { value }
        profitAndLoss(companyId: $b, range: $range) { income }
        workforce(companyId: $b, date: "2026-11-20") { headcount groups { headcount } }
        etlStatus { source { id } }
        etlRuns { totalCount }
        reconciliation(runId: $run) { id }
        dashboard(tab: CEO) { metrics { current { value } days { value } } updatedAt }
        _entities(representations: $reps) {
          ... on Site { dailyMetrics(range: $range, metrics: ["orders"]) { value } }
          ... on Company { dailyMetrics(range: $range, metrics: ["orders"]) { value } }
          ... on Product { orderedQuantity(range: $range) }
        }
      }`,
      {
        range,
        b: companyB,
        bs: [companyB],
        run: runB,
        reps: [
          { __typename: 'Site', id: siteB },
          { __typename: 'Company', id: companyB },
          { __typename: 'Product', id: productId },
        ],
      },
    );
    expect(data).toEqual({
      dailyMetrics: [],
      profitAndLoss: null,
      workforce: { headcount: 0, groups: [] },
      etlStatus: [],
      etlRuns: { totalCount: 0 },
      reconciliation: [],
      dashboard: { metrics: [{ current: null, days: [] }], updatedAt: null },
      _entities: [{ dailyMetrics: [] }, { dailyMetrics: [] }, { orderedQuantity: '0' }],
    });
  });

  it('may not open a tab that was not granted, nor change what all companies read', async () => {
    const codes = async (query: string) =>
      (await ask(query).execute()).errors?.map(({ extensions }) => extensions.code);
    expect(await codes('{ dashboard(tab: CFO) { tab } }')).toEqual(['FORBIDDEN']);
    expect(
      await codes(`mutation { saveMetricDefinition(input: { name: "orders", labelEs: "x", labelEn: "x", unit: "pedidos",
        additivity: ADDITIVE, dashboards: [] }) { __typename } }`),
    ).toEqual(['FORBIDDEN']);
    const { rows } = await db.pool.query(`SELECT label_en FROM finance.metric_definitions`);
    expect(rows).toEqual([{ label_en: 'O' }]);
  });

  it('hears of its own metrics and never of those of company B', async () => {
    startRelay();
    const left = new AbortController();
    const stream = await ask(
      'subscription { dailyMetricsChanged { metrics company { id } } }',
      {},
      outsider,
      left.signal,
    ).subscribe();
    if (!(Symbol.asyncIterator in stream)) throw new Error('the subscription did not open');
    const first = stream[Symbol.asyncIterator]().next();
    const insert = (company: string, site: string) =>
      db.pool.query(
        `INSERT INTO finance.daily_metrics (date, metric, company_id, site_id, value, unit, updated_at)
         VALUES ('2026-11-11', 'orders', $1, $2, 1, 'pedidos', now())`,
        [company, site],
      );
    await insert(companyB, siteB);
    await insert(companyA, siteA);
    expect((await first).value).toMatchObject({
      data: { dailyMetricsChanged: { metrics: ['orders'], company: { id: companyA } } },
    });
    left.abort();
  });
});
