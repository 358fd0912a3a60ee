import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { seedProduction } from '@cauce/prisma/seed/production';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { productionWorld } from './test-support/production-world.ts';

const db = await testDatabase();
const world = await productionWorld(db);
const now = new Date('2026-11-20T15:40:00Z');
await seedProduction(db.pool, now);

const riberaSites = Object.values(demoSites).filter(({ companyId }) => companyId === demoCompanies.ribera.id);
const manager = testViewer({ companyIds: [demoCompanies.ribera.id], siteIds: riberaSites.map(({ id }) => id) });
const overview = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Site { production(range: { from: "2026-10-22", to: "2026-11-20" }) { producedTons efficiencyPct sackoffPct } }
  ... on Company { production(range: { from: "2026-10-22", to: "2026-11-20" }) { producedTons efficiencyPct sackoffPct } } } }`;
const siteReference = ({ id }: { readonly id: string }) => ({ __typename: 'Site', id });

/** Names of the tables and indices that a statement reads, from its plan. */
async function accessPaths(statement: () => Promise<unknown>): Promise<string[]> {
  const statements: { text: string; values: unknown[] }[] = [];
  const { query } = db.pool;
  Reflect.set(db.pool, 'query', (...args: unknown[]) => {
    const [first, second] = args;
    const text = typeof first === 'string' ? first : String(Reflect.get(Object(first), 'text'));
    const values = Array.isArray(second) ? second : Reflect.get(Object(first), 'values');
    if (text.includes('produccion_aliar')) statements.push({ text, values: Array.isArray(values) ? values : [] });
    return Reflect.apply(query, db.pool, args);
  });
  await statement();
  Reflect.set(db.pool, 'query', query);
  const plans = await Promise.all(
    statements.map(({ text, values }) => db.pool.query(`EXPLAIN (FORMAT JSON) ${text}`, values)),
  );
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const type = Reflect.get(node, 'Node Type');
    const table = Reflect.get(node, 'Index Name') ?? Reflect.get(node, 'Relation Name');
    if (typeof table === 'string') found.push(`${type} ${table}`);
    for (const child of Object.values(node)) visit(child);
  };
  for (const { rows } of plans) visit(rows);
  return found;
}

describe('the overview on two years of orders', () => {
  it('asks one statement for the numbers of all sites and one for all companies, however many', async () => {
    const ask = (representations: readonly object[]) => world.get(overview, manager, { representations });
    const one = await world.countStatements(() => ask([siteReference(demoSites.plantaNorte)]));
    const eight = await world.countStatements(() => ask(Object.values(demoSites).map(siteReference)));
    const both = await world.countStatements(() =>
      ask([
        ...Object.values(demoSites).map(siteReference),
        ...Object.values(demoCompanies).map(({ id }) => ({ __typename: 'Company', id })),
      ]),
    );
    expect([one, eight, both]).toEqual([1, 1, 2]);
  });

  it.each([
    ['sites', () => world.get(overview, manager, { representations: riberaSites.map(siteReference) })],
    [
      'companies',
      () =>
        world.get(overview, testAdmin(), {
          representations: Object.values(demoCompanies).map(({ id }) => ({ __typename: 'Company', id })),
        }),
    ],
    ['the newest orders', () => world.get('{ productionOrders(first: 50) { edges { node { id } } } }', testAdmin())],
    [
      'a month of one plant',
      () =>
        world.get(
          'query ($site: ID!) { productionKpis(filter: { siteIds: [$site], range: { from: "2026-11-01", to: "2026-11-20" } }) { producedTons } }',
          manager,
          { site: demoSites.plantaNorte.id },
        ),
    ],
    [
      'a product',
      () =>
        world.get(
          'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { productionOrders(first: 5) { edges { node { id } } } } } }',
          manager,
          { r: [{ __typename: 'Product', sku: 'AL-POLLO-INI-25' }] },
        ),
    ],
  ])('reads an index and never the whole table for %s', async (_what, statement) => {
    const paths = await accessPaths(statement);
    expect(paths.filter((path) => /produccion_aliar|idx_/.test(path)).length).toBeGreaterThan(0);
    expect(paths).not.toContain('Seq Scan produccion_aliar');
  });

  it('has numbers that a plant could have', async () => {
    const { _entities } = (await world.get(overview, manager, {
      representations: [siteReference(demoSites.plantaNorte), siteReference(demoSites.plantaSur)],
    })) as { _entities: { production: { producedTons: number; efficiencyPct: number; sackoffPct: number } }[] };
    for (const { production } of _entities) {
      expect(production.producedTons).toBeGreaterThan(500);
      expect(production.efficiencyPct).toBeGreaterThan(88);
      expect(production.efficiencyPct).toBeLessThan(100);
      expect(Math.abs(production.sackoffPct)).toBeLessThan(4);
    }
  });
});

interface Outcome {
  readonly metric: string;
  readonly comparison: { readonly estimate: { effect: number; low: number; high: number } | null };
}
interface EffectAnswer {
  readonly adiflowEffect: {
    readonly isAnswered: boolean;
    readonly outcomes: readonly Outcome[];
    readonly waterMatched: readonly Outcome[];
    readonly waterKgPerTon: Outcome['comparison'];
  };
}
const comparison =
  'metric comparison { refusal counts { matchedStrata matchedOrdersWith } estimate { effect low high } }';
const effect = (filter: string) =>
  world.get(
    `{ adiflowEffect(filter: { range: { from: "2024-11-20", to: "2026-11-20" } ${filter} }) { isAnswered refusal
      outcomes { ${comparison} } waterMatched { ${comparison} } waterKgPerTon { estimate { effect low high } } } }`,
    testAdmin(),
  );
const estimateOf = (outcomes: readonly Outcome[], metric: string) => {
  const estimate = outcomes.find((outcome) => outcome.metric === metric)?.comparison.estimate;
  if (!estimate) throw new Error(`${metric} was not answered`);
  return estimate;
};

describe('what Adiflow does in the demo', () => {
  it('is found where it was put: durability and sackoff, inside their intervals once water is equal', async () => {
    const { adiflowEffect } = (await effect('')) as unknown as EffectAnswer;
    expect(adiflowEffect.isAnswered).toBe(true);
    // The seed puts +1.2 points of durability and −0.4 of sackoff on Adiflow, and 3 kg of water a ton beside it.
    const durability = estimateOf(adiflowEffect.waterMatched, 'DURABILITY_PCT');
    expect(durability.low).toBeLessThan(1.2);
    expect(durability.high).toBeGreaterThan(1.2);
    const sackoff = estimateOf(adiflowEffect.waterMatched, 'SACKOFF_PCT');
    expect(sackoff.low).toBeLessThan(-0.4);
    expect(sackoff.high).toBeGreaterThan(-0.4);
    expect(adiflowEffect.waterKgPerTon.estimate?.low).toBeGreaterThan(2);
    // Without matching water, what water does is ascribed to Adiflow.
    expect(estimateOf(adiflowEffect.outcomes, 'DURABILITY_PCT').effect).toBeGreaterThan(durability.effect + 0.1);
  });

  it('is not answered for a time before it came, nor for a few days', async () => {
    const before = await world.get(
      '{ adiflowEffect(filter: { range: { from: "2024-11-20", to: "2025-02-20" } }) { isAnswered refusal outcomes { comparison { estimate { effect } } } } }',
      testAdmin(),
    );
    expect(before.adiflowEffect).toMatchObject({ isAnswered: false, refusal: 'ONLY_ONE_GROUP' });
    const days = await world.get(
      '{ adiflowEffect(filter: { range: { from: "2026-11-10", to: "2026-11-12" } }) { isAnswered outcomes { comparison { estimate { effect } } } } }',
      testAdmin(),
    );
    expect(days.adiflowEffect).toMatchObject({ isAnswered: false });
    expect(JSON.stringify(days)).not.toContain('"effect"');
  });
});

describe('where the loss goes in the demo', () => {
  it('adds up to the order difference, and says how much nothing explains', async () => {
    const { lossAttribution } = (await world.get(
      `{ lossAttribution(filter: { range: { from: "2025-11-20", to: "2026-11-20" } }) {
        orders differenceTons massLossTons parts { component tons pct isEstimated } } }`,
      testAdmin(),
    )) as { lossAttribution: { orders: number; differenceTons: number; parts: { component: string; tons: number }[] } };
    expect(lossAttribution.orders).toBeGreaterThan(3_000);
    expect(lossAttribution.differenceTons).toBeGreaterThan(0);
    const total = lossAttribution.parts.reduce((sum, { tons }) => sum + tons, 0);
    expect(total).toBeCloseTo(lossAttribution.differenceTons, 3);
  });
});
