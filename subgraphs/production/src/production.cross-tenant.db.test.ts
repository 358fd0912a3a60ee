import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { productionWorld } from './test-support/production-world.ts';

const db = await testDatabase();
const world = await productionWorld(db);
const ours = await world.addPlant({});
const theirs = await world.addPlant({});
const columns = {
  toneladas_a_producir: 20,
  toneladas_producidas: 19,
  order_produccion_despachada: true,
  referencia_producto: 'SHARED-SKU',
  tiene_adiflow: true,
  toneladas_materia_prima_consumida: 20,
};
const theirOrder = await world.addOrder({ planta: theirs.planta, orden_produccion: 'SAME-NUMBER', ...columns });
const ourOrder = await world.addOrder({ planta: ours.planta, orden_produccion: 'SAME-NUMBER', ...columns });
const orphan = await world.addOrder({ planta: 'Nowhere', orden_produccion: 'ORPHAN', ...columns });
await world.addOrder({ planta: ours.planta, orden_produccion: 'OURS-2', ...columns });

const us = testViewer({ role: 'MANAGER', siteIds: [ours.site_id], companyIds: [ours.company_id] });
const range = '{ from: "2026-01-01", to: "2026-12-31" }';

describe('a viewer of another company', () => {
  it('lists, counts and finds only what is theirs', async () => {
    const answer = await world.get(
      `query ($theirs: ID!, $site: ID!, $company: ID!) {
        all: productionOrders { totalCount edges { node { id } } }
        aimed: productionOrders(filter: { siteIds: [$site], companyIds: [$company] }) { totalCount edges { node { id } } }
        byId: productionOrder(id: $theirs) { id }
        byNumber: productionOrder(orderNumber: "SAME-NUMBER") { id }
        orphan: productionOrder(orderNumber: "ORPHAN") { id }
      }`,
      us,
      { theirs: theirOrder, site: theirs.site_id, company: theirs.company_id },
    );
    expect(answer).toMatchObject({
      all: { totalCount: 2 },
      aimed: { totalCount: 0, edges: [] },
      byId: null,
      byNumber: { id: ourOrder },
      orphan: null,
    });
    expect(JSON.stringify(answer)).not.toContain(theirOrder);
  });

  it('gets numbers of their own rows only, whatever the filter says', async () => {
    const answer = await world.get(
      `query ($site: ID!, $company: ID!) {
        all: productionKpis(filter: { range: ${range} }) { producedTons orderCounts { total } }
        aimed: productionKpis(filter: { range: ${range}, siteIds: [$site], companyIds: [$company] }) {
          producedTons freshness { changedAt lastProducedOn } orderCounts { total } }
        series: productionSeries(metric: PRODUCED_TONS, grain: YEAR, groupBy: SITE, filter: { range: ${range} }) {
          groups { key points { value } } }
        companies: productionSeries(metric: PRODUCED_TONS, grain: YEAR, groupBy: COMPANY, filter: { range: ${range}, siteIds: [$site] }) {
          groups { key } freshness { changedAt } }
        adiflowEffect(filter: { range: ${range}, siteIds: [$site] }) { refusal counts { ordersWith } }
        lossAttribution(filter: { range: ${range}, siteIds: [$site] }) { orders producedTons }
      }`,
      us,
      { site: theirs.site_id, company: theirs.company_id },
    );
    expect(answer).toEqual({
      all: { producedTons: 38, orderCounts: { total: 2 } },
      aimed: { producedTons: 0, freshness: { changedAt: null, lastProducedOn: null }, orderCounts: { total: 0 } },
      series: { groups: [{ key: ours.site_id, points: [{ value: 38 }] }] },
      companies: { groups: [], freshness: { changedAt: null } },
      adiflowEffect: { refusal: 'NO_ORDERS', counts: { ordersWith: 0 } },
      lossAttribution: { orders: 0, producedTons: 0 },
    });
  });

  it('learns nothing through entities: an unreachable place answers like one without orders', async () => {
    const { _entities } = await world.get(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Site { production(range: ${range}) { producedTons orderCounts { total } freshness { changedAt } } }
        ... on Company { production(range: ${range}) { producedTons orderCounts { total } freshness { changedAt } } }
        ... on Product { production(range: ${range}) { producedTons } productionOrders { totalCount edges { node { id } } } }
        ... on ProductionOrder { id orderNumber }
      } }`,
      us,
      {
        representations: [
          { __typename: 'Site', id: theirs.site_id },
          { __typename: 'Company', id: theirs.company_id },
          { __typename: 'Site', id: 'not-an-id' },
          { __typename: 'Product', sku: 'SHARED-SKU' },
          { __typename: 'ProductionOrder', id: theirOrder },
          { __typename: 'ProductionOrder', id: orphan },
        ],
      },
    );
    const nothing = { production: { producedTons: 0, orderCounts: { total: 0 }, freshness: { changedAt: null } } };
    expect(_entities).toMatchObject([
      nothing,
      nothing,
      nothing,
      { production: { producedTons: 38 }, productionOrders: { totalCount: 2 } },
      null,
      null,
    ]);
    expect(JSON.stringify(_entities)).not.toContain(theirOrder);
  });

  it('writes nothing into another company, and cannot tell its orders from ones that are not there', async () => {
    const attempts = await world.get(
      `mutation ($site: ID!, $order: ID!) {
        recordProductionOrder(input: { siteId: $site, orderNumber: "X", producedAtLocal: "2026-01-01T10:00", productSku: "S", plannedTons: 1 }) {
          __typename ... on NotFound { entity } }
        updateProductionOrder(input: { id: $order, producedTons: 1 }) { __typename ... on NotFound { entity } }
      }`,
      us,
      { site: theirs.site_id, order: theirOrder },
    );
    expect(attempts).toEqual({
      recordProductionOrder: { __typename: 'NotFound', entity: 'Site' },
      updateProductionOrder: { __typename: 'NotFound', entity: 'ProductionOrder' },
    });
    expect(await db.client.productionOrder.count({ where: { siteId: theirs.site_id } })).toBe(1);
    expect(await db.client.productionOrder.count({ where: { id: theirOrder, producedTons: 19 } })).toBe(1);
  });

  it('with every permission and no place sees nothing, and with every place sees all', async () => {
    const query = '{ productionOrders { totalCount } }';
    expect(await world.get(query, testOutsider())).toEqual({ productionOrders: { totalCount: 0 } });
    expect(await world.get(query, testAdmin())).toEqual({ productionOrders: { totalCount: 4 } });
  });

  it('of one site of a company sees that site’s share of the company and no more', async () => {
    const second = await world.addPlant({ company_id: ours.company_id });
    await world.addOrder({ planta: second.planta, ...columns });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Company { production(range: ${range}) { producedTons } } } }`;
    const representations = [{ __typename: 'Company', id: ours.company_id }];
    expect(await world.get(query, us, { representations })).toEqual({
      _entities: [{ production: { producedTons: 38 } }],
    });
    const whole = testViewer({ siteIds: [ours.site_id, second.site_id], companyIds: [ours.company_id] });
    expect(await world.get(query, whole, { representations })).toEqual({
      _entities: [{ production: { producedTons: 57 } }],
    });
  });
});

describe('who lacks the permission', () => {
  it('is refused field by field and keeps the place it asked about', async () => {
    const nobody = { ...us, permissions: [] };
    const { data, errors } = await world.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Site { id production(range: ${range}) { producedTons } } } }`,
      nobody,
      { representations: [{ __typename: 'Site', id: ours.site_id }] },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(data).toEqual({ _entities: [{ id: ours.site_id, production: null }] });
  });
});
