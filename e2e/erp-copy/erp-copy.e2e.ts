import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { eventually } from '@cauce/shared/test/eventually';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { bearer, restClient } from '../rest/rest-client.ts';

const platform = joinPlatform();
let manager: GraphClient;
let stranger: GraphClient;

beforeAll(async () => {
  [manager, stranger] = await Promise.all([signIn(platform, 'gerente'), signIn(platform, 'quillay')]);
});

const connect = `mutation ($input: SaveErpInstallationInput!) {
  saveErpInstallation(input: $input) { ... on ErpSettings { id mappingConfirmedAt } ... on Failure { reason } } }`;
const state = `query ($id: ID!) { erpSettings { id warehouses { id name site { id } } }
  syncStatus { jobs(first: 50) { status entity recordsFailed installation { id } certificate { isComplete } } }
  syncJob(id: $id) { id } }`;

interface State {
  readonly erpSettings: readonly { id: string; warehouses: readonly { id: string; name: string }[] }[];
  readonly syncStatus: {
    readonly jobs: readonly (Readonly<Record<string, unknown>> & { installation: { id: string } })[];
  };
}

describe('the copy of an ERP', () => {
  it('is connected in the graph, started at the partners’ door, proved complete, and its warehouse given to a site', async () => {
    const input = {
      ...{ kind: 'SAMPLE', code: 'SAMPLE-E2E', name: 'ERP de prueba', timeZone: 'America/Santiago' },
      ...{ companyId: demoCompanies.ribera.id, connection: { articles: 40 } },
    };
    const connected = await manager.ask(connect, { input });
    const { id } = Object(connected.data?.saveErpInstallation);
    const door = restClient(platform, bearer(manager.accessToken));
    const started = await door('/api/sync/full', { method: 'POST', body: { installationId: id } });
    expect(started).toMatchObject({ status: 202 });
    const jobs = started.body.jobs as { id: string; jobType: string }[];
    expect(jobs.map(({ jobType }) => jobType)).toEqual([
      ...['WAREHOUSES', 'PRODUCTS', 'PRICES', 'CUSTOMERS', 'STOCK', 'SALES'],
    ]);
    const foreign = restClient(platform, bearer(stranger.accessToken));
    expect(await foreign('/api/sync/productos', { method: 'POST', body: { installationId: id } })).toMatchObject({
      status: 404,
    });
    const look = async (client: GraphClient) =>
      (await client.ask(state, { id: jobs[0]?.id })).data as unknown as State & { readonly syncJob: unknown };
    const ours = async () => (await look(manager)).syncStatus.jobs.filter(({ installation }) => installation.id === id);
    await eventually(async () => (await ours()).every(({ status }) => status === 'COMPLETED'), {
      ...{ timeoutMs: 60_000, what: 'all six kinds are copied' },
    });
    for (const job of await ours()) expect(job).toMatchObject({ recordsFailed: 0, certificate: { isComplete: true } });
    const { erpSettings, syncJob } = await look(stranger);
    expect([erpSettings.some((erp) => erp.id === id), syncJob]).toEqual([false, null]);

    const settings = (await look(manager)).erpSettings.find((erp) => erp.id === id);
    const warehouse = settings?.warehouses.find(({ name }) => name.startsWith('Bodega central'));
    const place = `mutation ($input: PlaceWarehouseInput!) { placeWarehouse(input: $input) { __typename
      ... on ErpWarehouse { site { id name } } ... on Failure { reason } } }`;
    const to = (siteId: string, client: GraphClient) =>
      client.ask(place, { input: { warehouseId: warehouse?.id, siteId } });
    expect((await to(demoSites.bodegaCentral.id, stranger)).data).toMatchObject({
      placeWarehouse: { __typename: 'NotFound' },
    });
    expect((await to(demoSites.bodegaCentral.id, manager)).data).toMatchObject({
      placeWarehouse: { site: { id: demoSites.bodegaCentral.id, name: demoSites.bodegaCentral.name } },
    });
    const proved = await manager.ask(
      `mutation ($id: ID!) { proveStock(installationId: $id) { ... on StockProof { compared diverging divergences { document { folio } } } } }`,
      { id },
    );
    expect(proved.data).toMatchObject({
      proveStock: { compared: 80, diverging: 1, divergences: [{ document: { folio: expect.stringMatching(/^S-/) } }] },
    });
  });
});
