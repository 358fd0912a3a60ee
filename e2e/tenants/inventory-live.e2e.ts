import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { demoPeople } from '@cauce/prisma/seed/demo-people';
import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { eventually } from '@cauce/shared/test/eventually';
import { buildSchema } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientWith, type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { type Replica, startReplica } from '../platform/start-replica.ts';
import { addInventoryRows, type InventoryRows } from './inventory-rows.ts';

const sdl = readFileSync(new URL('../../subgraphs/inventory/schema.graphql', import.meta.url), 'utf8');
const subscriptions = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true }).getSubscriptionType();
const spreadsheet = readFileSync(
  new URL('../../subgraphs/inventory/src/imports/test-support/libreoffice/stock.xlsx', import.meta.url),
);
const { quillay } = demoCompanies;
const { plantaQuillay } = demoSites;
const platform = joinPlatform();

let replica: Replica | null = null;
let doors: readonly string[] = [];
let own: GraphClient;
/** Of the same company and one of its sites. */
let colleague: GraphClient;
/** Of another company. */
let other: GraphClient;
let theirs: InventoryRows;

beforeAll(async () => {
  replica = await startReplica(platform, 'inventory');
  doors = [platform.url, ...(replica === null ? [] : [replica.url])];
  own = await signIn(platform, 'quillay');
  colleague = await signIn(platform, 'turno.quillay');
  other = await signIn(platform, 'gerente');
  const userId = demoPeople.find(({ email }) => email.startsWith('quillay@'))?.id ?? '';
  theirs = await addInventoryRows(platform.pool, { companyId: quillay.id, siteId: plantaQuillay.id, userId });
});
afterAll(async () => {
  await theirs?.remove();
  await replica?.stop();
});

interface Happening {
  readonly field: string;
  readonly query: string;
  /** Things of the first company that the subscription is aimed at. */
  variables(): Promise<Readonly<Record<string, string>>>;
  happen(variables: Readonly<Record<string, string>>): Promise<unknown>;
  /** What has to be heard of it, in this order, maybe among others. */
  readonly heard: readonly RegExp[];
  readonly isForColleagues: boolean;
}

const happenings: readonly Happening[] = [
  {
    field: 'stockChanged',
    query: 'subscription ($site: ID!) { stockChanged(siteIds: [$site]) { reason } }',
    variables: async () => ({ site: plantaQuillay.id }),
    async happen() {
      const stock = 'query ($id: ID!) { product(id: $id) { stock { updatedAt } } }';
      const seen = JSON.stringify((await own.ask(stock, { id: theirs.ids.product })).data);
      const expectedUpdatedAt = /"updatedAt":"([^"]+)"/.exec(seen)?.[1];
      const { mark: warehouse, ids } = theirs;
      const what = { productId: ids.product, siteId: plantaQuillay.id, warehouse, minimum: '8', reason: 'e2e' };
      return own.ask(
        'mutation ($input: SetStockLevelInput!) { setStockLevel(input: $input) { __typename ... on Failure { message } } }',
        {
          input: { ...what, expectedUpdatedAt },
        },
      );
    },
    heard: [/stockChanged/],
    isForColleagues: true,
  },
  {
    field: 'forecastRunProgress',
    query: 'subscription ($company: ID!) { forecastRunProgress(companyId: $company) { status places done } }',
    variables: async () => ({ company: quillay.id }),
    happen: ({ company }) =>
      own.ask(
        'mutation ($company: ID!) { startForecastRun(input: { companyId: $company }) { __typename ... on Failure { message } } }',
        {
          company,
        },
      ),
    heard: [/"RUNNING".*"done":48\b/, /"RUNNING".*"done":96\b/],
    isForColleagues: true,
  },
  {
    field: 'syncJobProgress',
    query: 'subscription ($job: ID!) { syncJobProgress(jobId: $job) { status } }',
    variables: async () => ({ job: theirs.ids.syncJob }),
    happen: async ({ job }) => {
      await platform.pool.query(
        `UPDATE inventory.sync_jobs SET status = 'running', heartbeat_at = now() WHERE id = $1`,
        [job],
      );
      return own.ask('mutation ($job: ID!) { cancelSync(jobId: $job) { __typename } }', { job });
    },
    heard: [/syncJobProgress/],
    isForColleagues: true,
  },
  {
    field: 'syncStatusChanged',
    query: 'subscription { syncStatusChanged { jobs(first: 1) { status } } }',
    variables: async () => ({}),
    // The run before is heard of here too.
    happen: async () => ({}),
    heard: [/syncStatusChanged/],
    isForColleagues: true,
  },
  {
    field: 'uploadProgress',
    query: 'subscription ($upload: ID!) { uploadProgress(uploadId: $upload) { status filename } }',
    async variables() {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(spreadsheet)]), `${theirs.mark}.xlsx`);
      const answer = await fetch(`${platform.url}/uploads?companyId=${quillay.id}`, {
        ...{ method: 'POST', headers: { authorization: `Bearer ${own.accessToken}` }, body: form },
      });
      return { upload: String(Reflect.get(Object(await answer.json()), 'id')) };
    },
    happen: ({ upload }) =>
      own.ask('mutation ($upload: ID!) { importSpreadsheet(uploadId: $upload) { __typename } }', { upload }),
    heard: [/"PREVIEW"/],
    // Who sees a file is who sent it.
    isForColleagues: false,
  },
];

