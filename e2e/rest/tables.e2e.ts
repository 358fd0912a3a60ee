import { get } from 'node:http';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { readReference } from './reference.ts';
import { bearer, type RestClient, restClient } from './rest-client.ts';
import { type AskedTable, askedTables, operationText, rowsOf, tableAddress } from './tables.ts';

const platform = joinPlatform();
let graph: GraphClient;
let manager: RestClient;
let tables: readonly AskedTable[];

beforeAll(async () => {
  graph = await signIn(platform, 'gerente');
  manager = restClient(platform, bearer(graph.accessToken));
  tables = await askedTables(manager);
});

/** Walks the `next` of the Link header to the end. */
async function walk(client: RestClient, path: string): Promise<{ rows: unknown[]; pages: number }> {
  const rows: unknown[] = [];
  let pages = 0;
  for (let address: string | undefined = path; address !== undefined; pages += 1) {
    const { status, headers, body }: Awaited<ReturnType<RestClient>> = await client(address);
    expect(status, address).toBe(200);
    rows.push(...rowsOf(body));
    address = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    expect(body.next === null, address).toBe(address === undefined);
  }
  return { rows, pages };
}

const cell = (row: unknown, column: string): unknown =>
  column.split('.').reduce<unknown>((value, name) => (value === null ? null : Reflect.get(Object(value), name)), row) ??
  null;

async function keyWith(permissions: readonly string[], quota?: object): Promise<RestClient> {
  const { data, errors } = await graph.ask(
    'mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } ... on Failure { message } } }',
    { input: { name: 'Socio', permissions, ...(quota === undefined ? {} : { quota }) } },
  );
  const secret = Reflect.get(Object(data?.createApiKey), 'secret');
  if (typeof secret !== 'string') throw new Error(JSON.stringify({ data, errors }));
  return restClient(platform, { 'x-api-key': secret });
}

