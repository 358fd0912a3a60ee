import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { afterAll, describe, expect, it } from 'vitest';
import { inventoryWorld, type Place } from '../../test-support/inventory-world.ts';
import { createForecaster } from '../forecaster.ts';
import { inTransaction } from '../keep-forecasts.ts';
import { runForecasts } from '../runs/run-forecasts.ts';
import { keepPastForecasts } from './past-forecasts.store.ts';
import { keptDays, prunePastForecasts } from './prune-past.ts';
import { settlePastForecasts } from './settle-past.ts';

const db = await testDatabase();
const dayMs = 86_400_000;
const start = new Date('2026-05-15T15:00:00Z');
let now = start;
const world = await inventoryWorld(db, { clock: { now: () => now } });
const forecaster = createForecaster();
afterAll(() => forecaster.end());

const dayAfter = (days: number) => new Date(start.getTime() + days * dayMs).toISOString().slice(0, 10);
const goTo = (days: number) => {
  now = new Date(start.getTime() + days * dayMs);
};
const viewerOf = (where: Place) =>
  testViewer({ role: 'MANAGER', companyIds: [where.companyId], siteIds: [where.siteId] });

/** Ten units on each of some days, counted from the start. */
async function sell(where: Place, productId: string, from: number, until: number, units = 10) {
  await db.pool.query(
    `WITH sale AS (INSERT INTO inventory.erp_ventas (folio, fecha, site_id, company_id)
       SELECT gen_random_uuid()::text, $3::date + n, $1, $2 FROM generate_series($4::int, $5::int - 1) n RETURNING id, fecha)
     INSERT INTO inventory.erp_ventas_detalle (venta_id, posicion, producto_id, cantidad, fecha, site_id, company_id)
     SELECT id, 1, $6, $7, fecha, $1, $2 FROM sale`,
    [where.siteId, where.companyId, dayAfter(0), from, until, productId, units],
  );
}
async function run(companyId: string) {
  const { id } = await db.client.forecastRun.create({ data: { companyId } });
  await runForecasts({ db, clock: world.deps.clock, forecaster }, id, {
    ...{ signal: new AbortController().signal, log: silentLog, reportProgress: () => undefined },
  });
}
const settle = () => settlePastForecasts({ pool: db.pool, now, signal: new AbortController().signal, atOnce: 3 });
const keptOf = (where: Place) =>
  db.client.pastForecast.findMany({ where: { companyId: where.companyId }, orderBy: { madeOn: 'asc' } });
const outcomesOf = (where: Place) =>
  db.client.forecastOutcome.findMany({
    where: { companyId: where.companyId },
    orderBy: [{ horizonDays: 'asc' }, { week: 'asc' }],
  });

/** What was said, written as it would have been. */
async function say(where: Place, productId: string, from: number, units = 10, coverage = 0.8) {
  const days = (value: number) => Array.from({ length: 30 }, () => value);
  await db.client.pastForecast.create({
    data: {
      ...{ productId, siteId: where.siteId, companyId: where.companyId, madeOn: new Date(dayAfter(from)), coverage },
      ...{ method: 'NAIVE', expected: days(units), low: days(units - 1), high: days(units + 1) },
    },
  });
}

const productQuery = `query ($productId: ID!, $siteId: ID!) { productForecastPast(productId: $productId, siteId: $siteId) { __typename
  ... on ProductForecastPast { keptSince product { id } site { id } horizons { nextOn track { horizonDays forecasts knownDays insideDays
    insideShare said sold bias missedShare relativeError verdict { es } } periods { madeOn through said sold method methodName { en } }
    days { date said sold isInside } } } ... on NotFound { entity } } }`;
const companyQuery = `query ($companyId: ID!) { companyForecastPast(companyId: $companyId) { keptSince firstOn company { id }
  tracks { horizonDays forecasts knownDays insideDays said sold missedShare relativeError } weeks { week track { horizonDays forecasts } }
  misses { product { id } site { id } said sold missed forecasts } } }`;
