import { randomUUID } from 'node:crypto';
import { demoPeople } from '@cauce/prisma/seed/demo-people';
import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { eventually } from '@cauce/shared/test/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishReading } from '../live-reading/publish-reading.ts';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { endHolds } from '../platform/snapshot.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../platform/webhook-receiver.ts';
import { type CompanyRows, companyRows } from './company-rows.ts';
import { createOutsider, type Outsider } from './outsider.ts';

const { ribera, quillay } = demoCompanies;
const { plantaNorte, plantaQuillay } = demoSites;
const range = '{ from: "2024-01-01", to: "2027-12-31" }';

const platform = joinPlatform();
/** Somebody of the company whose things are asked for. */
let own: GraphClient;
/** Somebody of the other company, who asks for them. */
let other: GraphClient;
let theirs: CompanyRows;
let outsider: Outsider;
let partner: WebhookReceiver;
let control: WebhookReceiver;

const webhook = `mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { __typename } }`;
const topics = [
  'production.orderChanged',
  'inventory.stockChanged',
  'clinics.appointmentChanged',
  'telemetry.measurementAdded',
];

beforeAll(async () => {
  await endHolds(platform.pool);
  own = await signIn(platform, 'gerente');
  other = await signIn(platform, 'quillay');
  theirs = await companyRows(platform.pool, ribera.id, plantaNorte.id);
  outsider = createOutsider({ platform, own, other, theirs });
  partner = await startWebhookReceiver();
  control = await startWebhookReceiver();
  for (const [client, companyId, url] of [
    [other, quillay.id, partner.url],
    [own, ribera.id, control.url],
  ] as const) {
    const { data, errors } = await client.ask(webhook, { input: { companyId, url, topics } });
    expect({ data, errors }).toEqual({ data: { createWebhook: { __typename: 'CreatedWebhook' } }, errors: [] });
  }
});
afterAll(async () => {
  await partner?.stop();
  await control?.stop();
});

