import { z } from 'zod';
import { readJson, readRegistration } from './read-registration.ts';
import type {
  Answer,
  PreparedSlot,
  RawRegistration,
  Regulator,
  RegulatorClient,
  RegulatorResponse,
  Slot,
  SlotReadings,
  Verification,
} from './regulator.ts';

/** Chile's water authority, "Monitoreo de Extracciones Efectivas". Its clock is four hours behind UTC all year. */
export const dga: Regulator = {
  code: 'DGA',
  afterLostAnswer: 'NEXT_DAY',
  afterRejection: 'NEXT_DAY',
  canVerify: true,
  paceMs: 2_000,
  open: (raw) => openRegistration(raw),
};

const rut = z.string().regex(/^\d+-[0-9K]$/);
const schemas = {
  source: z.object({ baseUrl: z.url({ protocol: /^https?$/ }) }),
  identifiers: z.object({ codigoObra: z.string().regex(/^O[BR]-\d{4}-\d+$/) }),
  config: z.object({
    extraction: z.enum(['GROUNDWATER', 'SURFACE_FLOW_METER']).default('GROUNDWATER'),
    /** Very small wells and miners' water report no level. */
    isLevelOptional: z.boolean().default(false),
  }),
  credentials: z.object({ rutEmpresa: rut, rutUsuario: rut, password: z.string().min(1) }),
};

const kinds = {
  GROUNDWATER: { path: '/api/v1/mediciones/subterraneas', field: 'medicionSubterranea' },
  SURFACE_FLOW_METER: { path: '/api/v1/mediciones/superficiales/flujometro', field: 'medicionSuperficialFlujometro' },
} as const;

function openRegistration(raw: RawRegistration): RegulatorClient {
  const { codigoObra } = readRegistration('identifiers', schemas.identifiers, raw.identifiers);
  const config = readRegistration('config', schemas.config, raw.config);
  const { path, field } = kinds[config.extraction];
  const hasLevel = config.extraction === 'GROUNDWATER';
  const urlOf = () => `${readRegistration('source', schemas.source, raw.source).baseUrl.replace(/\/+$/, '')}${path}`;
  return {
    signIn: null,
    prepare: (readings) => prepare(readings, { hasLevel, isLevelOptional: config.isLevelOptional }),
    request: ({ slotAt, values }, now) => {
      const { password, ...ruts } = readRegistration('credentials', schemas.credentials, raw.credentials);
      const [fechaMedicion, horaMedicion] = localParts(slotAt);
      const measured = { ...values, fechaMedicion, horaMedicion };
      const [date, time] = localParts(now);
      // The literal offset is part of the format; it does not mean UTC.
      const headers = { 'content-type': 'application/json', codigoObra, timeStampOrigen: `${date}T${time}-0000` };
      const bodyWith = (secret: string) => ({ autenticacion: { ...ruts, password: secret }, [field]: measured });
      const url = urlOf();
      return {
        ...{ method: 'POST', url, headers, timeoutMs: 15_000 },
        body: JSON.stringify(bodyWith(password)),
        redacted: { url, headers, body: bodyWith('[redacted]') },
      };
    },
    classify,
    verification: (_slot, voucher) => {
      const url = `${urlOf()}?${new URLSearchParams({ codigoObra, numeroComprobante: voucher })}`;
      return { method: 'GET', url, headers: { codigoObra }, body: null, timeoutMs: 10_000, redacted: { url } };
    },
    readVerification,
  };
}

function prepare(
  { values, totalDayBefore, aggregation }: SlotReadings,
  rule: { readonly hasLevel: boolean; readonly isLevelOptional: boolean },
): PreparedSlot {
  const total = values.get('TOTAL');
  if (total === undefined || total < 0) return { isReady: false, reason: 'No total volume was measured' };
  const mean = totalDayBefore === null ? undefined : ((total - totalDayBefore) * 1_000) / 86_400;
  const flow = aggregation === 'DAILY_MEAN' ? mean : values.get('FLOW');
  if (flow === undefined || flow < 0) return { isReady: false, reason: 'No flow was measured' };
  const totalizador = String(Math.floor(total));
  if (!/^\d{1,15}$/.test(totalizador)) return { isReady: false, reason: 'The total volume is too large' };
  const reported = { caudal: flow.toFixed(2), totalizador };
  if (!rule.hasLevel) return { isReady: true, values: reported };
  const level = values.get('LEVEL');
  if (level === undefined && !rule.isLevelOptional) return { isReady: false, reason: 'No level was measured' };
  return { isReady: true, values: { ...reported, nivelFreaticoDelPozo: level?.toFixed(2) ?? '' } };
}

