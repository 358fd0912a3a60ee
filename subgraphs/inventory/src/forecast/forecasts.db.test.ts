import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { afterAll, describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../test-support/inventory-world.ts';
import { createForecaster, type Forecaster } from './forecaster.ts';
import { readInputs, readPlaces, readToday } from './history.store.ts';
import { forecastAllJob, planForecasts } from './runs/forecast.jobs.ts';
import { runForecasts } from './runs/run-forecasts.ts';

const db = await testDatabase();
// Noon of a Friday in Santiago.
let now = new Date('2026-05-15T15:00:00Z');
const world = await inventoryWorld(db, { clock: { now: () => now } });
const forecaster = createForecaster();
afterAll(() => forecaster.end());
const place = await world.addPlace();
const viewerOf = (where: Place) =>
  testViewer({ role: 'MANAGER', companyIds: [where.companyId], siteIds: [where.siteId] });

/** Sells a product every `step` days for so many days up to yesterday, a little more each time in turn. */
async function sell(where: Place, productId: string, days: number, step = 1, size = 10) {
  await db.pool.query(
    `WITH sale AS (
       INSERT INTO inventory.erp_ventas (folio, fecha, site_id, company_id)
       SELECT 'D-' || $3 || '-' || n, '2026-05-15'::date - n, $1, $2 FROM generate_series(1, $4::int) n WHERE n % $5 = 0 RETURNING id, fecha)
     INSERT INTO inventory.erp_ventas_detalle (venta_id, posicion, producto_id, cantidad, fecha, site_id, company_id)
     SELECT id, 1, $3::uuid, $6::int + extract(dow FROM fecha), fecha, $1, $2 FROM sale`,
    [where.siteId, where.companyId, productId, days, step, size],
  );
}

const query = `query ($productId: ID!, $siteId: ID!, $days: Int!) { demandForecast(productId: $productId, siteId: $siteId, days: $days) {
  __typename ... on DemandForecast { method pattern beatsSeasonalNaive historyDays stockOutDays basisDays coverage measuredCoverage
    expectedTotal computedAt verdict { es en } product { id } site { id } points { date expected low high sumDeviation }
    backtests { method methodName { es } isChampion folds mae skill } }
  ... on ValidationFailed { fields { path } } ... on NotFound { entity } } }`;
type Answer = Readonly<Record<string, unknown>> & { readonly points: readonly { date: string; expected: number }[] };
const ask = async (productId: string, where = place, days = 30) =>
  (await world.get(query, viewerOf(where), { productId, siteId: where.siteId, days })).demandForecast as Answer;
const inputOf = async (productId: string, where = place) => {
  const today = await readToday(db.pool, where.companyId, now);
  const [input] = await readInputs(db.pool, where.companyId, today, [{ productId, siteId: where.siteId }]);
  if (input === undefined) throw new Error('Nothing was read');
  return input;
};

describe('demandForecast', () => {
  it('is made at once, from today on, and kept until the history is another', async () => {
    const productId = await world.addProduct(place);
    await sell(place, productId, 200);
    const first = await ask(productId);
    expect(first).toMatchObject({ __typename: 'DemandForecast', pattern: 'SMOOTH', historyDays: 200, basisDays: 1 });
    expect(first.points).toHaveLength(30);
    expect(first.points[0]?.date).toBe('2026-05-15');
    // Friday is 15 and Saturday 16 by the rule that it was made with.
    expect(first.points[0]?.expected).toBeCloseTo(15, 0);
    expect(first.points[1]?.expected).toBeCloseTo(16, 0);
    now = new Date(now.getTime() + 60_000);
    expect((await ask(productId, place, 90)).points).toHaveLength(90);
    expect((await ask(productId)).computedAt).toBe(first.computedAt);
    await world.addSale(place, { fecha: '2026-05-14' }, { producto_id: productId, cantidad: 500 });
    expect((await ask(productId)).computedAt).not.toBe(first.computedAt);
    expect(await db.client.demandForecast.count({ where: { productId } })).toBe(1);
  });

  it('refuses days out of bounds as data, and knows a product that never sold', async () => {
    const productId = await world.addProduct(place);
    for (const days of [0, 91, -1]) {
      expect(await ask(productId, place, days)).toMatchObject({
        __typename: 'ValidationFailed',
        fields: [{ path: 'days' }],
      });
    }
    expect(await ask(productId, place, 1)).toMatchObject({ pattern: 'NONE', expectedTotal: 0, points: [{ high: 0 }] });
  });

  it('asked for by many at once is written once', async () => {
    const productId = await world.addProduct(place);
    await sell(place, productId, 120, 3);
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(productId)));
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, computedAt: null }))).size).toBe(1);
    const { id } = await db.client.demandForecast.findFirstOrThrow({ where: { productId } });
    expect(await db.client.demandForecastPoint.count({ where: { forecastId: id } })).toBe(97);
  });

  it('of a new product goes by what its category sells', async () => {
    const where = await world.addPlace();
    for (let sibling = 0; sibling < 3; sibling += 1) {
      await sell(where, await world.addProduct(where, { categoria: 'Filtros' }), 91, 1, 7);
    }
    await db.pool.query(`UPDATE inventory.erp_productos SET created_at = '2025-01-01' WHERE company_id = $1`, [
      where.companyId,
    ]);
    const productId = await world.addProduct(where, { categoria: 'Filtros', created_at: '2026-05-10' });
    const answer = await ask(productId, where, 7);
    expect(answer).toMatchObject({ method: 'CATEGORY_PROFILE', beatsSeasonalNaive: null, historyDays: 5 });
    // Seven days of 7 and the weekday each come to 70, drawn down by five days of its own without a sale.
    expect(answer.expectedTotal).toBeCloseTo((70 * 28) / 33, 0);
  });
});