describe('who is of another company gets nothing', () => {
  it('of access: companies, sites, people, keys, webhooks, the audit log', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!, $person: ID!) {
        company(id: $company) { id } byCode: company(code: "RIBERA") { id }
        site(id: $site) { id } siteByCode: site(code: "PLANTA-NORTE") { id }
        sites(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        named: sites(filter: { search: "Norte" }) { totalCount }
        companies(filter: { search: "Ribera" }) { totalCount }
        apiKeys(filter: { userId: $person }) { totalCount }
      }`,
      { person: personId('gerente') },
    );
    await outsider.expectOnlyOwn(
      '{ users(first: 200) { edges { node { name companies { code } sites { code company { code } } } } } webhooks { totalCount edges { node { url company { code } } } } }',
    );
    const [hook] = (
      await platform.pool.query<{ id: string }>('SELECT id FROM access.webhooks WHERE company_id = $1', [ribera.id])
    ).rows;
    await outsider.expectUnchanged(
      `mutation($company: ID!, $site: ID!, $hook: ID!, $person: ID!) {
        createWebhook(input: { companyId: $company, url: "https://hooks.partner.example/x", topics: ["telemetry.alertRaised"] }) { __typename }
        updateWebhook(input: { id: $hook, url: "https://hooks.partner.example/x" }) { __typename }
        deleteWebhook(input: { id: $hook }) { __typename }
        createApiKey(input: { name: "x", permissions: ["telemetry:read"], companyIds: [$company], siteIds: [$site] }) { __typename }
        revokeApiKey(input: { id: $person }) { __typename }
        rotateWebhookSecret(input: { id: $hook }) { __typename }
        testWebhook(input: { id: $hook }) { __typename }
      }`,
      { hook: hook?.id, person: personId('gerente') },
    );
  });

  it('of access: not even who of the people they know also works there', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!) {
        users(filter: { companyId: $company }) { totalCount edges { node { id } } }
        usersThere: users(filter: { siteId: $site }) { totalCount edges { node { id } } }
      }`,
    );
  });

  it('of production: orders, figures, series and what hangs on sites and products', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!, $productionOrder: ID!, $orderNumber: String!, $feedSku: String!) {
        productionOrder(id: $productionOrder) { id } byNumber: productionOrder(orderNumber: $orderNumber) { id }
        productionOrders(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        there: productionOrders(filter: { siteIds: [$site], productSkus: [$feedSku] }) { totalCount }
        productionKpis(filter: { range: ${range}, siteIds: [$site], companyIds: [$company] }) { producedTons plannedTons orderCounts { total } }
        productionSeries(metric: PRODUCED_TONS, grain: MONTH, groupBy: SITE, filter: { range: ${range}, siteIds: [$site] }) { groups { key } }
        adiflowEffect(filter: { range: ${range}, companyIds: [$company] }) { counts { ordersWith ordersWithout } }
        lossAttribution(filter: { range: ${range}, siteIds: [$site] }) { orders producedTons }
        product(sku: $feedSku) { sku production(range: ${range}) { producedTons } productionOrders { totalCount } }
      }`,
    );
    await outsider.expectOnlyOwn(
      '{ productionOrders(first: 200) { edges { node { company { code } site { code } product { company { code } } } } } sites { edges { node { code production(range: { from: "2026-01-01", to: "2026-12-31" }) { producedTons } } } } }',
    );
    await outsider.expectUnchanged(
      `mutation($site: ID!, $productionOrder: ID!, $feedSku: String!) {
        recordProductionOrder(input: { siteId: $site, orderNumber: "X-1", producedAtLocal: "2026-11-20T10:00:00", productSku: $feedSku, plannedTons: 1 }) { __typename }
        updateProductionOrder(input: { id: $productionOrder, plannedTons: 1 }) { __typename }
      }`,
    );
    const orderNumber = `E2E-${randomUUID().slice(0, 8)}`;
    await outsider.expectUnheard(
      [
        'subscription($site: ID!) { productionChanged(siteIds: [$site]) { orderNumber } }',
        'subscription { productionChanged { orderNumber } }',
      ],
      () =>
        own.ask(
          `mutation($site: ID!, $sku: String!, $n: String!) { recordProductionOrder(input: { siteId: $site, orderNumber: $n, producedAtLocal: "2026-11-20T10:00:00", productSku: $sku, plannedTons: 12 }) { __typename } }`,
          {
            site: theirs.site,
            sku: theirs.feedSku,
            n: orderNumber,
          },
        ),
    );
  });

  it('of inventory: products, stock, customers, sales and proposals', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!, $product: ID!, $sku: String!, $customer: ID!) {
        product(id: $product) { id } bySku: product(sku: $sku) { id }
        products(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        there: products(filter: { siteIds: [$site], belowMinimum: true }) { totalCount }
        named: products(filter: { search: $sku, companyIds: [$company] }) { totalCount }
        customers(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        sales(filter: { companyIds: [$company] }) { totalCount }
        salesTo: sales(filter: { customerId: $customer }) { totalCount }
        salesOf: sales(filter: { productId: $product, siteIds: [$site] }) { totalCount }
        inventoryKpis(filter: { siteIds: [$site], companyIds: [$company] }) { productCount lowStockCount stockValue }
        replenishmentProposals(siteId: $site) { totalCount edges { node { quantity } } }
        replenishmentTotals(siteId: $site) { proposalCount orderCost valueAtRisk suppliers { supplierName } }
      }`,
    );
    await outsider.expectOnlyOwn(
      '{ products(first: 100) { edges { node { company { code } stock { site { code } } } } } customers(first: 200) { edges { node { company { code } } } } syncStatus { schedules { installation { company { code } } } jobs { installation { company { code } } } } inventoryKpis { freshness { installation { company { code } } } } }',
    );
    await outsider.expectUnchanged(
      `mutation($company: ID!, $site: ID!, $product: ID!) {
        createProduct(input: { companyId: $company, sku: "X-1", name: "Nombre de otros" }) { __typename }
        updateProduct(input: { id: $product, name: "Nombre de otros" }) { __typename }
        deleteProduct(input: { id: $product }) { __typename }
        setStockLevel(input: { productId: $product, siteId: $site, onHand: "1", reason: "e2e" }) { __typename }
        saveReplenishmentSetting(input: { productId: $product, siteId: $site, leadTimeDays: 1 }) { __typename }
        saveReplenishmentSettings(input: { productIds: [$product], leadTimeDays: 1 }) { __typename }
      }`,
    );
    await outsider.expectUnheard(
      [
        'subscription($site: ID!) { stockChanged(siteIds: [$site]) { reason } }',
        'subscription { stockChanged { reason } }',
      ],
      async () => {
        const seen = await own.ask('query($id: ID!) { product(id: $id) { stock { updatedAt site { id } } } }', {
          id: theirs.product,
        });
        const product = seen.data?.product as
          | { stock: { updatedAt: string; site: { id: string } }[] }
          | null
          | undefined;
        const updatedAt = product?.stock.find((level) => level.site.id === theirs.site)?.updatedAt;
        return own.ask('mutation($input: SetStockLevelInput!) { setStockLevel(input: $input) { __typename } }', {
          input: {
            productId: theirs.product,
            siteId: theirs.site,
            minimum: '1.25',
            reason: 'e2e',
            expectedUpdatedAt: updatedAt,
          },
        });
      },
    );
  });

  it('of clinics: appointments, slots, patients, conversations', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!, $clinic: ID!, $documentNumber: String!, $patient: ID!, $appointment: ID!, $conversation: ID!) {
        clinics(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        there: clinics(filter: { siteIds: [$site] }) { totalCount }
        clinicStats(clinicId: $clinic) { slotsToday }
        slots(filter: { clinicId: $clinic }) { totalCount edges { node { id } } }
        patient(documentNumber: $documentNumber) { id name }
        appointment(id: $appointment) { id }
        appointments(filter: { clinicId: $clinic }) { totalCount edges { node { id } } }
        appointmentsOf: appointments(filter: { patientId: $patient }) { totalCount }
        upcomingAppointments(days: 30, filter: { siteIds: [$site] }) { totalCount }
        conversation(id: $conversation) { id phone }
        conversations(filter: { clinicId: $clinic }) { totalCount edges { node { id } } }
        conversationsOf: conversations(filter: { patientId: $patient }) { totalCount }
      }`,
    );
    await outsider.expectOnlyOwn(
      '{ clinics { edges { node { company { code } site { code } } } } appointments(first: 100) { edges { node { clinic { company { code } } patient { company { code } } practitioner { clinics { company { code } } } } } } conversations { edges { node { clinic { company { code } } patient { company { code } } } } } users(first: 200) { edges { node { conversationsTaken { clinic { company { code } } } } } } }',
    );
    await outsider.expectUnchanged(
      `mutation($clinic: ID!, $slot: ID!, $patient: ID!, $appointment: ID!) {
        registerPatient(input: { clinicId: $clinic, documentNumber: "12345678-5", name: "Nombre de otros" }) { __typename }
        holdSlot(input: { slotId: $slot }) { __typename }
        bookAppointment(input: { slotId: $slot, patientId: $patient }) { __typename }
        confirmAppointment(input: { id: $appointment }) { __typename }
        cancelAppointment(input: { id: $appointment }) { __typename }
        rescheduleAppointment(input: { id: $appointment, slotId: $slot }) { __typename }
      }`,
    );
    await outsider.expectUnheard(
      ['subscription($clinic: ID!) { appointmentChanged(clinicId: $clinic) { kind } }'],
      () =>
        own.ask(`mutation($id: ID!) { cancelAppointment(input: { id: $id, reason: "e2e" }) { __typename } }`, {
          id: theirs.appointment,
        }),
    );
  });

  it('of telemetry: points, series, alerts, providers, compliance', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!, $point: ID!, $pointCode: String!) {
        catchmentPoint(id: $point) { id latest { value } } byCode: catchmentPoint(code: $pointCode) { id }
        catchmentPoints(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        there: catchmentPoints(filter: { siteIds: [$site] }) { totalCount }
        named: catchmentPoints(filter: { search: $pointCode }) { totalCount }
        alerts(filter: { siteIds: [$site] }) { totalCount edges { node { id } } }
        alertsOf: alerts(filter: { pointIds: [$point] }) { totalCount }
        complianceSubmissions(filter: { pointIds: [$point] }) { totalCount edges { node { id } } }
        complianceCalendar(pointId: $point, month: "2026-11") { days { date } }
      }`,
    );
    await outsider.expectOnlyOwn(
      '{ catchmentPoints { edges { node { company { code } site { code } } } } alerts(first: 200) { edges { node { site { code } point { company { code } } } } } providers { company { code } } complianceSubmissions(first: 200) { edges { node { site { code } } } } sites { edges { node { code waterUse(range: { from: "2026-01-01", to: "2026-12-31" }) { points } openAlerts { site { code } } } } } }',
    );
    await outsider.expectUnchanged(
      `mutation($company: ID!, $site: ID!, $point: ID!) {
        createCatchmentPoint(input: { code: "X-1", name: "Nombre de otros", type: WELL, siteId: $site, companyId: $company, variables: [{ variable: LEVEL }] }) { __typename }
        updateCatchmentPoint(input: { id: $point, name: "Nombre de otros" }) { __typename }
      }`,
    );
    const reading = {
      id: randomUUID(),
      pointCode: theirs.pointCode,
      measuredAt: new Date().toISOString(),
      values: [{ channel: 'level', value: 1 }],
    };
    const { data, errors } = await other.ask(
      `mutation($input: IngestReadingsInput!) { ingestReadings(input: $input) { __typename ... on IngestedReadings { stored rejected { reason } } } }`,
      { input: { id: randomUUID(), readings: [reading] } },
    );
    expect({ data, errors }).toEqual({
      data: { ingestReadings: { __typename: 'IngestedReadings', stored: 0, rejected: [{ reason: 'UNKNOWN_POINT' }] } },
      errors: [],
    });
    expect(
      (await platform.pool.query('SELECT 1 FROM telemetry.raw_readings WHERE message_id = $1', [reading.id])).rowCount,
    ).toBe(0);
    await outsider.expectUnheard(
      [
        'subscription($point: ID!) { measurementAdded(pointIds: [$point]) { value } }',
        'subscription { measurementAdded { value } }',
        'subscription($point: ID!) { latestMeasurementsChanged(pointIds: [$point]) { value } }',
      ],
      () => publishReading(platform.mqttUrl, theirs.pointCode ?? '', { flow: 5.125 }),
    );
    await outsider.expectUnchanged(
      'mutation($alert: ID!) { acknowledgeAlert(input: { alertId: $alert }) { __typename } }',
    );
  });

  it('of finance: orders, metrics, books, people, runs', async () => {
    await outsider.expectNothing(
      `query($company: ID!, $site: ID!, $order: ID!, $orderId: String!, $etlRun: ID!) {
        order(id: $order) { id total }
        orders(filter: { companyIds: [$company] }) { totalCount edges { node { id } } }
        there: orders(filter: { siteIds: [$site] }) { totalCount }
        named: orders(filter: { search: $orderId, companyIds: [$company] }) { totalCount }
        profitAndLoss(companyId: $company, range: ${range}) { income }
        workforce(companyId: $company) { headcount }
        reconciliation(runId: $etlRun) { id }
      }`,
    );
    const { data, errors } = await other.ask(
      `query($company: ID!, $site: ID!) {
        byCompany: dailyMetrics(metrics: ["orders", "revenue"], range: { from: "2026-11-01", to: "2026-11-30" }, companyIds: [$company]) { value }
        bySite: dailyMetrics(metrics: ["orders", "revenue"], range: { from: "2026-11-01", to: "2026-11-30" }, siteIds: [$site]) { value }
      }`,
      { company: theirs.company, site: theirs.site },
    );
    expect(errors).toEqual([]);
    for (const values of Object.values(data ?? {}) as { value: string | null }[][]) {
      expect(values.filter(({ value }) => value !== null && Number(value) !== 0)).toEqual([]);
    }
    await outsider.expectOnlyOwn(
      '{ orders(first: 200) { edges { node { company { code } site { code } customer { company { code } } } } } etlStatus { source { company { code } } } etlRuns(first: 100) { edges { node { source { company { code } } } } } companies { edges { node { code dailyMetrics(range: { from: "2026-11-01", to: "2026-11-30" }, metrics: ["orders"]) { value } } } } }',
    );
  });

  it('of the assistant: threads and answers, which are their owner’s alone', async () => {
    const thread = randomUUID();
    const answer = randomUUID();
    await platform.pool.query(
      `INSERT INTO assistant.threads (id, user_id, title) VALUES ($1, $2, 'Toneladas de RIBERA')`,
      [thread, personId('gerente')],
    );
    await platform.pool.query(
      `INSERT INTO assistant.answers (id, thread_id, user_id, question) VALUES ($1, $2, $3, '¿Cuánto hizo RIBERA?')`,
      [answer, thread, personId('gerente')],
    );
    const ask = `query($thread: ID!, $answer: ID!) { thread(id: $thread) { title answers { totalCount } } answer(id: $answer) { question } threads { totalCount } }`;
    expect((await own.ask(ask, { thread, answer })).data).toEqual({
      thread: { title: 'Toneladas de RIBERA', answers: { totalCount: 1 } },
      answer: { question: '¿Cuánto hizo RIBERA?' },
      threads: { totalCount: 1 },
    });
    expect((await other.ask(ask, { thread, answer })).data).toEqual({
      thread: null,
      answer: null,
      threads: { totalCount: 0 },
    });
    await outsider.expectOnlyOwn(
      '{ users(first: 200) { edges { node { threads { totalCount edges { node { title } } } } } } }',
    );
  });
});

