import {
  type Judged,
  noFaults,
  type ReceivedCall,
  type RegulatorFaults,
  type RegulatorServer,
  startRegulatorServer,
} from './regulator-server.ts';

export interface SmaFaults extends RegulatorFaults {
  /** Accepted, and no verification id is given. */
  withoutVerification: number;
}

export interface SmaStandIn extends RegulatorServer {
  readonly faults: SmaFaults;
  /** What it holds, by device and time, in the order it came; nothing keeps it from being sent twice. */
  readonly records: { readonly key: string; readonly verification: string; readonly values: Record<string, string> }[];
  /** How long a sign-in lasts by its clock, s. */
  tokenSeconds: number;
}

export const smaAccount = { usuario: 'titular@planta.example', password: 'a regulator/password' };
/** What the catalogue holds: one unit, one process, one device with its parameters. */
export const smaDevice = { ufId: '00001', procesoId: '10', dispositivoId: 'DISP-0001' };
export const smaParameters = [
  { nombre: 'Q', unidad: 'l/s', variable: 'FLOW' },
  { nombre: 'VA', unidad: 'm3', variable: 'TOTAL' },
] as const;

/** The environment authority as its manual is quoted: sign-in for a day, a whole set of parameters per call. `close` it. */
export async function startSmaStandIn(now: () => number): Promise<SmaStandIn> {
  const faults: SmaFaults = { ...noFaults(), withoutVerification: 0 };
  const sessions = new Map<string, number>();
  const records: SmaStandIn['records'] = [];
  const judge = (call: ReceivedCall): Judged => {
    if (call.path === '/api/v1/auth') return signIn(call);
    const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    if ((sessions.get(token) ?? 0) <= call.clock) return refused(401, 'Token inválido o expirado');
    return take({ faults, records }, call);
  };
  const signIn = ({ body, clock }: ReceivedCall): Judged => {
    const isKnown = body === JSON.stringify(smaAccount);
    const token = `header.${sessions.size + 1}.signature`;
    if (isKnown) sessions.set(token, clock + standIn.tokenSeconds * 1_000);
    const answer = (): [number, unknown] => (isKnown ? [200, { token }] : [401, { mensaje: 'Credenciales inválidas' }]);
    return { kind: 'SIGN_IN', keep: null, answer };
  };
  const server = await startRegulatorServer({ now, faults, judge });
  const standIn: SmaStandIn = { ...server, faults, records, tokenSeconds: 24 * 3_600 };
  return standIn;
}

function take({ faults, records }: Pick<SmaStandIn, 'faults' | 'records'>, call: ReceivedCall): Judged {
  const { ufId, procesoId, dispositivoId } = smaDevice;
  if (call.path !== `/api/v1/ufs/${ufId}/procesos/${procesoId}/registros`) return refused(403, 'Sin permiso');
  const [device, ...others]: readonly GivenDevice[] = JSON.parse(call.body);
  const given = device?.parametros ?? [];
  const times = new Set(given.map(({ estampaTiempo }) => estampaTiempo));
  const [time = ''] = times;
  const registered = smaParameters.map(({ nombre, unidad }) => `${nombre} ${unidad}`);
  const rules: readonly (readonly [boolean, string])[] = [
    [others.length === 0 && device?.dispositivoId === dispositivoId, 'dispositivoId'],
    [given.map(({ nombre, unidad }) => `${nombre} ${unidad}`).join() === registered.join(), 'conjunto de parámetros'],
    [given.every(({ valor }) => typeof valor === 'string' && /^-?\d+(\.\d+)?$/.test(valor)), 'valor'],
    [times.size === 1 && /^\d{4}-\d\d-\d\dT\d\d:\d[05]:00$/.test(time), 'estampaTiempo'],
  ];
  const broken = rules.find(([holds]) => !holds)?.[1];
  if (broken !== undefined) return refused(400, `Campo inválido: ${broken}`);
  const verification = `id-${records.length + 1}`;
  const values = Object.fromEntries(given.map(({ nombre, valor }) => [nombre, String(valor)]));
  return {
    kind: 'RECORD',
    keep: () => void records.push({ key: `${dispositivoId} ${time}`, verification, values }),
    answer: () => {
      const isForgotten = faults.withoutVerification > 0;
      if (isForgotten) faults.withoutVerification -= 1;
      return [201, { mensaje: 'Registro ingresado', ...(isForgotten ? {} : { IdVerificacion: verification }) }];
    },
  };
}

interface GivenDevice {
  readonly dispositivoId?: string;
  readonly parametros?: readonly {
    readonly nombre: string;
    readonly valor: unknown;
    readonly unidad: string;
    readonly estampaTiempo: string;
  }[];
}

function refused(status: number, mensaje: string): Judged {
  return { kind: 'RECORD', keep: null, answer: () => [status, { mensaje }] };
}