describe('every table', () => {
  it('answers what the graph answers to the same operation', async () => {
    for (const { dataset, query, variables } of tables) {
      const rest = await manager(tableAddress(dataset.name, query));
      expect(rest.status, dataset.name).toBe(200);
      const direct = await graph.ask(operationText(dataset.operation), variables);
      expect(direct.errors, dataset.name).toEqual([]);
      const rows = dataset.rows
        .split('.')
        .reduce<unknown>(
          (value, name) =>
            Array.isArray(value)
              ? value.map((one) => Reflect.get(Object(one), name))
              : Reflect.get(Object(value), name),
          direct.data,
        );
      expect(rest.body.data, dataset.name).toEqual(rows);
      expect(rowsOf(rest.body).length, dataset.name).toBeGreaterThan(0);
    }
  });

  it('answers as the reference says, also when it refuses', async () => {
    const reference = await readReference(manager);
    const answer = await manager('/api/data/products?limit=1');
    const lie = { ...answer, body: { ...answer.body, next: 1 } };
    expect(reference.faultOf('GET', '/api/data/products', lie)).toContain('next');
    for (const { dataset, query } of tables) {
      const path = `/api/data/${dataset.name}`;
      const address = tableAddress(dataset.name, query);
      expect(reference.faultOf('GET', path, await manager(address))).toBeNull();
      const wrong = await manager(`${address}${address.includes('?') ? '&' : '?'}no_such=1`);
      expect(wrong.status).toBe(422);
      expect(reference.faultOf('GET', path, wrong)).toBeNull();
      const nobody = restClient(platform, {});
      expect(reference.faultOf('GET', path, await nobody(address))).toBeNull();
    }
  });

  it('is listed with its columns, which are those of its file', async () => {
    const listed = await manager('/api/data');
    expect(rowsOf(listed.body).map(({ name }) => name)).toEqual(tables.map(({ dataset }) => dataset.name));
    for (const { dataset, query } of tables) {
      const columns = rowsOf(listed.body).find(({ name }) => name === dataset.name)?.columns;
      const { text } = await manager(
        tableAddress(dataset.name, { ...query, format: 'csv', bom: 'false', ...few(dataset.name) }),
      );
      const names = Array.isArray(columns) ? columns.map(({ name }: { name: string }) => name) : [];
      expect(text.split('\r\n')[0], dataset.name).toBe(names.join(','));
    }
  });

  it('shows another company nothing of this one, whatever is asked', async () => {
    const outsider = restClient(platform, bearer((await signIn(platform, 'quillay')).accessToken));
    for (const { dataset, query } of tables) {
      const address = tableAddress(dataset.name, query);
      const own = await manager(address);
      const theirs = await outsider(address);
      if (dataset.one !== undefined) expect(theirs.status, dataset.name).toBe(404);
      else if (theirs.status !== 403) {
        expect(theirs.status, dataset.name).toBe(200);
        const ids = new Set<unknown>(
          rowsOf(own.body)
            .map(({ id }) => id)
            .filter((id) => id !== undefined),
        );
        // What a metric means is nobody's secret.
        if (dataset.name === 'metric_definitions') continue;
        expect(
          rowsOf(theirs.body).filter(({ id }) => ids.has(id)),
          dataset.name,
        ).toEqual([]);
        expect(theirs.text, dataset.name).not.toContain('RIBERA');
      }
    }
  });

  it('is there for a key as far as its permissions go', async () => {
    const key = await keyWith(['inventory:read']);
    const mine = await key('/api/data/products?limit=5');
    expect(mine.headers.get('ratelimit')).toMatch(/^"minute";r=\d+, "day";r=\d+$/);
    expect(mine.body).toEqual((await manager('/api/data/products?limit=5')).body);
    const other = await key('/api/data/production_orders');
    expect(other).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await key('/api/data/production_orders?format=csv', { method: 'HEAD' })).toMatchObject({ status: 403 });
    expect(await key('/api/data/production_orders?format=csv')).toMatchObject({ status: 403 });
    expect(await key('/api/data/products', { headers: bearer(graph.accessToken) })).toMatchObject({ status: 401 });
  });

  it('says when its key has spent its units, and how long to wait', async () => {
    const key = await keyWith(['inventory:read'], { unitsPerMinute: 500, unitsPerDay: 5_000 });
    let last = await key('/api/data/products?limit=100');
    for (let asked = 0; asked < 10 && last.status === 200; asked += 1) last = await key('/api/data/products?limit=100');
    expect(last).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('pages', () => {
  it('hold every row once, in the order of one large page, and count them all', async () => {
    const { rows, pages } = await walk(manager, '/api/data/products?limit=40&category=Lubricantes');
    const { rows: small } = await walk(manager, '/api/data/products?limit=17&category=Lubricantes&counted=false');
    expect(pages).toBeGreaterThan(1);
    expect(rows).toEqual(small);
    expect(new Set(rows.map((row) => cell(row, 'id'))).size).toBe(rows.length);
    const first = await manager('/api/data/products?limit=1&category=Lubricantes');
    expect(first.body.total).toBe(rows.length);
    expect((await manager('/api/data/products?limit=1&counted=false')).body.total).toBeNull();
  });

  it('are refused when they are too large, torn, or of a cursor that nobody gave', async () => {
    for (const [query, field] of [
      ['limit=201', 'limit'],
      ['limit=0', 'limit'],
      ['limit=1&limit=2', 'limit'],
      ['sku=1', 'sku'],
    ] as const)
      expect(await manager(`/api/data/products?${query}`), query).toMatchObject({
        status: 422,
        body: { code: 'VALIDATION_FAILED', errors: [{ field }] },
      });
    expect(await manager('/api/data/products?after=garbage')).toMatchObject({ status: 400 });
    expect(await manager('/api/data/stock')).toMatchObject({ status: 422, body: { errors: [{ field: 'site' }] } });
    expect(await manager('/api/data/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await manager('/api/data/products?format=pdf')).toMatchObject({
      status: 406,
      body: { code: 'NOT_ACCEPTABLE' },
    });
  });

  it('are found under the names and spans of the source systems', async () => {
    const metrics = await manager('/api/data/daily_metrics/?metric=orders&date_range=last_7_days');
    expect(rowsOf(metrics.body).length).toBeGreaterThan(3);
    const [one, other] = [await manager('/api/data/produccion_aliar'), await manager('/api/data/production_orders')];
    expect(one.body).toEqual(other.body);
  });
});

describe('a CSV file', () => {
  it('holds what the pages hold, row by row and cell by cell', async () => {
    const path = '/api/data/production_orders';
    const { rows } = await walk(manager, `${path}?limit=200&date_range=last_90_days`);
    const file = await manager(`${path}?date_range=last_90_days`, { headers: { accept: 'text/csv' } });
    expect(file.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="production_orders-[\d-]+\.csv"$/);
    expect(file.text.startsWith('\uFEFF')).toBe(true);
    const records: Record<string, string>[] = parse(file.text, { columns: true, bom: true });
    expect(records).toHaveLength(rows.length);
    expect(rows.length).toBeGreaterThan(200);
    for (const [index, record] of records.entries())
      for (const [column, text] of Object.entries(record)) {
        const value = cell(rows[index], column);
        expect(text).toBe(value === null ? '' : Array.isArray(value) ? value.join('; ') : String(value));
      }
  });

  it('and a workbook hold text that looks like a formula as text', async () => {
    const sku = `REST-F-${Date.now()}`;
    const name = '=HYPERLINK("http://evil.example";"gratis")';
    await manager('/api/inventory', { method: 'POST', body: { codigo: sku, nombre: name } });
    const query = `search=${sku}`;
    const csv = await manager(`/api/data/products?${query}&format=csv&bom=false`);
    const [record] = parse(csv.text, { columns: true }) as Record<string, string>[];
    expect(record).toMatchObject({ sku, name: `'${name}` });
    const workbook = await manager(`/api/data/products?${query}&format=xlsx`);
    // A formula's cell would read as what it was last worked out to be, which is nothing.
    const [header = [], row = []] = await sheetOf(workbook.bytes);
    expect(row[header.indexOf('name')]).toBe(name);
  });

  it('has no pages, and its address answers HEAD without making it', async () => {
    expect(await manager('/api/data/sales?format=csv&limit=5')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'limit' }] },
    });
    const head = await manager('/api/data/sales?format=csv', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers.get('content-disposition')).toContain('.csv');
  });

  it('is not worked on any more when its reader has left', async () => {
    await platform.pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    /** Rows of sales that the database has given so far, to whomever. */
    const given = async () => {
      const { rows } = await platform.pool.query<{ given: string }>(
        `SELECT coalesce(sum(rows), 0) AS given FROM pg_stat_statements
         WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query ILIKE '%erp_ventas%'`,
      );
      return Number(rows[0]?.given);
    };
    const settled = async () => {
      for (let before = await given(); ; ) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const now = await given();
        if (now === before) return now;
        before = now;
      }
    };
    const start = await settled();
    const whole = await manager('/api/data/sales?format=csv&bom=false');
    expect(whole.text.length).toBeGreaterThan(5_000_000);
    const afterWhole = await settled();
    expect(afterWhole - start).toBeGreaterThan(10_000);
    // The sockets between take some megabytes before anybody notices that nobody reads: on a busy machine all of it.
    let least = Number.POSITIVE_INFINITY;
    for (let tries = 0, before = afterWhole; tries < 3 && least >= (afterWhole - start) * 0.8; tries += 1) {
      await leaveAfterFirstBytes(`${platform.url}/api/data/sales?format=csv`);
      const after = await settled();
      least = Math.min(least, after - before);
      before = after;
    }
    expect(least).toBeLessThan((afterWhole - start) * 0.8);
  });

  function leaveAfterFirstBytes(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = get(address, { headers: bearer(graph.accessToken) }, (response) => {
        response.once('data', () => {
          request.destroy();
          resolve();
        });
      });
      request.on('error', reject);
    });
  }
});