it('a webhook of the other company was told of none of it, and one of the own company of all', async () => {
  const told = () => new Set(control.received.map(({ topic }) => topic));
  await eventually(() => topics.every((topic) => told().has(topic)), {
    timeoutMs: 30_000,
    what: `deliveries of ${topics.join()}`,
  });
  expect(
    partner.received.filter(({ companyId, siteId }) => companyId !== quillay.id && siteId !== plantaQuillay.id),
  ).toEqual([]);
  const orderNumber = `E2E-${randomUUID().slice(0, 8)}`;
  const sku = (
    await platform.pool.query<{ sku: string }>(
      'SELECT referencia_producto AS sku FROM production.produccion_aliar WHERE company_id = $1 AND referencia_producto IS NOT NULL LIMIT 1',
      [quillay.id],
    )
  ).rows[0]?.sku;
  await other.ask(
    `mutation($site: ID!, $sku: String!, $n: String!) { recordProductionOrder(input: { siteId: $site, orderNumber: $n, producedAtLocal: "2026-11-20T10:00:00", productSku: $sku, plannedTons: 12 }) { __typename } }`,
    { site: plantaQuillay.id, sku, n: orderNumber },
  );
  await eventually(() => JSON.stringify(partner.received).includes(orderNumber), {
    timeoutMs: 30_000,
    what: 'the own event at the partner',
  });
  expect(JSON.stringify(control.received)).not.toContain(orderNumber);
});

function personId(account: string): string {
  const person = demoPeople.find(({ email }) => email.startsWith(`${account}@`));
  if (person === undefined) throw new Error(`Nobody is called ${account}`);
  return person.id;
}