describe('the history', () => {
  it('takes off returns, leaves out what was cancelled, and ends yesterday', async () => {
    const productId = await world.addProduct(place);
    const line = (cantidad: number) => ({ producto_id: productId, cantidad });
    await world.addSale(place, { fecha: '2026-05-10' }, line(8));
    await world.addSale(place, { fecha: '2026-05-12', document_type: 'RETURN' }, line(-3));
    await world.addSale(place, { fecha: '2026-05-13', is_cancelled: true }, line(50));
    await world.addSale(place, { fecha: '2026-05-14' }, line(2));
    await world.addSale(place, { fecha: '2026-05-15' }, line(9));
    const { history } = (await inputOf(productId)).question;
    expect(history).toEqual({ startsOn: '2026-05-10', values: [5, 0, 0, 0, 2] });
  });

  it('does not know days on which every warehouse of the site was empty', async () => {
    const where = await world.addPlace();
    const productId = await world.addProduct(where);
    await world.addSale(where, { fecha: '2026-04-30' }, { producto_id: productId, cantidad: 4 });
    await world.addStock(where, productId, { stock_actual: 0, updated_at: '2026-05-11T15:00:00Z' });
    const move = (quantity: number, balance_after: number, occurred_at: string) =>
      world.add('stock_movements', {
        ...{
          product_id: productId,
          warehouse_id: where.warehouseId,
          site_id: where.siteId,
          company_id: where.companyId,
        },
        ...{ kind: quantity < 0 ? 'SALE' : 'RECEIPT', quantity, balance_after, occurred_at },
      });
    await move(-4, 0, '2026-05-01T15:00:00Z');
    await move(6, 6, '2026-05-04T15:00:00Z');
    // Something came between that no movement tells of: nobody knows how long it was empty.
    await move(-6, 0, '2026-05-06T15:00:00Z');
    await move(-1, 2, '2026-05-09T15:00:00Z');
    const nullsOf = async () =>
      (await inputOf(productId, where)).question.history.values.map((value) => (value === null ? 1 : 0)).join('');
    // From the 30th of April: empty on the 2nd and 3rd, and again since the 12th.
    expect(await nullsOf()).toBe('001100000000111');
    const other = await world.addPlace({ companyId: where.companyId, siteId: where.siteId });
    await world.addStock(other, productId, { stock_actual: 3 });
    expect(await nullsOf()).toBe('000000000000000');
  });
});

