import { z } from 'zod';
import {
  type Judged,
  noFaults,
  type ReceivedCall,
  type RegulatorFaults,
  type RegulatorServer,
  startRegulatorServer,
} from './regulator-server.ts';

export interface IgamStandIn extends RegulatorServer {
  readonly faults: RegulatorFaults;
  /** What it holds, by label and time. */
  readonly records: {
    readonly key: string;
    readonly vazao: number;
    readonly duracao: number;
    readonly volume: number;
  }[];
}

export const igamAccount = { apiKey: 'a regulator/key' };

const reading = z.strictObject({
  horario: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  vazao: z.number(),
  duracao: z.number().int().positive(),
  volume: z.number(),
});
const demand = z.tuple([z.strictObject({ rotulo: z.string().min(1), leituras: z.tuple([reading]) })]);

/** Minas Gerais' telemetry of demand by its published request; its answers are not documented, so it says little. `close` it. */
export async function startIgamStandIn(now: () => number): Promise<IgamStandIn> {
  const faults = noFaults();
  const records: IgamStandIn['records'] = [];
  const judge = ({ method, path, headers, body }: ReceivedCall): Judged => {
    if (headers['api-key'] !== igamAccount.apiKey) return refused(401, 'Chave inválida');
    if (method !== 'POST' || path !== '/mira/api/v1/telemetria/demanda-hidrica') return refused(404, 'Não existe');
    const read = demand.safeParse(JSON.parse(body));
    if (!read.success) return refused(400, 'Leitura inválida');
    const [{ rotulo, leituras }] = read.data;
    const [{ horario, ...values }] = leituras;
    const keep = () => void records.push({ key: `${rotulo} ${horario}`, ...values });
    return { kind: 'RECORD', keep, answer: () => [200, ''] };
  };
  return { ...(await startRegulatorServer({ now, faults, judge })), faults, records };
}

function refused(status: number, message: string): Judged {
  return { kind: 'RECORD', keep: null, answer: () => [status, { message }] };
}
