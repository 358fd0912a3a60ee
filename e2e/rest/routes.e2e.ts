import { randomUUID } from 'node:crypto';
import { demoPassword } from '@cauce/prisma/seed/demo-people';
import { demoCompanies, demoSites } from '@cauce/prisma/seed/demo-places';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { readReference } from './reference.ts';
import { bearer, type RestAnswer, type RestClient, restClient } from './rest-client.ts';

const platform = joinPlatform();
let graph: GraphClient;
let manager: RestClient;
let nobody: RestClient;

beforeAll(async () => {
  graph = await signIn(platform, 'gerente');
  manager = restClient(platform, bearer(graph.accessToken));
  nobody = restClient(platform, {});
});

const post = (body: unknown, headers = {}) => ({ method: 'POST', body, headers });

function expectProblem(answer: RestAnswer, status: number, code: string): void {
  expect({ status: answer.status, ...answer.body }).toMatchObject({
    status,
    type: `urn:cauce:problem:${code}`,
    code,
    requestId: answer.headers.get('x-request-id'),
  });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
}

const fieldsOf = ({ body }: RestAnswer) =>
  Array.isArray(body.errors) ? body.errors.map(({ field }: { field: string }) => field) : [];

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly isPublic: boolean;
  readonly isPlanned: boolean;
}

async function listed(): Promise<readonly Listed[]> {
  const { body } = await nobody('/api/openapi.json');
  const paths = body.paths as Record<string, Record<string, { security?: unknown[]; 'x-not-offered'?: boolean }>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path: path.replaceAll(/\{\w+\}/g, 'some-id'),
      method: method.toUpperCase(),
      isPublic: operation.security?.length === 0,
      isPlanned: operation['x-not-offered'] === true,
    })),
  );
}

describe('the reference', () => {
  it('is served to everybody, with the version that health tells', async () => {
    const { status, headers, body } = await nobody('/api/openapi.json');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    const health = await nobody('/api/health');
    expect(body).toMatchObject({ openapi: '3.1.0', info: { version: health.body.version } });
  });

  it('lists no address that is not there, and every one that needs a credential refuses none and a bad one', async () => {
    const routes = await listed();
    expect(routes.length).toBeGreaterThan(50);
    for (const { path, method, isPublic, isPlanned } of routes) {
      const request = method === 'POST' || method === 'PUT' ? { method, body: {} } : { method };
      const none = await nobody(path, request);
      if (isPlanned) expectProblem(none, 501, 'NOT_OFFERED');
      else if (!isPublic) {
        expectProblem(none, 401, 'UNAUTHENTICATED');
        expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expectProblem(await nobody(path, { ...request, headers: bearer('garbage') }), 401, 'UNAUTHENTICATED');
        expectProblem(
          await nobody(path, { ...request, headers: { 'x-api-key': 'cauce_x_y' } }),
          401,
          'UNAUTHENTICATED',
        );
      } else expect([200, 422], `${method} ${path}`).toContain(none.status);
    }
  });

  it('describes what is answered', async () => {
    const reference = await readReference(manager);
    const [product] = (await manager('/api/inventory?limit=1')).body.data as { id: string }[];
    for (const [path, address] of [
      ['/api/health', '/api/health'],
      ['/api/v1/health/detailed', '/api/v1/health/detailed'],
      ['/api/metrics', '/api/metrics'],
      ['/api/data', '/api/data'],
      ['/api/auth/me', '/api/auth/me'],
      ['/api/inventory', '/api/inventory?limit=100'],
      ['/api/inventory/{id}', `/api/inventory/${product?.id}`],
      ['/api/inventory/{id}', '/api/inventory/nope'],
      ['/api/sync/status', '/api/sync/status'],
      ['/api/ai/query/examples', '/api/ai/query/examples'],
      ['/api/v1/citas/disponibles', '/api/v1/citas/disponibles?page_size=100'],
      ['/api/v1/citas/proximas', '/api/v1/citas/proximas?dias=14'],
      ['/api/v1/estadisticas/tiempo-real', '/api/v1/estadisticas/tiempo-real'],
      ['/api/v1/slots/{id}', '/api/v1/slots/some-id'],
    ] as const)
      expect(reference.faultOf('GET', path, await manager(address))).toBeNull();
  });

  it('says what is not offered yet in the language that is asked for', async () => {
    const spanish = await nobody('/api/ai/query', post({ query: 'Productos con stock bajo' }));
    const english = await nobody('/api/ai/query', post({}, { 'accept-language': 'en-GB, es;q=0.5' }));
    expect(spanish.headers.get('content-language')).toBe('es');
    expect(spanish.body.detail).toMatch(/todavía no/);
    expect(english.body.detail).toMatch(/not .*yet/);
  });
});

