import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { demoPeople } from '@cauce/prisma/seed/demo-people';
import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { takeSnapshot } from '../platform/snapshot.ts';
import { argumentsFor, type IdPlace, idPlaces, type Kind, operationFor, selectionOf } from './id-places.ts';
import { addInventoryRows, type InventoryRows, type RowKind } from './inventory-rows.ts';

/** The subgraph's own fields, as it prints them: one that is added tomorrow is walked tomorrow. */
const sdl = readFileSync(new URL('../../subgraphs/inventory/schema.graphql', import.meta.url), 'utf8');
const schema = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true });
const queryType = schema.getQueryType();
const mutationType = schema.getMutationType();
const platform = joinPlatform();
const idOf = (account: string) => demoPeople.find(({ email }) => email.startsWith(`${account}@`))?.id ?? '';

/** Of the company whose ids are asked for, and of the other one, who asks. */
let own: GraphClient;
let other: GraphClient;
let theirs: InventoryRows;
let ours: InventoryRows;

beforeAll(async () => {
  const { ribera, quillay } = demoCompanies;
  own = await signIn(platform, 'gerente');
  other = await signIn(platform, 'quillay');
  const { plantaNorte, plantaQuillay } = demoSites;
  const one = { companyId: ribera.id, siteId: plantaNorte.id, userId: idOf('gerente') };
  const another = { companyId: quillay.id, siteId: plantaQuillay.id, userId: idOf('quillay') };
  theirs = await addInventoryRows(platform.pool, one);
  ours = await addInventoryRows(platform.pool, another);
});
afterAll(async () => {
  await theirs?.remove();
  await ours?.remove();
});

/** What an id is of, by its name. */
const kindByName: Readonly<Record<string, RowKind>> = {
  ...{ companyId: 'company', companyIds: 'company', siteId: 'site', siteIds: 'site', productId: 'product' },
  ...{ productIds: 'product', customerId: 'customer', warehouseId: 'warehouse', installationId: 'installation' },
  ...{ jobId: 'syncJob', uploadId: 'upload', importId: 'import' },
};
/** What a bare `id` is of, by its field. */
const kindByField: Readonly<Record<string, RowKind>> = {
  ...{ product: 'product', updateProduct: 'product', deleteProduct: 'product', upload: 'upload', syncJob: 'syncJob' },
  ...{ saveErpInstallation: 'installation', auditErp: 'installation', saveErpMapping: 'installation' },
  failedRows: 'failedRow',
};
const kindOf = (field: string, path: readonly string[]): RowKind | undefined =>
  kindByName[path.at(-1) ?? ''] ?? kindByField[field];

/** Inputs that have to make sense before anything is looked for. */
const sensible: Readonly<Record<string, unknown>> = {
  ...{ from: '2024-01-01', to: '2027-12-31' },
  ...{ kind: 'SAMPLE', timeZone: 'America/Santiago', cron: '0 3 * * *', connection: { articles: 10 } },
  ...{ code: 'CODIGO-OTRO', sku: 'CODIGO-OTRO', name: 'Nombre de otros', leadTimeDays: 3, minimum: '1' },
};

/** A change that changes nothing is refused before anything is looked for. */
const changing = new Set(['minimum', 'leadTimeDays']);

/** Places in one's own list and no things: whatever id is given says where to go on. */
const cursors = new Set(['SyncJob.failedRows(after)']);

/** The type's own thing from which a field below a root is asked for. */
const parents: Readonly<Record<string, (ids: InventoryRows['ids']) => string>> = {
  Product: ({ product }) => `product(id: "${product}")`,
  SyncJob: ({ syncJob }) => `syncJob(id: "${syncJob}")`,
};

