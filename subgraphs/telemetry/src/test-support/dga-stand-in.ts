import {
  type Judged,
  noFaults,
  type ReceivedCall,
  type RegulatorFaults,
  type RegulatorServer,
  startRegulatorServer,
} from './regulator-server.ts';

export interface DgaFaults extends RegulatorFaults {
  /** Accepted, and the voucher is forgotten. */
  withoutVoucher: number;
  /** Repeats of a record are answered without its voucher. */
  duplicatesWithoutVoucher: boolean;
  /** Asked back, it tells other values. */
  isLying: boolean;
}

export interface DgaPost extends ReceivedCall {
  readonly key: string;
}

export interface DgaStandIn extends RegulatorServer {
  readonly faults: DgaFaults;
  readonly posts: DgaPost[];
  /** What it holds, by work, date and time of day. */
  readonly records: Map<string, { readonly voucher: string; readonly values: Record<string, string> }>;
}

export const dgaAccount = { rutEmpresa: '11111111-1', rutUsuario: '22222222-2', password: 'a regulator/password' };

/** The water authority as its manual describes it, on loopback. It refuses whatever breaks the format. `close` it. */
export async function startDgaStandIn(now: () => number): Promise<DgaStandIn> {
  const faults = { ...noFaults(), withoutVoucher: 0, duplicatesWithoutVoucher: false, isLying: false };
  const kept = { faults, posts: [], records: new Map() };
  const judge = (call: ReceivedCall) => (call.method === 'GET' ? tell(kept, call) : take(kept, call));
  return { ...(await startRegulatorServer({ now, faults, judge })), ...kept };
}

type Kept = Pick<DgaStandIn, 'faults' | 'posts' | 'records'>;

function take({ faults, posts, records }: Kept, call: ReceivedCall): Judged {
  const { key, values, problem } = readPost(call);
  posts.push({ ...call, key });
  if (problem !== null) {
    return { kind: 'RECORD', keep: null, answer: () => [400, { status: '99', message: problem, data: null }] };
  }
  const known = records.get(key);
  const keep = () => {
    if (known !== undefined) return;
    records.set(key, { voucher: `V${String(records.size + 1).padStart(7, '0')}ABCDEFGH`, values });
  };
  return {
    ...{ kind: 'RECORD', keep },
    answer: () => {
      if (known !== undefined) {
        const voucher = faults.duplicatesWithoutVoucher ? '' : ` Comprobante: ${known.voucher}`;
        return [400, { status: '400', message: `Ya existe un registro en esa fecha, hora para la obra.${voucher}` }];
      }
      const isForgotten = faults.withoutVoucher > 0;
      if (isForgotten) faults.withoutVoucher -= 1;
      const data = isForgotten ? {} : { numeroComprobante: records.get(key)?.voucher };
      return [200, { status: '00', message: 'Registro ingresado', data }];
    },
  };
}

/** The rules of the manual, one problem at a time. */
function readPost({ headers, path, body }: ReceivedCall) {
  const parsed: Record<string, Record<string, string>> = JSON.parse(body);
  const isGround = path === '/api/v1/mediciones/subterraneas';
  const values = parsed[isGround ? 'medicionSubterranea' : 'medicionSuperficialFlujometro'] ?? {};
  const account = parsed.autenticacion ?? {};
  const work = String(headers.codigoobra);
  const { caudal = '', fechaMedicion = '', horaMedicion = '', totalizador = '', nivelFreaticoDelPozo } = values;
  const rules: readonly (readonly [boolean, string])[] = [
    [isGround || path === '/api/v1/mediciones/superficiales/flujometro', 'ruta'],
    [/^O[BR]-\d{4}-\d+$/.test(work), 'codigoObra'],
    [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0000$/.test(String(headers.timestamporigen)), 'timeStampOrigen'],
    [[account.rutEmpresa, account.rutUsuario].every((rut) => /^\d+-[0-9K]$/.test(rut ?? '')), 'rut'],
    [account.password === dgaAccount.password, 'password'],
    [/^\d+\.\d\d$/.test(caudal), 'caudal'],
    [/^\d{1,15}$/.test(totalizador), 'totalizador'],
    [
      isGround ? /^(-?\d+\.\d\d)?$/.test(nivelFreaticoDelPozo ?? 'missing') : nivelFreaticoDelPozo === undefined,
      'nivel',
    ],
    [/^\d{4}-\d\d-\d\d$/.test(fechaMedicion) && /^\d\d:\d\d:\d\d$/.test(horaMedicion), 'fecha'],
  ];
  const broken = rules.find(([holds]) => !holds)?.[1];
  const key = `${work} ${fechaMedicion} ${horaMedicion}`;
  return { key, values, problem: broken === undefined ? null : `Campo inválido: ${broken}` };
}

function tell({ faults, records }: Kept, { path, headers }: ReceivedCall): Judged {
  const query = new URL(path, 'http://stand-in.example').searchParams;
  const found = [...records].find(
    ([key, { voucher }]) => voucher === query.get('numeroComprobante') && key.startsWith(`${headers.codigoobra} `),
  );
  const question = { kind: 'QUESTION', keep: null } as const;
  if (found === undefined) return { ...question, answer: () => [404, { status: '99', message: 'No existe' }] };
  const { fechaMedicion = '', ...values } = found[1].values;
  const data = { ...values, fechaMedicion: fechaMedicion.split('-').reverse().join('-') };
  return {
    ...question,
    answer: () => [200, { status: '00', data: faults.isLying ? { ...data, caudal: '99.99' } : data }],
  };
}