describe('health and figures', () => {
  it('tell clinics’ figures only to whom they may be told', async () => {
    const open = await nobody('/api/v1/health/detailed/');
    expect(open.body).toMatchObject({
      status: 'healthy',
      services: { database: { status: 'up', latency_ms: expect.any(Number) } },
      metrics: { total_conversaciones_activas: null, total_citas_hoy: null, uptime_seconds: expect.any(Number) },
    });
    const { body } = await manager('/api/v1/health/detailed');
    expect(body).toMatchObject({
      metrics: { total_conversaciones_activas: expect.any(Number), total_citas_hoy: expect.any(Number) },
    });
  });

  it('count what was answered', async () => {
    const before = await nobody('/api/metrics');
    await nobody('/api/health');
    const { body } = await nobody('/api/metrics');
    expect(Number(body.total_requests)).toBeGreaterThanOrEqual(Number(before.body.total_requests) + 2);
    for (const name of ['cpu_usage', 'memory_usage', 'disk_usage', 'error_rate'])
      expect(body[name], name).toSatisfy((value) => Number(value) >= 0 && Number(value) <= 100);
  });
});

describe('sessions', () => {
  it('open, tell who it is, are renewed and end', async () => {
    const login = await nobody('/api/auth/login', post({ email: 'bodega@cauce.example', password: demoPassword }));
    expect(login).toMatchObject({ status: 200, body: { user: { email: 'bodega@cauce.example', role: 'MANAGER' } } });
    expect(login.body.expiresIn).toSatisfy((seconds) => Number(seconds) > 60 && Number(seconds) <= 3_600);
    const me = await nobody('/api/auth/me', { headers: bearer(String(login.body.token)) });
    expect(me.body).toMatchObject({
      user: { email: 'bodega@cauce.example', sites: [{ id: demoSites.bodegaCentral.id }] },
    });
    const renewed = await nobody('/api/auth/refresh', post({ refreshToken: login.body.refreshToken }));
    expect(renewed.status).toBe(200);
    const ended = await nobody('/api/auth/logout', post({ refreshToken: renewed.body.refreshToken }));
    expect(ended).toMatchObject({ status: 204, text: '' });
    expectProblem(
      await nobody('/api/auth/refresh', post({ refreshToken: renewed.body.refreshToken })),
      401,
      'UNAUTHENTICATED',
    );
  });

  it('are refused 400 for a wrong password, and 429 with a time to wait after too many', async () => {
    const wrong = post({ email: 'planta@cauce.example', password: 'wrong' });
    const first = await nobody('/api/auth/login', wrong);
    expectProblem(first, 400, 'UNAUTHENTICATED');
    let last = first;
    for (let tries = 0; tries < 40 && last.status === 400; tries += 1) last = await nobody('/api/auth/login', wrong);
    expectProblem(last, 429, 'RATE_LIMITED');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('of new people are for administrators to give', async () => {
    const body = { email: 'nueva@socio.example', password: 'una-frase-larga-y-propia-7', name: 'Nueva Persona' };
    expectProblem(await manager('/api/auth/register', post(body)), 403, 'FORBIDDEN');
    const admin = restClient(platform, bearer((await signIn(platform, 'admin')).accessToken));
    const made = await admin('/api/auth/register', post({ ...body, companyIds: [demoCompanies.ribera.id] }));
    expect(made).toMatchObject({ status: 201, body: { user: { email: body.email, role: 'VIEWER' } } });
    expect((await admin('/api/auth/register', post(body))).status).toBe(400);
    expect((await nobody('/api/auth/login', post({ email: body.email, password: body.password }))).status).toBe(200);
  });
});

describe('inventory', () => {
  it('is listed in numbered pages that hold together, in the words of the ERP', async () => {
    const page = async (number: number) => manager(`/api/inventory?page=${number}&limit=30&stockBajo=true`);
    const [one, two] = [await page(1), await page(2)];
    const both = await manager('/api/inventory?limit=60&stockBajo=true');
    const data = [...(one.body.data as unknown[]), ...(two.body.data as unknown[])];
    expect(data).toEqual(both.body.data);
    const total = (await graph.ask('{ products(filter: { belowMinimum: true }) { totalCount } }')).data;
    expect(one.body).toMatchObject({
      pagination: { page: 1, limit: 30, total: Object(total?.products).totalCount },
    });
    expect(data[0]).toMatchObject({ codigo: expect.any(String), nombre: expect.any(String), stockBajo: true });
    const { totalPages } = Object(one.body.pagination);
    expect((await page(totalPages + 5)).body).toMatchObject({ data: [], pagination: { totalPages } });
    expect(fieldsOf(await manager('/api/inventory?page=500&limit=100'))).toEqual(['page']);
  });

  it('lets a product be added, changed, refused twice, and removed', async () => {
    const codigo = `REST-${Date.now()}`;
    const made = await manager('/api/inventory', post({ codigo, nombre: 'Rodamiento', precio: 12480.6, activo: true }));
    expect(made).toMatchObject({ status: 201, body: { producto: { codigo, precio: '12480.6' } } });
    const { id, updatedAt } = Object(made.body.producto);
    const path = `/api/inventory/${id}`;
    expectProblem(await manager('/api/inventory', post({ codigo, nombre: 'Otro' })), 409, 'CONFLICT');
    const changed = await manager(path, { method: 'PUT', body: { nombre: 'Rodamiento 6204' } });
    expect(changed.body).toMatchObject({ producto: { codigo, nombre: 'Rodamiento 6204', precio: '12480.6' } });
    const stale = { nombre: 'Tarde', expectedUpdatedAt: updatedAt };
    expectProblem(await manager(path, { method: 'PUT', body: stale }), 409, 'CONFLICT');
    const direct = await graph.ask('query($id: ID!) { product(id: $id) { sku name } }', { id });
    expect(direct.data?.product).toEqual({ sku: codigo, name: 'Rodamiento 6204' });
    const read = await manager(path);
    expect(read.body).toMatchObject({ producto: { codigo }, inventario: [] });
    expect(read.body.producto).not.toHaveProperty('inventario');
    expect(await manager(path, { method: 'DELETE' })).toMatchObject({ status: 204, text: '' });
    for (const method of ['GET', 'DELETE']) expectProblem(await manager(path, { method }), 404, 'NOT_FOUND');
  });

  it('names the field that is wrong, also when the graph is who finds it so', async () => {
    const refused = await manager('/api/inventory', post({ codigo: '', precio: 'x', color: 'rojo' }));
    expectProblem(refused, 422, 'VALIDATION_FAILED');
    expect(fieldsOf(refused).sort()).toEqual(['codigo', 'color', 'nombre', 'precio']);
    const inGraph = await manager('/api/inventory', post({ codigo: 'REST-NEG', nombre: 'Negativo', precio: '-1' }));
    expectProblem(inGraph, 422, 'VALIDATION_FAILED');
    expect(fieldsOf(inGraph)).toEqual(['precio']);
    expect(fieldsOf(await manager('/api/inventory?limit=1000&nombre=x')).sort()).toEqual(['limit', 'nombre']);
  });

  it('cannot be changed with the right to read it', async () => {
    const viewer = restClient(platform, bearer((await signIn(platform, 'cfo')).accessToken));
    expectProblem(await viewer('/api/inventory', post({ codigo: 'REST-NO', nombre: 'No' })), 403, 'FORBIDDEN');
  });

  it('of another company is as if it were not there', async () => {
    const outsider = restClient(platform, bearer((await signIn(platform, 'quillay')).accessToken));
    const [product] = (await manager('/api/inventory?limit=1')).body.data as { id: string; nombre: string }[];
    const path = `/api/inventory/${product?.id}`;
    expectProblem(await outsider(path), 404, 'NOT_FOUND');
    expectProblem(await outsider(path, { method: 'PUT', body: { nombre: 'Mío' } }), 404, 'NOT_FOUND');
    expectProblem(await outsider(path, { method: 'DELETE' }), 404, 'NOT_FOUND');
    expect((await manager(path)).body).toMatchObject({ producto: { nombre: product?.nombre } });
  });
});

describe('the ERP’s copy and the assistant', () => {
  it('tell the state of each table by its Spanish name', async () => {
    const { body } = await manager('/api/sync/status');
    expect(body).toMatchObject({
      jobs: expect.arrayContaining([expect.objectContaining({ jobType: 'SALES' })]),
      schedule: { productos: expect.stringMatching(/\*/), inventario: expect.any(String), ventas: expect.any(String) },
      lastSync: { productos: expect.stringMatching(/^\d{4}-/) },
    });
    expect(body.jobs).toHaveLength(10);
  });

  it('offer examples of questions', async () => {
    const { body } = await manager('/api/ai/query/examples?locale=es');
    expect(body.examples).toSatisfy(
      (list) => Array.isArray(list) && list.length > 3 && list.every((one) => typeof one === 'string'),
    );
  });
});

describe('clinics', () => {
  it('hold, book and cancel, and refuse who comes second', async () => {
    const free = await manager('/api/v1/citas/disponibles/?page=1&page_size=2');
    expect(free.body).toMatchObject({ success: true, page: 1, page_size: 2, has_more: true });
    const [slot] = free.body.citas as { id: string }[];
    const document = await patientDocument();
    const patient = await manager('/api/v1/pacientes/validar/', post({ documento: document }));
    expect(patient).toMatchObject({ status: 200, body: { success: true } });
    const hold = await manager(`/api/v1/slots/${slot?.id}/lock/`, post({ session_id: '573001234567' }));
    expect(hold).toMatchObject({ status: 200, body: { success: true, slot_id: slot?.id } });
    const other = restClient(platform, bearer((await signIn(platform, 'recepcion')).accessToken));
    const second = await other(`/api/v1/slots/${slot?.id}/lock`, post({}));
    expect([404, 409]).toContain(second.status);
    const paciente = Object(patient.body.paciente).id;
    const booked = await manager(
      '/api/v1/citas/',
      post({ slot: slot?.id, paciente, lock_token: hold.body.lock_token, motivo_consulta: 'Control', telefono: 'x' }),
    );
    expect(booked).toMatchObject({ status: 201, body: { paciente: { id: paciente }, motivo_consulta: 'Control' } });
    const standing = await manager(`/api/v1/citas/paciente/${paciente}/activas/`);
    expect(standing.body.citas).toEqual(expect.arrayContaining([expect.objectContaining({ id: booked.body.id })]));
    const cancelled = await manager(`/api/v1/citas/${booked.body.id}/cancelar/`, post({ motivo: 'Viaje' }));
    expect(cancelled.body).toMatchObject({ success: true, cita: { estado: 'CANCELLED' } });
    expectProblem(await manager(`/api/v1/citas/${randomUUID()}/cancelar`, post({})), 404, 'NOT_FOUND');
    expectProblem(await manager('/api/v1/pacientes/validar', post({ documento: '0000000-0' })), 404, 'NOT_FOUND');
  });

  it('tell the coming days on the clocks of the clinic, and the numbers of today', async () => {
    const { body } = await manager('/api/v1/citas/proximas/?dias=7');
    const [first] = body.citas_proximas as { fecha: string; hora: string; dias_faltantes: number }[];
    expect(first).toMatchObject({
      fecha: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      hora: expect.stringMatching(/^\d\d:\d\d$/),
    });
    expect((await manager('/api/v1/estadisticas/tiempo-real/')).body).toMatchObject({
      conversaciones_activas_ahora: expect.any(Number),
      slots_disponibles_hoy: expect.any(Number),
    });
  });

  async function patientDocument(): Promise<string> {
    const { data } = await graph.ask(
      '{ appointments(first: 100, filter: { statuses: [FULFILLED] }) { edges { node { patient { documentNumber } } } } }',
    );
    const edges = Object(data?.appointments).edges as { node: { patient: { documentNumber: string | null } | null } }[];
    const found = edges.find(({ node }) => node.patient?.documentNumber)?.node.patient?.documentNumber;
    if (!found) throw new Error('The demo has no patient with a document');
    return found;
  }
});

describe('manners over HTTP', () => {
  it('keep the caller’s request id, and make one where there is none', async () => {
    const named = await manager('/api/auth/me', { headers: { 'x-request-id': 'partner-0001' } });
    expect(named.headers.get('x-request-id')).toBe('partner-0001');
    const problem = await nobody('/api/nothing', { headers: { 'x-request-id': 'partner-0002' } });
    expectProblem(problem, 404, 'NOT_FOUND');
    expect(problem.body.requestId).toBe('partner-0002');
    expect((await nobody('/api/health')).headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });

  it('name the methods of an address for one that it does not have, and for OPTIONS', async () => {
    const wrong = await manager('/api/inventory', { method: 'PATCH' });
    expectProblem(wrong, 405, 'METHOD_NOT_ALLOWED');
    expect(wrong.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    const options = await nobody('/api/inventory/some-id', { method: 'OPTIONS' });
    expect(options).toMatchObject({ status: 204, text: '' });
    expect(options.headers.get('allow')).toBe('GET, PUT, DELETE, HEAD, OPTIONS');
  });

  it('let the web app’s origin in, and no other', async () => {
    const preflight = (origin: string) =>
      nobody('/api/inventory/some-id', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' },
      });
    const own = await preflight(platform.webOrigin);
    expect(own.headers.get('access-control-allow-origin')).toBe(platform.webOrigin);
    expect(own.headers.get('access-control-allow-methods')).toContain('PUT');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('refuse a body of another kind, one that is torn, and one that is too large', async () => {
    const send = (body: string, type: string) =>
      manager('/api/inventory', { method: 'POST', body, headers: { 'content-type': type } });
    expectProblem(await send('codigo=1', 'application/x-www-form-urlencoded'), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await send('{}', 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await send('{"codigo"', 'application/json'), 400, 'BAD_REQUEST');
    expectProblem(await send(`{"nombre":"${'x'.repeat(600_000)}"}`, 'application/json'), 413, 'PAYLOAD_TOO_LARGE');
    expectProblem(await send('[1]', 'application/json'), 422, 'VALIDATION_FAILED');
  });

  it('answer 304 to whoever holds what would be sent', async () => {
    const path = '/api/data/companies';
    const first = await manager(path);
    const tag = String(first.headers.get('etag'));
    const again = await manager(path, { headers: { 'if-none-match': `"other", W/${tag}` } });
    expect(again).toMatchObject({ status: 304, text: '' });
    expect(again.headers.get('etag')).toBe(tag);
    expect((await manager(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    const head = await manager(path, { method: 'HEAD' });
    expect(head.headers.get('etag')).toBe(tag);
    expect(head.text).toBe('');
  });
});