describe('a workbook', () => {
  it('reads back as the pages, numbers and dates as such', async () => {
    const site = demoSites.bodegaCentral.id;
    const { rows } = await walk(manager, `/api/data/sales?limit=200&date_range=last_7_days&site=${site}`);
    const file = await manager(`/api/data/sales?format=excel&date_range=last_7_days&site=${site}`);
    expect(file.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const [header = [], ...body] = await sheetOf(file.bytes);
    expect(body).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) {
      const value = (column: string) => body[index]?.[header.indexOf(column)] ?? null;
      expect(value('folio')).toBe(cell(row, 'folio'));
      expect(value('isCancelled')).toBe(cell(row, 'isCancelled'));
      expect(value('total')).toBe(Number(cell(row, 'total')));
      expect(value('soldOn')).toEqual(new Date(`${cell(row, 'soldOn')}T00:00:00Z`));
      expect(value('site.code')).toBe(cell(row, 'site.code'));
    }
  });

  it('is refused clearly when there are more rows than it holds', async () => {
    expect(await manager('/api/data/sales?format=xlsx')).toMatchObject({
      status: 422,
      body: {
        reason: 'TOO_MANY_ROWS',
        detail: expect.stringMatching(/at most 10000 rows.*csv/),
        errors: [{ field: 'format' }],
      },
    });
  });
});

async function sheetOf(bytes: Uint8Array): Promise<readonly (readonly unknown[])[]> {
  const [sheet] = await readWorkbook(Buffer.from(bytes));
  return sheet?.data ?? [];
}

/** What keeps the header of a large table from taking its time. */
function few(name: string): Readonly<Record<string, string>> {
  const spans: Readonly<Record<string, Record<string, string>>> = {
    production_orders: { date_range: 'today' },
    sales: { date_range: 'today' },
    orders: { date_range: 'today' },
    products: { category: 'Lubricantes' },
    slots: { to: new Date(Date.now() + 86_400_000).toISOString() },
  };
  return spans[name] ?? {};
}