interface Listener {
  readonly field: string;
  readonly who: string;
  readonly door: string;
  readonly messages: string[];
}

it('every subscription of the inventory is tried here', () => {
  expect(Object.keys(subscriptions?.getFields() ?? {}).sort()).toEqual(happenings.map(({ field }) => field).sort());
});

it('what happens in one company is heard at every door by who may, wherever it is done, and by nobody else', async () => {
  const sockets: Client[] = [];
  const listeners: Listener[] = [];
  const aims = new Map<string, Readonly<Record<string, string>>>();
  for (const { field, variables } of happenings) aims.set(field, await variables());
  for (const door of doors) {
    // Who may not hear asks first: a stream that is shared would be theirs.
    for (const [who, client] of Object.entries({ other, colleague, own })) {
      const socket = clientWith({ url: door }, client.accessToken).connect();
      sockets.push(socket);
      for (const { field, query } of happenings) {
        const messages: string[] = [];
        const keep = (value: unknown) => messages.push(JSON.stringify(value));
        listeners.push({ field, who, door, messages });
        const over = () => messages.push('the stream ended');
        socket.subscribe({ query, variables: { ...aims.get(field) } }, { next: keep, error: keep, complete: over });
      }
    }
  }
  try {
    await wait(1_000);
    for (const { field, happen } of happenings) {
      const answer = JSON.stringify((await happen(aims.get(field) ?? {})) ?? null);
      expect([field, answer]).toEqual([
        field,
        expect.not.stringMatching(/NotFound|Conflict|ValidationFailed|"message"/),
      ]);
    }
    const missing = () =>
      happenings.flatMap(({ field, heard, isForColleagues }) =>
        listeners
          .filter((one) => one.field === field && (one.who === 'own' || (one.who === 'colleague' && isForColleagues)))
          .filter(({ messages }) => !heard.every((text) => messages.some((message) => text.test(message))))
          .map(({ who, door, messages }) => `${field} by ${who} at ${door}: ${messages.join()}`),
      );
    await eventually(() => missing().length === 0, { timeoutMs: 45_000, what: 'all that may be heard' }).catch(() => {
      expect(missing()).toEqual([]);
    });
    await wait(1_500);
    for (const { field, isForColleagues } of happenings) {
      const silent = listeners.filter(
        (one) => one.field === field && (one.who === 'other' || (one.who === 'colleague' && !isForColleagues)),
      );
      // Not even a refusal or an end, which would tell that it is there.
      for (const { who, messages } of silent) expect([field, who, messages]).toEqual([field, who, []]);
    }
    expect(listeners.filter(({ messages }) => messages.join().includes('"errors"'))).toEqual([]);
  } finally {
    for (const socket of sockets) await socket.dispose();
    // The worker leaves a run that is no longer its own.
    await platform.pool.query(
      `UPDATE inventory.forecast_runs SET status = 'FAILED', completed_at = now() WHERE company_id = $1 AND status <> 'COMPLETED'`,
      [quillay.id],
    );
    const upload = aims.get('uploadProgress')?.upload;
    await own.ask(`mutation ($id: ID!) { discardSpreadsheet(importId: $id) { __typename } }`, {
      id: Reflect.get(
        Object((await own.ask('query ($id: ID!) { upload(id: $id) { id } }', { id: upload })).data?.upload),
        'id',
      ),
    });
  }
});