describe('a run over all that a company sells', () => {
  const runOf = async (companyId: string) => {
    const { id } = await db.client.forecastRun.create({ data: { companyId } });
    return id;
  };
  const work = (runId: string, doer: Forecaster = forecaster, signal = new AbortController().signal) =>
    runForecasts({ db, clock: world.deps.clock, forecaster: doer, batch: 2 }, runId, {
      ...{ signal, log: silentLog },
      reportProgress: () => undefined,
    });
  const read = (id: string) => db.client.forecastRun.findUniqueOrThrow({ where: { id } });

  it('does each product at each site once, through cuts and rivals, and nothing anew that has not changed', async () => {
    const where = await world.addPlace();
    for (let product = 0; product < 5; product += 1) await sell(where, await world.addProduct(where), 70, 1 + product);
    const today = await readToday(db.pool, where.companyId, now);
    expect(await readPlaces(db.pool, where.companyId, today)).toHaveLength(5);

    const id = await runOf(where.companyId);
    const cut = new AbortController();
    let tasks = 0;
    const dying: Forecaster = {
      ...forecaster,
      forecast: (questions, signal) => {
        tasks += 1;
        if (tasks === 2) cut.abort(new Error('cut'));
        return forecaster.forecast(questions, signal);
      },
    };
    await expect(work(id, dying, cut.signal)).rejects.toThrow('cut');
    expect(await read(id)).toMatchObject({ status: 'PENDING', done: 2, total: 5 });
    await Promise.all([work(id), work(id)]);
    expect(await read(id)).toMatchObject({ status: 'COMPLETED', done: 5, computed: 5, unchanged: 0, failed: 0 });

    const again = await runOf(where.companyId);
    await work(again);
    expect(await read(again)).toMatchObject({ status: 'COMPLETED', done: 5, computed: 0, unchanged: 5 });

    // What it left behind is said of each of them, the last one first.
    const { forecastRuns } = await world.get(
      `query ($companyId: ID!) { forecastRuns(companyId: $companyId) { id nightOf judged beating skill requestedBy { id }
        chosen { method methodName { es } count } } }`,
      viewerOf(where),
      { companyId: where.companyId },
    );
    const runs = forecastRuns as { id: string; chosen: { count: number }[]; judged: number; beating: number }[];
    expect(runs.map((run) => run.id)).toEqual([again, id]);
    for (const run of runs) {
      expect(run).toMatchObject({ nightOf: null, requestedBy: null, judged: 5 });
      expect(run.chosen.reduce((sum, { count }) => sum + count, 0)).toBe(5);
      expect(run.beating).toBe(
        await db.client.demandForecast.count({
          where: { companyId: where.companyId, beatsSeasonalNaive: true },
        }),
      );
    }
  });

  it('goes on without a history that nothing comes of', async () => {
    const where = await world.addPlace();
    for (let product = 0; product < 3; product += 1) await sell(where, await world.addProduct(where), 60);
    const id = await runOf(where.companyId);
    let first = true;
    const odd: Forecaster = {
      ...forecaster,
      async forecast(questions, signal) {
        const done = await forecaster.forecast(questions, signal);
        const spoiled = first ? done.with(0, null) : done;
        first = false;
        return spoiled;
      },
    };
    await work(id, odd);
    expect(await read(id)).toMatchObject({ status: 'COMPLETED', done: 3, computed: 2, failed: 1 });
  });

  it('is planned once a night, where the night is', async () => {
    const where = await world.addPlace();
    await world.addProduct(where);
    const runs = () => db.client.forecastRun.findMany({ where: { companyId: where.companyId } });
    const plan = () =>
      planForecasts(
        world.deps,
        forecastAllJob(async () => undefined),
      );
    const noon = now;
    await plan();
    expect(await runs()).toHaveLength(0);
    now = new Date('2026-05-16T07:30:00Z');
    await plan();
    await plan();
    expect(await runs()).toMatchObject([{ status: 'PENDING', nightOf: new Date('2026-05-16') }]);
    now = noon;
  });
});

