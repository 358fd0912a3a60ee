import { randomBytes } from 'node:crypto';
import type { HttpClient, HttpRequest, HttpResponse } from '@cauce/shared/http/http-client';
import { readJson } from '../regulators/read-registration.ts';
import type { Regulator } from '../regulators/regulator.ts';

/** Where the demo's regulators are: an address that leads nowhere, for nothing of it leaves the process. */
const baseUrl = 'https://regulator.invalid';
const accounts: Readonly<Record<string, object>> = {
  DGA: { rutEmpresa: '11111111-1', rutUsuario: '22222222-2', password: 'demo' },
  SMA: { usuario: 'demo', password: 'demo' },
  IGAM: { apiKey: 'demo' },
};

/**
 * What the demo reports to, in place of the network: it takes what the ledger sends, gives a voucher for it, answers a
 * repeat as the DGA does, and tells what it holds. It forgets all of it when the process ends.
 */
export function createDemoRegulator(): HttpClient {
  const held = new Map<string, { readonly voucher: string; readonly values: Record<string, string> }>();
  return { request: async (request) => answer(held, request), close: async () => {} };
}

/** The regulators with the demo's address and accounts wherever a registration has none of its own. */
export function inDemo(regulators: ReadonlyMap<string, Regulator>): ReadonlyMap<string, Regulator> {
  return new Map(
    [...regulators].map(([code, regulator]) => [
      code,
      {
        ...regulator,
        open: ({ source, credentials, ...raw }) =>
          regulator.open({
            ...raw,
            source: { ...Object(source), baseUrl },
            credentials: { ...accounts[code], ...Object(credentials) },
          }),
      },
    ]),
  );
}

type Held = Map<string, { readonly voucher: string; readonly values: Record<string, string> }>;

function answer(held: Held, { method, url, headers = {}, body }: HttpRequest): HttpResponse {
  const { pathname, searchParams } = new URL(url);
  if (pathname.endsWith('/auth')) return json(200, { token: 'demo' });
  const work = String(headers.codigoObra ?? '');
  if (method === 'GET') {
    const found = [...held.values()].find(({ voucher }) => voucher === searchParams.get('numeroComprobante'));
    if (found === undefined) return json(404, { status: '99', message: 'No existe' });
    const { fechaMedicion = '', ...values } = found.values;
    return json(200, {
      status: '00',
      data: { ...values, fechaMedicion: fechaMedicion.split('-').reverse().join('-') },
    });
  }
  const sent = Object(readJson(String(body ?? '')));
  const values: Record<string, string> = sent.medicionSubterranea ?? sent.medicionSuperficialFlujometro ?? {};
  if (!pathname.includes('/mediciones/'))
    return json(201, { mensaje: 'Registro ingresado', IdVerificacion: voucherNumber() });
  const key = `${work} ${values.fechaMedicion} ${values.horaMedicion}`;
  const known = held.get(key);
  if (known !== undefined) {
    const message = `Ya existe un registro en esa fecha, hora para la obra. Comprobante: ${known.voucher}`;
    return json(400, { status: '400', message });
  }
  const voucher = voucherNumber();
  held.set(key, { voucher, values });
  return json(200, { status: '00', message: 'Registro ingresado', data: { numeroComprobante: voucher } });
}

function voucherNumber(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}

function json(status: number, body: object): HttpResponse {
  return { status, headers: {}, body: JSON.stringify(body) };
}
