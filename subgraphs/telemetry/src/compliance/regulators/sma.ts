import { createHash } from 'node:crypto';
import { z } from 'zod';
import { variableKinds } from '../../variables/variable-kinds.ts';
import { offsetMs } from '../../zone-time.ts';
import { readJson, readRegistration } from './read-registration.ts';
import type { Answer, RawRegistration, Regulator, RegulatorClient, RegulatorResponse } from './regulator.ts';

/** Chile's environment authority, "Conexión en línea". It has no duplicate answer: a person settles what is unsure. */
export const sma: Regulator = {
  code: 'SMA',
  afterLostAnswer: 'REVIEW',
  afterRejection: 'REVIEW',
  canVerify: false,
  paceMs: 1_000,
  open: (raw) => openRegistration(raw),
};

const parameter = z.object({ nombre: z.string().min(1), unidad: z.string().min(1), variable: z.enum(variableKinds) });
const id = z.string().regex(/^[\w.-]+$/);
const schemas = {
  source: z.object({ baseUrl: z.url({ protocol: /^https?$/ }), timeZone: z.string().default('America/Santiago') }),
  identifiers: z.object({ ufId: id, procesoId: id, dispositivoId: z.string().min(1) }),
  /** The whole registered set: a call with more or with fewer of them is refused. */
  config: z.object({ parametros: z.array(parameter).min(1) }),
  credentials: z.object({ usuario: z.string().min(1), password: z.string().min(1) }),
};

function openRegistration(raw: RawRegistration): RegulatorClient {
  const { ufId, procesoId, dispositivoId } = readRegistration('identifiers', schemas.identifiers, raw.identifiers);
  const { parametros } = readRegistration('config', schemas.config, raw.config);
  const sourceOf = () => readRegistration('source', schemas.source, raw.source);
  const accountOf = () => readRegistration('credentials', schemas.credentials, raw.credentials);
  const at = (path: string) => `${sourceOf().baseUrl.replace(/\/+$/, '')}/api/v1${path}`;
  const headers = { 'content-type': 'application/json' };
  return {
    prepare: ({ values }) => {
      const missing = parametros.filter(({ variable }) => !values.has(variable));
      if (missing.length > 0) {
        return { isReady: false, reason: `Not measured: ${missing.map(({ nombre }) => nombre).join(', ')}` };
      }
      const entries = parametros.map(({ nombre, variable }) => [nombre, plain(values.get(variable) ?? 0)] as const);
      return { isReady: true, values: Object.fromEntries(entries) };
    },
    request: ({ slotAt, values }) => {
      accountOf();
      const url = at(`/ufs/${ufId}/procesos/${procesoId}/registros`);
      const estampaTiempo = localTime(slotAt, sourceOf().timeZone);
      const body = [
        {
          dispositivoId,
          parametros: parametros.map(({ nombre, unidad }) => ({
            ...{ nombre, unidad, estampaTiempo },
            valor: values[nombre] ?? '',
          })),
        },
      ];
      const redacted = { url, body };
      return { method: 'POST', url, headers, body: JSON.stringify(body), timeoutMs: 15_000, redacted };
    },
    signIn: {
      get key() {
        // With the password: who has another one must not ride on this session.
        const account = createHash('sha256').update(JSON.stringify(accountOf())).digest('base64url');
        return `${at('/auth')} ${account}`;
      },
      // Good for a day and not renewed; a new one is asked for well before.
      lifetimeMs: 23 * 3_600_000,
      request: () => {
        const url = at('/auth');
        const body = JSON.stringify(accountOf());
        return { method: 'POST', url, headers, body, timeoutMs: 10_000, redacted: { url } };
      },
      read: ({ status, body }) => {
        const token = z.object({ token: z.string().min(1) }).safeParse(readJson(body));
        return status < 300 && token.success ? { authorization: `Bearer ${token.data.token}` } : null;
      },
    },
    classify,
    verification: () => null,
    readVerification: () => 'UNCLEAR',
  };
}

const answerSchema = z.object({ mensaje: z.string().nullish(), IdVerificacion: z.coerce.string().min(1).nullish() });

function classify({ status, body }: RegulatorResponse): Answer {
  const read = answerSchema.safeParse(readJson(body));
  const voucher = read.success ? (read.data.IdVerificacion ?? null) : null;
  const error = (read.success ? read.data.mensaje : null) ?? `Answered ${status}`;
  if (status === 200 || status === 201) {
    if (voucher !== null) return { outcome: 'ACCEPTED', voucher, error: null };
    if (read.success) return { outcome: 'ACCEPTED_WITHOUT_VOUCHER', voucher: null, error };
    return { outcome: 'LOST_ANSWER', voucher: null, error };
  }
  const isRefusal = status >= 300 && status < 500 && status !== 408;
  // A session that is over, or too many calls: refused before anything was looked at.
  if (status === 401 || status === 429) return { outcome: 'NOT_SENT', voucher: null, error };
  return { outcome: isRefusal ? 'REJECTED' : 'LOST_ANSWER', voucher: null, error };
}

function localTime(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetMs(at.getTime(), timeZone)).toISOString().slice(0, 19);
}

function plain(value: number): string {
  return String(Number(value.toFixed(3)));
}