interface Horizon {
  readonly nextOn: string | null;
  readonly track: Readonly<Record<string, unknown>>;
  readonly periods: readonly Readonly<Record<string, unknown>>[];
  readonly days: readonly { readonly date: string }[];
}
const ofProduct = async (where: Place, productId: string, who = where) =>
  (await world.get(productQuery, viewerOf(who), { productId, siteId: where.siteId })).productForecastPast as {
    readonly __typename: string;
    readonly keptSince: string | null;
    readonly horizons: readonly [Horizon, Horizon];
  };
const ofCompany = async (companyId: string, viewer: ReturnType<typeof testViewer>) =>
  (await world.get(companyQuery, viewer, { companyId })).companyForecastPast as Readonly<Record<string, unknown>> & {
    readonly tracks: readonly Readonly<Record<string, unknown>>[];
    readonly misses: readonly { readonly product: { readonly id: string }; readonly missed: number }[];
  };

describe('a night', () => {
  it('keeps what its forecasts say, at once and then once a week, whether they are new or of a night before', async () => {
    goTo(0);
    const where = await world.addPlace();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.push(await world.addProduct(where));
    for (const id of ids) await sell(where, id, -80, 0);
    await run(where.companyId);
    const first = await keptOf(where);
    expect(first.map(({ productId }) => productId).toSorted()).toEqual(ids.toSorted());
    expect(first[0]).toMatchObject({ madeOn: new Date(dayAfter(0)), settledDays: 0, coverage: expect.closeTo(0.8) });
    const { id: forecastId } = await db.client.demandForecast.findFirstOrThrow({
      where: { productId: first[0]?.productId ?? '' },
    });
    const points = await db.client.demandForecastPoint.findMany({
      where: { forecastId },
      orderBy: { date: 'asc' },
      take: 30,
    });
    expect(first[0]?.expected).toEqual(points.map(({ expected }) => expect.closeTo(expected.toNumber(), 3)));
    expect(first[0]?.high).toEqual(points.map(({ high }) => expect.closeTo(high.toNumber(), 3)));

    // Two weeks of nights, in which nothing is sold any more: of each product one more, on two of the days in between.
    for (let day = 1; day <= 14; day += 1) {
      goTo(day);
      await inTransaction(db.pool, (client) =>
        keepPastForecasts(
          client,
          dayAfter(day),
          ids.map((productId) => ({ productId, siteId: where.siteId })),
        ),
      );
      // A forecast serves for a week.
      if (day % 5 === 0) await run(where.companyId);
    }
    const days = Map.groupBy(await keptOf(where), ({ productId }) => productId);
    for (const id of ids) {
      const made = (days.get(id) ?? []).map(({ madeOn }) => (madeOn.getTime() - Date.parse(dayAfter(0))) / dayMs);
      const gaps = made.slice(1).map((day, at) => day - (made[at] ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(1);
      for (const [at, gap] of gaps.entries())
        expect(gap).toSatisfy((days: number) => (at === 0 ? days > 3 && days <= 10 : days === 7));
    }
  });

  it('keeps nothing of a product of which nothing is known to sell', async () => {
    goTo(0);
    const where = await world.addPlace();
    const productId = await world.addProduct(where);
    await world.addSale(
      where,
      { fecha: dayAfter(-3), document_type: 'RETURN' },
      { producto_id: productId, cantidad: -1 },
    );
    await run(where.companyId);
    expect(await db.client.demandForecast.count({ where: { productId } })).toBe(1);
    expect(await keptOf(where)).toEqual([]);
  });
});

describe('what came of it', () => {
  it('is told of a product day by day and by forecast, and before that when it will be', async () => {
    goTo(3);
    const where = await world.addPlace();
    const productId = await world.addProduct(where, { precio: 100 });
    expect(await ofProduct(where, productId)).toMatchObject({ __typename: 'ProductForecastPast', keptSince: null });
    await sell(where, productId, -28, 0, 5);
    await say(where, productId, 0);
    const early = await ofProduct(where, productId);
    expect(early).toMatchObject({ keptSince: dayAfter(0) });
    expect(early.horizons[0]).toMatchObject({
      nextOn: dayAfter(7),
      track: { forecasts: 0, insideShare: null },
      periods: [],
    });

    await sell(where, productId, 0, 6);
    await sell(where, productId, 6, 30, 20);
    goTo(7);
    const [week, month] = (await ofProduct(where, productId)).horizons;
    expect(week).toMatchObject({
      nextOn: null,
      track: { forecasts: 1, knownDays: 7, insideDays: 6, said: 70, sold: 80, bias: -0.125, missedShare: 0.125 },
      periods: [{ madeOn: dayAfter(0), through: dayAfter(6), said: 70, sold: 80, method: 'NAIVE' }],
    });
    // Repeating five a day would have said 35 of 80.
    expect(week.track.relativeError).toBeCloseTo(10 / 45);
    expect(week.days).toHaveLength(7);
    expect(month).toMatchObject({ nextOn: dayAfter(30), track: { forecasts: 0 }, days: [] });
    goTo(30);
    const [, later] = (await ofProduct(where, productId)).horizons;
    expect(later.track).toMatchObject({ knownDays: 30, insideDays: 6, said: 300, sold: 60 + 24 * 20 });
    // Said 24 to 30 days before.
    expect(later.days.map(({ date }) => date)).toEqual(Array.from({ length: 7 }, (_, at) => dayAfter(23 + at)));
  });

  it('is counted once for the company, in money, whoever counts at the same time, and stays when the product goes', async () => {
    const where = await world.addPlace();
    const [dear, cheap] = [
      await world.addProduct(where, { precio: 100 }),
      await world.addProduct(where, { precio: 1 }),
    ];
    for (const id of [dear, cheap]) {
      await sell(where, id, -28, 40);
      await say(where, id, 0);
      await say(where, id, 7, 12);
    }
    goTo(9);
    expect(await settle()).toBe(0);
    const before = await ofCompany(where.companyId, viewerOf(where));
    expect(before).toMatchObject({ keptSince: dayAfter(0), firstOn: dayAfter(10), misses: [] });
    goTo(10);
    await Promise.all([settle(), settle(), settle()]);
    expect(await outcomesOf(where)).toMatchObject([
      {
        horizonDays: 7,
        forecasts: 2,
        knownDays: 14,
        insideDays: 14,
        said: 7070,
        sold: 7070,
        missed: 0,
        naiveMissed: 0,
      },
    ]);
    goTo(40);
    await Promise.all([settle(), settle()]);
    expect(await settle()).toBe(0);
    const weeks = await outcomesOf(where);
    expect(
      weeks.map(({ horizonDays, week, forecasts }) => [horizonDays, week.toISOString().slice(0, 10), forecasts]),
    ).toEqual([
      // The start is a Friday.
      [7, dayAfter(-4), 2],
      [7, dayAfter(3), 2],
      [30, dayAfter(-4), 2],
      [30, dayAfter(3), 2],
    ]);
    const told = await ofCompany(where.companyId, viewerOf(where));
    expect(told.tracks[0]).toMatchObject({ horizonDays: 7, forecasts: 4, knownDays: 28, insideDays: 14, sold: 14_140 });
    // The second week was said to sell 84 of each and sold 70: 14 of 101 for each unit of both.
    expect(told.tracks[0]?.missedShare).toBeCloseTo((14 * 101) / 14_140);
    expect(told.tracks[0]?.relativeError).toBeNull();
    await db.client.saleLine.deleteMany({ where: { productId: dear } });
    await db.client.product.delete({ where: { id: dear } });
    expect(await outcomesOf(where)).toEqual(weeks);
    expect((await keptOf(where)).every(({ productId }) => productId === cheap)).toBe(true);
  });

  it('names the products that were farthest off in money', async () => {
    goTo(12);
    const where = await world.addPlace();
    const [near, far, free] = [
      await world.addProduct(where, { precio: 10 }),
      await world.addProduct(where, { precio: null, costo: 50 }),
      await world.addProduct(where, { precio: 0 }),
    ];
    for (const id of [near, far, free]) {
      await sell(where, id, 0, 10);
      await say(where, id, 0, 14);
    }
    await settle();
    const { misses } = await ofCompany(where.companyId, viewerOf(where));
    expect(misses).toMatchObject([
      { product: { id: far }, said: 98, sold: 70, missed: 28 * 50, forecasts: 1 },
      { product: { id: near }, missed: 28 * 10 },
    ]);
  });
});

it('what is older than half a year is forgotten, in as many parts as it takes; sums of weeks stay for years', async () => {
  goTo(0);
  const where = await world.addPlace();
  const productId = await world.addProduct(where);
  for (let ago = 0; ago < 5; ago += 1) await say(where, productId, -keptDays - 1 - ago);
  await say(where, productId, -keptDays);
  const sums = {
    forecasts: 1,
    knownDays: 7,
    insideDays: 7,
    claimedDays: 5.6,
    said: 1,
    sold: 1,
    missed: 0,
    naiveMissed: 0,
  };
  const place = { companyId: where.companyId, siteId: where.siteId, horizonDays: 7 };
  for (const week of ['2023-05-08', '2023-05-22'])
    await db.client.forecastOutcome.create({ data: { ...place, ...sums, week: new Date(week) } });
  expect(await prunePastForecasts(db.pool, now, new AbortController().signal, 2)).toBe(6);
  expect((await keptOf(where)).map(({ madeOn }) => madeOn)).toEqual([new Date(dayAfter(-keptDays))]);
  expect((await outcomesOf(where)).map(({ week }) => week)).toEqual([new Date('2023-05-22')]);
});

describe('who may know', () => {
  it('is told nothing of another company, nor of a site out of reach', async () => {
    goTo(12);
    const [theirs, ours] = [await world.addPlace(), await world.addPlace()];
    const elsewhere = await world.addPlace({ companyId: ours.companyId });
    const [secret, known] = [await world.addProduct(theirs), await world.addProduct(ours, { precio: 5 })];
    for (const [where, id] of [
      [theirs, secret],
      [ours, known],
      [elsewhere, known],
    ] as const) {
      await sell(where, id, 0, 10);
      await say(where, id, 0, 14);
    }
    await settle();
    const ask = async (productId: string, siteId: string) =>
      (await world.get(productQuery, viewerOf(ours), { productId, siteId })).productForecastPast;
    expect(await ask(secret, theirs.siteId)).toEqual({ __typename: 'NotFound', entity: 'Product' });
    expect(await ask(secret, ours.siteId)).toEqual({ __typename: 'NotFound', entity: 'Product' });
    expect(await ask(known, theirs.siteId)).toEqual({ __typename: 'NotFound', entity: 'Site' });
    expect(await ask(known, elsewhere.siteId)).toEqual({ __typename: 'NotFound', entity: 'Site' });
    expect(await ofCompany(theirs.companyId, viewerOf(ours))).toBeNull();
    // Of one's own company, only what was forecast for the sites that one reaches.
    const mine = await ofCompany(ours.companyId, viewerOf(ours));
    expect(mine.tracks[0]).toMatchObject({ forecasts: 1 });
    expect(mine.misses).toMatchObject([{ product: { id: known }, site: { id: ours.siteId } }]);
    const all = testViewer({ role: 'MANAGER', companyIds: [ours.companyId], siteIds: [ours.siteId, elsewhere.siteId] });
    expect((await ofCompany(ours.companyId, all)).tracks[0]).toMatchObject({ forecasts: 2 });
    const viewing = { ...all, permissions: all.permissions.filter((one) => one !== 'predictions:read') };
    const { errors } = await world.ask(companyQuery, viewing, { companyId: ours.companyId });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});
