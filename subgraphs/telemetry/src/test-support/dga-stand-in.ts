import { createServer, type IncomingMessage } from 'node:http';

/** Every way to misbehave that the contracts name, each for so many of the next posts. */
export interface DgaFaults {
  slowMs: number;
  /** The record is kept and the answer never comes. */
  dropsAfterAccept: number;
  /** The connection is cut before anything is kept. */
  drops: number;
  /** Answers with this status; the record is kept or not. */
  next: { status: number; isKept: boolean; body: string; times: number } | null;
  /** Accepted, and the voucher is forgotten. */
  withoutVoucher: number;
  /** Repeats of a record are answered without its voucher. */
  duplicatesWithoutVoucher: boolean;
  /** Asked back, it tells other values. */
  isLying: boolean;
  /** Posts in a minute before the sender is blocked; null: as many as it likes. */
  perMinute: number | null;
}

export interface DgaPost {
  readonly key: string;
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface DgaStandIn {
  readonly url: string;
  readonly faults: DgaFaults;
  readonly posts: DgaPost[];
  /** What it holds, by work, date and time of day. */
  readonly records: Map<string, { readonly voucher: string; readonly values: Record<string, string> }>;
  close(): Promise<void>;
}

export const dgaAccount = { rutEmpresa: '11111111-1', rutUsuario: '22222222-2', password: 'a regulator/password' };

/** The water authority as its manual describes it, on loopback. It refuses whatever breaks the format. `close` it. */
export async function startDgaStandIn(now: () => number): Promise<DgaStandIn> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer =
        request.method === 'GET'
          ? tell(standIn, request)
          : take(standIn, request, Buffer.concat(chunks).toString(), now());
      if (answer === null) {
        request.socket.destroy();
        return;
      }
      const [status, body] = answer;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      setTimeout(
        () => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
        standIn.faults.slowMs,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const standIn: DgaStandIn = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    faults: {
      ...{ slowMs: 0, dropsAfterAccept: 0, drops: 0, next: null, withoutVoucher: 0 },
      ...{ duplicatesWithoutVoucher: false, isLying: false, perMinute: null },
    },
    posts: [],
    records: new Map(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}

/** What a post is answered; null when its connection is cut. */
function take(standIn: DgaStandIn, request: IncomingMessage, body: string, at: number): [number, unknown] | null {
  const { faults, posts, records } = standIn;
  const record = readPost(request, body);
  posts.push({ key: record.key, at, headers: request.headers, body });
  if (faults.drops > 0) {
    faults.drops -= 1;
    return null;
  }
  const lately = posts.filter((post) => at - post.at < 60_000).length;
  if (faults.perMinute !== null && lately > faults.perMinute) {
    return [403, { status: '403', message: 'Centro de control bloqueado' }];
  }
  if (record.problem !== null) return [400, { status: '99', message: record.problem, data: null }];
  const odd = faults.next !== null && faults.next.times > 0 ? faults.next : null;
  if (odd !== null) odd.times -= 1;
  const known = records.get(record.key);
  if (known === undefined && odd?.isKept !== false) {
    const voucher = `V${String(records.size + 1).padStart(7, '0')}ABCDEFGH`;
    records.set(record.key, { voucher, values: record.values });
  }
  if (faults.dropsAfterAccept > 0) {
    faults.dropsAfterAccept -= 1;
    return null;
  }
  if (odd !== null) return [odd.status, odd.body];
  if (known !== undefined) {
    const voucher = faults.duplicatesWithoutVoucher ? '' : ` Comprobante: ${known.voucher}`;
    return [400, { status: '400', message: `Ya existe un registro en esa fecha, hora para la obra.${voucher}` }];
  }
  const isForgotten = faults.withoutVoucher > 0;
  if (isForgotten) faults.withoutVoucher -= 1;
  const data = isForgotten ? {} : { numeroComprobante: records.get(record.key)?.voucher };
  return [200, { status: '00', message: 'Registro ingresado', data }];
}

/** The rules of the manual, one problem at a time. */
function readPost({ headers, url }: IncomingMessage, body: string) {
  const parsed: Record<string, Record<string, string>> = JSON.parse(body);
  const isGround = url === '/api/v1/mediciones/subterraneas';
  const values = parsed[isGround ? 'medicionSubterranea' : 'medicionSuperficialFlujometro'] ?? {};
  const account = parsed.autenticacion ?? {};
  const work = String(headers.codigoobra);
  const { caudal = '', fechaMedicion = '', horaMedicion = '', totalizador = '', nivelFreaticoDelPozo } = values;
  const rules: readonly (readonly [boolean, string])[] = [
    [isGround || url === '/api/v1/mediciones/superficiales/flujometro', 'ruta'],
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

function tell(standIn: DgaStandIn, { url, headers }: IncomingMessage): [number, unknown] {
  const query = new URL(url ?? '', standIn.url).searchParams;
  const found = [...standIn.records].find(
    ([key, { voucher }]) => voucher === query.get('numeroComprobante') && key.startsWith(`${headers.codigoobra} `),
  );
  if (found === undefined) return [404, { status: '99', message: 'No existe' }];
  const { fechaMedicion = '', ...values } = found[1].values;
  const data = { ...values, fechaMedicion: fechaMedicion.split('-').reverse().join('-') };
  return [200, { status: '00', data: standIn.faults.isLying ? { ...data, caudal: '99.99' } : data }];
}