describe('who may know and begin', () => {
  const start = `mutation ($companyId: ID!) { startForecastRun(input: { companyId: $companyId }) { __typename
    ... on ForecastRun { id status company { id } } ... on NotFound { entity } ... on Conflict { reason } } }`;

  it('begins one run of a company at a time, of a company within reach', async () => {
    const where = await world.addPlace();
    await world.addProduct(where);
    const begin = async (who: Place) =>
      (await world.get(start, viewerOf(who), { companyId: where.companyId })).startForecastRun;
    expect(await begin(place)).toEqual({ __typename: 'NotFound', entity: 'Company' });
    expect(await begin(where)).toMatchObject({ __typename: 'ForecastRun', status: 'PENDING' });
    expect(await begin(where)).toEqual({ __typename: 'Conflict', reason: 'ALREADY_RUNNING' });
    const latest = `query ($companyId: ID!) { latestForecastRun(companyId: $companyId) { status } }`;
    const seenBy = async (who: Place) =>
      (await world.get(latest, viewerOf(who), { companyId: where.companyId })).latestForecastRun;
    expect(await seenBy(where)).toEqual({ status: 'PENDING' });
    expect(await seenBy(place)).toBeNull();
    const history = `query ($companyId: ID!, $first: Int) { forecastRuns(companyId: $companyId, first: $first) { status } }`;
    const ask = (who: Place, first: number) => world.ask(history, viewerOf(who), { companyId: where.companyId, first });
    expect((await ask(where, 5)).data).toEqual({ forecastRuns: [{ status: 'PENDING' }] });
    expect((await ask(place, 5)).data).toEqual({ forecastRuns: [] });
    expect((await ask(where, 101)).errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  it('is told nothing of a product or a site of another company, and makes nothing there', async () => {
    const theirs = await world.addPlace();
    const secret = await world.addProduct(theirs);
    const ours = await world.addProduct(place);
    await sell(theirs, secret, 90);
    const asked = async (who: ReturnType<typeof testViewer>, productId: string, siteId: string) =>
      (await world.get(query, who, { productId, siteId, days: 7 })).demandForecast;
    const us = viewerOf(place);
    const both = testViewer({
      ...{ role: 'MANAGER', companyIds: [place.companyId, theirs.companyId], siteIds: [place.siteId, theirs.siteId] },
    });
    expect(await asked(us, secret, theirs.siteId)).toEqual({ __typename: 'NotFound', entity: 'Product' });
    expect(await asked(us, secret, place.siteId)).toEqual({ __typename: 'NotFound', entity: 'Product' });
    expect(await asked(us, ours, theirs.siteId)).toEqual({ __typename: 'NotFound', entity: 'Site' });
    // Who reaches both companies: a product has nothing to do at the other one's site.
    expect(await asked(both, ours, theirs.siteId)).toEqual({ __typename: 'NotFound', entity: 'Site' });
    const guest = testViewer({ role: 'MANAGER', companyIds: [theirs.companyId], siteIds: [] });
    expect(await asked(guest, secret, theirs.siteId)).toEqual({ __typename: 'NotFound', entity: 'Site' });
    expect(await db.client.demandForecast.count({ where: { companyId: theirs.companyId } })).toBe(0);
    const viewing = { ...us, permissions: us.permissions.filter((one) => one !== 'predictions:read') };
    const { errors } = await world.ask(query, viewing, { productId: ours, siteId: place.siteId, days: 7 });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});
