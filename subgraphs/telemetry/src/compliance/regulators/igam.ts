import { z } from 'zod';
import { readJson, readRegistration } from './read-registration.ts';
import type { Answer, RawRegistration, Regulator, RegulatorClient, RegulatorResponse } from './regulator.ts';

/** Water authority of Minas Gerais, telemetry of demand. Its answers are not documented: what is unsure is reviewed. */
export const igam: Regulator = {
  code: 'IGAM',
  afterLostAnswer: 'REVIEW',
  afterRejection: 'REVIEW',
  canVerify: false,
  paceMs: 1_000,
  open: (raw) => openRegistration(raw),
};

const schemas = {
  source: z.object({ baseUrl: z.url({ protocol: /^https?$/ }) }),
  identifiers: z.object({ rotulo: z.string().min(1) }),
  /** Seconds that one reading stands for. */
  config: z.object({ duracao: z.number().int().positive().default(3_600) }),
  credentials: z.object({ apiKey: z.string().min(1) }),
};

function openRegistration(raw: RawRegistration): RegulatorClient {
  const { rotulo } = readRegistration('identifiers', schemas.identifiers, raw.identifiers);
  const { duracao } = readRegistration('config', schemas.config, raw.config);
  return {
    signIn: null,
    prepare: ({ values }) => {
      const [flow, total] = [values.get('FLOW'), values.get('TOTAL')];
      if (flow === undefined || total === undefined)
        return { isReady: false, reason: 'No flow or volume was measured' };
      return { isReady: true, values: { vazao: flow.toFixed(3), volume: total.toFixed(3), duracao: String(duracao) } };
    },
    request: ({ slotAt, values }) => {
      const { baseUrl } = readRegistration('source', schemas.source, raw.source);
      const { apiKey } = readRegistration('credentials', schemas.credentials, raw.credentials);
      const url = `${baseUrl.replace(/\/+$/, '')}/mira/api/v1/telemetria/demanda-hidrica`;
      const horario = `${slotAt.toISOString().slice(0, 19)}Z`;
      const numbers = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
      const body = [{ rotulo, leituras: [{ horario, ...numbers }] }];
      return {
        ...{ method: 'POST', url, timeoutMs: 15_000 },
        headers: { 'content-type': 'application/json', 'API-Key': apiKey },
        body: JSON.stringify(body),
        redacted: { url, body },
      };
    },
    classify,
    verification: () => null,
    readVerification: () => 'UNCLEAR',
  };
}

function classify({ status, body }: RegulatorResponse): Answer {
  if (status >= 200 && status < 300) return { outcome: 'ACCEPTED', voucher: null, error: null };
  const said = z.object({ message: z.string() }).safeParse(readJson(body));
  const error = said.success ? said.data.message : `Answered ${status}`;
  // Too many calls: refused before anything was looked at.
  if (status === 429) return { outcome: 'NOT_SENT', voucher: null, error };
  const isRefusal = status >= 300 && status < 500 && status !== 408;
  return { outcome: isRefusal ? 'REJECTED' : 'LOST_ANSWER', voucher: null, error };
}