const answerSchema = z.object({
  // Without one it is no answer of theirs.
  status: z.union([z.string(), z.number().transform(String)]),
  message: z.string().nullish(),
  data: z.object({ numeroComprobante: z.string().nullish() }).loose().nullish(),
});
const voucherSchema = z.string().regex(/^[A-Za-z0-9]{6,64}$/);

/** What cannot be understood may have been stored: it counts as a lost answer, never as a rejection. */
function classify({ status, body }: RegulatorResponse): Answer {
  const read = answerSchema.safeParse(readJson(body));
  if (!read.success)
    return isRefusal(status) ? rejected(`Answered ${status}`) : lost(`Answered ${status} without sense`);
  const { data, message: said } = read.data;
  const message = said ?? `Answered ${status}`;
  if (status >= 200 && status < 300 && read.data.status === '00') {
    const voucher = voucherSchema.safeParse(data?.numeroComprobante);
    if (voucher.success) return { outcome: 'ACCEPTED', voucher: voucher.data, error: null };
    return { outcome: 'ACCEPTED_WITHOUT_VOUCHER', voucher: null, error: 'Accepted without a voucher' };
  }
  if (/ya existe un registro/i.test(message)) {
    const voucher = voucherSchema.safeParse(/comprobante:\s*([A-Za-z0-9]+)/i.exec(said ?? '')?.[1]);
    if (voucher.success) return { outcome: 'DUPLICATE_WITH_VOUCHER', voucher: voucher.data, error: null };
    return { outcome: 'DUPLICATE_WITHOUT_VOUCHER', voucher: null, error: message };
  }
  if (/no es el informante registrado/i.test(message) || /obra (no existe|no registrada|inv[aá]lida)/i.test(message)) {
    return { outcome: 'UNRECOVERABLE', voucher: null, error: message };
  }
  // "00" under a failing status contradicts itself; so may a failing server have stored it.
  if (read.data.status === '00' || status >= 500 || status === 408) return lost(message);
  return rejected(message);
}

function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && status !== 408;
}

const lost = (error: string): Answer => ({ outcome: 'LOST_ANSWER', voucher: null, error });
const rejected = (error: string): Answer => ({ outcome: 'REJECTED', voucher: null, error });

const storedSchema = z.object({ status: z.literal('00'), data: z.record(z.string(), z.string()) });

function readVerification({ slotAt, values }: Slot, { status, body }: RegulatorResponse): Verification {
  const read = storedSchema.safeParse(readJson(body));
  if (status !== 200 || !read.success) return 'UNCLEAR';
  const { fechaMedicion = '', ...stored } = read.data.data;
  const [date, horaMedicion] = localParts(slotAt);
  // Asked back, dates are written the other way round.
  const isSameDay = fechaMedicion === date.split('-').reverse().join('-');
  const wanted = Object.entries({ ...values, horaMedicion });
  const isSame = wanted.every(([name, value]) => sameValue(stored[name], value));
  return isSameDay && isSame ? 'CONFIRMED' : 'DIFFERENT';
}

function sameValue(stored: string | undefined, sent: string): boolean {
  if ((stored ?? '') === sent) return true;
  return stored !== undefined && stored !== '' && sent !== '' && !sent.includes(':') && Number(stored) === Number(sent);
}

const offsetMs = 4 * 3_600_000;

/** Date and time of day four hours behind UTC: `2026-01-01`, `13:00:00`. */
function localParts(at: Date): [string, string] {
  const text = new Date(at.getTime() - offsetMs).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}