/** The operation of a place with an id there, and with `rest` wherever else an id is needed. */
function probe(place: IdPlace, id: string, rest: InventoryRows['ids']) {
  const { field, parent, path } = place;
  const givenAt = (at: readonly string[]) => {
    if (at.join() === path.join()) return id;
    const kind = kindOf(field.name, at);
    return sensible[at.at(-1) ?? ''] ?? (kind === undefined ? undefined : rest[kind]);
  };
  const variables = argumentsFor(field, path, givenAt, changing);
  const selection = selectionOf(schema, field.type, 1);
  const kind: Kind = parent === mutationType ? 'mutation' : 'query';
  const query = operationFor(kind, field, variables, selection);
  if (parent === queryType || parent === mutationType) return { query, variables };
  const from = parents[parent.name]?.(rest);
  if (from === undefined) throw new Error(`${place.name} hangs on ${parent.name}: say where one is found`);
  return { query: `${query.replace('{', `{ ${from} {`)} }`, variables };
}

async function answerOf(client: GraphClient, place: IdPlace, id: string, rest: InventoryRows['ids']) {
  const { query, variables } = probe(place, id, rest);
  const { data, errors } = await client.ask(query, variables);
  const codes = errors.map(({ extensions, message }) => `${String(extensions.code)} ${message}`);
  return JSON.stringify({ data, codes }).replaceAll(id, 'the id');
}

const isLive = ({ parent }: IdPlace) => parent === schema.getSubscriptionType();
const places = idPlaces(schema).filter((place) => !isLive(place));

it('every id that can be given to the inventory is known for what it is of', () => {
  expect(idPlaces(schema).filter(({ field, path }) => kindOf(field.name, path) === undefined)).toEqual([]);
  expect(places.length).toBeGreaterThan(45);
});

it('an id of another company says no more than one of nothing, at every place of every query', async () => {
  const told: string[] = [];
  const mute: string[] = [];
  for (const place of places.filter(({ parent }) => parent !== mutationType)) {
    const id = theirs.ids[kindOf(place.field.name, place.path) ?? 'product'];
    const nothing = randomUUID();
    const [said, saidOfNothing] = [
      await answerOf(other, place, id, ours.ids),
      await answerOf(other, place, nothing, ours.ids),
    ];
    const isSame = said === saidOfNothing || cursors.has(place.name);
    if (!isSame || said.includes(theirs.mark)) told.push(`${place.name}: ${said} but ${saidOfNothing}`);
    if (!said.includes('"codes":[]')) told.push(`${place.name} was not asked at all: ${said}`);
    // The same id means something to who may give it: otherwise nothing would be shown.
    const [known, unknown] = [
      await answerOf(own, place, id, theirs.ids),
      await answerOf(own, place, nothing, theirs.ids),
    ];
    if (known === unknown || !known.includes('"codes":[]')) mute.push(`${place.name}: ${known.slice(0, 300)}`);
  }
  expect(told).toEqual([]);
  expect(mute).toEqual([]);
});

it('nor does any mutation, and none of them changes anything', async () => {
  const before = await takeSnapshot(platform.pool, unwatched);
  const told: string[] = [];
  for (const place of places.filter(({ parent }) => parent === mutationType)) {
    const id = theirs.ids[kindOf(place.field.name, place.path) ?? 'product'];
    const said = await answerOf(other, place, id, ours.ids);
    const saidOfNothing = await answerOf(other, place, randomUUID(), ours.ids);
    if (said !== saidOfNothing) told.push(`${place.name}: ${said} but ${saidOfNothing}`);
    if (!/^\{"data":\{"\w+":\{"__typename":"NotFound"/.test(said))
      told.push(`${place.name} did not look for it: ${said}`);
  }
  expect(told).toEqual([]);
  expect(await takeSnapshot(platform.pool, unwatched)).toEqual(before);
  const { rowCount } = await platform.pool.query(
    'SELECT 1 FROM inventory.forecast_runs WHERE requested_by = $1 AND company_id = $2',
    [idOf('quillay'), demoCompanies.ribera.id],
  );
  expect(rowCount).toBe(0);
});

it('what is listed without an id holds no id and no name of another company', async () => {
  const asked: string[] = [];
  for (const field of Object.values(queryType?.getFields() ?? {})) {
    if (
      field.name.startsWith('_') ||
      field.args.some(({ type, defaultValue }) => String(type).endsWith('!') && defaultValue === undefined)
    )
      continue;
    const query = operationFor('query', field, {}, selectionOf(schema, field.type, 2));
    const [{ data, errors }, owns] = [await other.ask(query), await own.ask(query)];
    const text = JSON.stringify(data);
    // One product is asked for by one of two keys.
    if (field.name !== 'product') expect([field.name, errors, owns.errors]).toEqual([field.name, [], []]);
    expect([field.name, text.includes(theirs.mark), await foreignIds(text)]).toEqual([field.name, false, []]);
    asked.push(field.name);
  }
  expect(asked.length).toBeGreaterThan(8);
});

it('a file of another company is as good as none at the door of files', async () => {
  const get = async (id: string) => {
    const { accessToken } = other;
    const answer = await fetch(`${platform.url}/uploads/${id}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return { status: answer.status, text: (await answer.text()).replaceAll(/[\da-f-]{32,36}/g, 'an id') };
  };
  const said = await get(theirs.ids.upload);
  expect(said.status).toBe(404);
  expect(said).toEqual(await get(randomUUID()));
});

const unwatched = ['platform.idempotency_keys'];

/** Ids in a text that are of rows of the first company, by table. */
async function foreignIds(text: string): Promise<string[]> {
  const ids = [...new Set(text.match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g))];
  const { rows: tables } = await platform.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'inventory' AND column_name IN ('id', 'company_id')
     GROUP BY 1 HAVING count(*) = 2 ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await platform.pool.query(
      `SELECT 1 FROM inventory.${name} WHERE company_id = $1 AND id = ANY($2::uuid[])`,
      [demoCompanies.ribera.id, ids],
    );
    if (rowCount !== 0) found.push(name);
  }
  return found;
}
