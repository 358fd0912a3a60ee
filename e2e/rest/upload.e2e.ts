import { readFile } from 'node:fs/promises';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { eventually } from '@cauce/shared/test/eventually';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { readReference } from './reference.ts';
import { restClient } from './rest-client.ts';

/** As LibreOffice wrote it: two products of a branch that nobody here knows. */
const spreadsheet = new URL(
  '../../subgraphs/inventory/src/imports/test-support/libreoffice/stock.xlsx',
  import.meta.url,
);
const site = demoSites.plantaNorte;

const platform = joinPlatform();
let manager: GraphClient;

beforeAll(async () => {
  manager = await signIn(platform, 'gerente');
});

async function send(bytes: Uint8Array, filename: string, query = '', authorization = `Bearer ${manager.accessToken}`) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), filename);
  const response = await fetch(`${platform.url}/api/inventory/upload${query}`, {
    ...{ method: 'POST', headers: { authorization }, body: form },
  });
  const text = await response.text();
  const body: Record<string, unknown> = JSON.parse(text);
  return { status: response.status, headers: response.headers, text, body };
}
const stored = async () =>
  (
    await platform.pool.query(`SELECT (SELECT count(*) FROM inventory.erp_productos) AS products,
      (SELECT count(*) FROM inventory.erp_inventario) AS levels, (SELECT count(*) FROM inventory.stock_movements) AS moves`)
  ).rows;

async function undo({ importId, uploadId }: Record<string, unknown>): Promise<void> {
  const { data } = await manager.ask('mutation ($id: ID!) { undoSpreadsheet(importId: $id) { __typename } }', {
    id: importId,
  });
  expect(data).toEqual({ undoSpreadsheet: { __typename: 'SpreadsheetImport' } });
  await eventually(
    async () => {
      const state = await manager.ask('query ($id: ID!) { upload(id: $id) { status } }', { id: uploadId });
      return JSON.stringify(state.data) === '{"upload":{"status":"UNDONE"}}';
    },
    { timeoutMs: 20_000, what: 'it is undone' },
  );
}

describe('a spreadsheet that another system sends', () => {
  it('is refused by cell when a row of it is, and leaves nothing', async () => {
    const before = await stored();
    const { status, body } = await send(await readFile(spreadsheet), 'stock.xlsx');
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(body.errors).toContainEqual({
      ...{ field: 'Existencias!5', code: 'UNKNOWN_WAREHOUSE', message: expect.stringContaining('«CENTRO»') },
    });
    expect(await stored()).toEqual(before);
  });

  it('is written as one, changes nothing the second time, and is as the reference says', async () => {
    const before = await stored();
    const bytes = await readFile(spreadsheet);
    const partner = restClient(platform, { authorization: `Bearer ${manager.accessToken}` });
    const reference = await readReference(partner);
    const query = `?siteId=${site.id}`;
    const first = await send(bytes, 'stock.xlsx', query);
    expect(first.body).toMatchObject({
      ...{ success: true, filename: 'stock.xlsx', fileType: 'inventory', store: 'CENTRO' },
      ...{ recordsProcessed: 2, recordsCreated: 2, recordsUpdated: 0, recordsRefused: 0 },
    });
    expect(first.status).toBe(200);
    expect(
      reference.faultOf('POST', '/api/inventory/upload', { ...first, bytes: new TextEncoder().encode(first.text) }),
    ).toBeNull();
    expect((await send(bytes, 'stock.xlsx', query)).body).toMatchObject({
      ...{ success: true, recordsCreated: 0, recordsUpdated: 0 },
    });
    await undo(first.body);
    expect(await stored()).toEqual(before);
  });

  it('is no spreadsheet, broken, too large, or of nobody: each with its status, and nothing is written', async () => {
    const before = await stored();
    expect(await send(new Uint8Array([1]), 'stock.csv')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    const broken = await send(new TextEncoder().encode('PK\u0003\u0004 torn'), 'stock.xlsx');
    expect(broken).toMatchObject({ status: 422, body: { errors: [{ field: 'file', code: 'BROKEN_FILE' }] } });
    expect(await send(new Uint8Array(10 * 1024 * 1024 + 1), 'stock.xlsx')).toMatchObject({
      ...{ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } },
    });
    const bytes = await readFile(spreadsheet);
    expect(await send(bytes, 'stock.xlsx', '', 'Bearer garbage')).toMatchObject({ status: 401 });
    const reader = await signIn(platform, 'pozos');
    expect(await send(bytes, 'stock.xlsx', '', `Bearer ${reader.accessToken}`)).toMatchObject({
      ...{ status: 403, body: { code: 'FORBIDDEN' } },
    });
    const other = demoSites.plantaQuillay;
    expect(await send(bytes, 'stock.xlsx', `?companyId=${other.companyId}`)).toMatchObject({ status: 404 });
    expect(await send(bytes, 'stock.xlsx', `?siteId=${other.id}`)).toMatchObject({ status: 404 });
    expect(await send(bytes, 'stock.xlsx', '?skipRefused=perhaps')).toMatchObject({ status: 422 });
    const json = await fetch(`${platform.url}/api/inventory/upload`, {
      ...{ method: 'POST', body: '{}' },
      headers: { authorization: `Bearer ${manager.accessToken}`, 'content-type': 'application/json' },
    });
    expect(json.status).toBe(415);
    expect(await stored()).toEqual(before);
  });
});

describe('the original', () => {
  it('comes back as it was sent, to who may have it and to nobody else', async () => {
    const bytes = await readFile(spreadsheet);
    const { body } = await send(bytes, 'existencias año.xlsx', `?siteId=${site.id}`);
    const get = (client: GraphClient, id: unknown = body.uploadId) =>
      fetch(`${platform.url}/uploads/${id}`, { headers: { authorization: `Bearer ${client.accessToken}` } });
    const own = await get(manager);
    expect(own.status).toBe(200);
    expect(Buffer.from(await own.arrayBuffer())).toEqual(bytes);
    expect(own.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''existencias%20a%C3%B1o.xlsx");
    expect(own.headers.get('x-content-type-options')).toBe('nosniff');
    const outsider = await signIn(platform, 'quillay');
    expect((await get(outsider)).status).toBe(404);
    expect((await get(manager, '../../etc/passwd')).status).toBe(404);
    expect((await fetch(`${platform.url}/uploads/${body.uploadId}`)).status).toBe(401);
    await undo(body);
  });
});
