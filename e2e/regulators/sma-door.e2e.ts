import { demoCompanies } from '@cauce/prisma/seed/demo-places';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { bearer, type RestClient, restClient } from '../rest/rest-client.ts';

const platform = joinPlatform();
const sma: RestClient = restClient(platform, {});
const base = '/sma/api/v1';
const device = `${base}/dispositivos/DISP-0001/registros`;
let manager: GraphClient;
let token = '';

const localDay = (daysAgo: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Santiago' }).format(Date.now() - daysAgo * 86_400_000);
const days = `fechaInicio=${localDay(3)}&fechaFin=${localDay(2)}`;
const signInSma = (usuario: string, password: string) =>
  sma(`${base}/auth`, { method: 'POST', body: { usuario, password } });

async function makeAccount(): Promise<{ readonly username: string; readonly password: string }> {
  const { data, errors } = await manager.ask(
    `mutation($company: ID!) { makeRegulatorAccount(companyId: $company, sourceCode: "SMA") {
      __typename ... on MadeRegulatorAccount { password account { username } } ... on Failure { reason } } }`,
    { company: demoCompanies.ribera.id },
  );
  expect(errors).toEqual([]);
  const { password, account } = JSON.parse(JSON.stringify(data)).makeRegulatorAccount;
  return { password, username: account.username };
}

beforeAll(async () => {
  manager = await signIn(platform, 'gerente');
  const { username, password } = await makeAccount();
  const answer = await signInSma(username, password);
  expect(answer.status).toBe(200);
  token = String(answer.body.token);
});

describe('the environment authority at our door', () => {
  it('signs in for a day by JWT and reads a device by dates, in the shape of its own API', async () => {
    const [, payload = ''] = token.split('.');
    const { exp, iat } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(exp - iat).toBe(24 * 3_600);
    const { status, headers, text } = await sma(`${device}?${days}`, { headers: bearer(token) });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const rows: { dispositivoId: string; parametros: Record<string, string>[] }[] = JSON.parse(text);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows[0]?.dispositivoId).toBe('DISP-0001');
    expect(rows[0]?.parametros).toMatchObject([
      { nombre: 'Q', unidad: 'l/s', valor: expect.stringMatching(/^\d+\.\d+$/) },
      { nombre: 'VA', unidad: 'm3', estampaTiempo: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:00:00$/) },
    ]);
  });

  it('reads page by page by the link, and comes to the same rows', async () => {
    const all: unknown[] = JSON.parse((await sma(`${device}?${days}`, { headers: bearer(token) })).text);
    const rows: unknown[] = [];
    let next: string | undefined = `${device}?${days}&limite=20`;
    while (next !== undefined) {
      const page = await sma(next, { headers: bearer(token) });
      rows.push(...JSON.parse(page.text));
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(rows).toEqual(all);
  });

  it('is refused in its own words: no token, a person’s token, an unknown device, wrong dates, a wrong body', async () => {
    const of = async (path: string, headers = {}) => {
      const { status, body } = await sma(path, { headers });
      return [status, typeof body.mensaje];
    };
    expect(await of(`${device}?${days}`)).toEqual([401, 'string']);
    expect(await of(`${device}?${days}`, bearer(manager.accessToken))).toEqual([401, 'string']);
    expect(await of(`${base}/dispositivos/DISP-9999/registros?${days}`, bearer(token))).toEqual([404, 'string']);
    expect(await of(`${device}?fechaInicio=ayer&fechaFin=hoy`, bearer(token))).toEqual([400, 'string']);
    expect(await of(device, bearer(token))).toEqual([400, 'string']);
    expect((await sma(`${base}/auth`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await signInSma('nadie', 'x')).body).toEqual({ mensaje: 'Credenciales inválidas' });
  });

  it('gets no further with its token than its own door', async () => {
    expect((await sma('/api/data/sites', { headers: bearer(token) })).status).toBe(401);
    const { errors } = await clientOf(token);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is held up after too many wrong passwords, and shut out when the account is made anew', async () => {
    const { username, password } = await makeAccount();
    expect((await sma(`${device}?${days}`, { headers: bearer(token) })).status).toBe(401);
    for (let wrong = 0; wrong < 10; wrong += 1) expect((await signInSma(username, `no-${wrong}`)).status).toBe(401);
    const shut = await signInSma(username, password);
    expect([shut.status, typeof shut.body.mensaje]).toEqual([429, 'string']);
    expect(Number(shut.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

async function clientOf(accessToken: string): Promise<{ errors?: { extensions: { code: string } }[] }> {
  const response = await fetch(`${platform.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(accessToken) },
    body: JSON.stringify({ query: '{ sites { totalCount } }' }),
  });
  return JSON.parse(await response.text());
}
