import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Every way to misbehave that the contracts name; counts are of the next records. All off at first. */
export interface RegulatorFaults {
  slowMs: number;
  /** The record is kept and the answer never comes. */
  dropsAfterAccept: number;
  /** The connection is cut before anything is kept. */
  drops: number;
  /** Answers with this status; the record is kept or not. */
  next: {
    status: number;
    isKept: boolean;
    body: string;
    times: number;
    /** Seconds or a date, as a `Retry-After`. */
    retryAfter?: string;
  } | null;
  /** So many sign-ins are answered with this status. */
  nextSignIn: { status: number; times: number } | null;
  /** Each answer waits for that of the record after it: two that are sent at once are answered in the other order. */
  isReordered: boolean;
  /** Its clock is so far ahead. */
  skewMs: number;
  /** Records in a minute before the sender is blocked; null: as many as it likes. */
  perMinute: number | null;
}

/** A request as it was received, headers and all. */
export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
  /** What the regulator's own clock said then. */
  readonly clock: number;
}

type StandInAnswer = readonly [status: number, body: unknown];

/** What a regulator makes of a call by its own rules. */
export interface Judged {
  readonly kind: 'RECORD' | 'SIGN_IN' | 'QUESTION';
  /** Writes the record down; null for what is refused, or keeps nothing. */
  readonly keep: (() => void) | null;
  readonly answer: () => StandInAnswer;
}

export interface RegulatorServer {
  readonly url: string;
  /** Everything that arrived, first to last. */
  readonly calls: ReceivedCall[];
  close(): Promise<void>;
}

export function noFaults(): RegulatorFaults {
  return {
    ...{ slowMs: 0, dropsAfterAccept: 0, drops: 0, next: null, nextSignIn: null },
    ...{ isReordered: false, skewMs: 0, perMinute: null },
  };
}

/** A regulator's door on loopback: it misbehaves as it is told and leaves the rules to `judge`. `close` it. */
export async function startRegulatorServer(options: {
  readonly now: () => number;
  readonly faults: RegulatorFaults;
  readonly judge: (call: ReceivedCall) => Judged;
}): Promise<RegulatorServer> {
  const { faults } = options;
  const calls: ReceivedCall[] = [];
  const recordTimes: number[] = [];
  let heldBack: (() => void) | null = null;
  const clock = () => options.now() + faults.skewMs;

  const send = (response: ServerResponse, { answer: [status, body], headers = {} }: ToSend): void => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const date = new Date(clock()).toUTCString();
    const write = () => response.writeHead(status, { date, 'content-type': 'application/json', ...headers }).end(text);
    if (faults.slowMs > 0) setTimeout(write, faults.slowMs);
    else write();
  };

  /** What a call is answered; null when its connection is cut. */
  const take = (call: ReceivedCall): ToSend | null => {
    const { kind, keep, answer } = options.judge(call);
    if (kind === 'SIGN_IN' && isNext(faults.nextSignIn)) return { answer: [faults.nextSignIn?.status ?? 500, ''] };
    if (kind !== 'RECORD') return { answer: answer() };
    recordTimes.push(call.at);
    if (countDown(faults, 'drops')) return null;
    const lately = recordTimes.filter((at) => call.at - at < 60_000).length;
    if (faults.perMinute !== null && lately > faults.perMinute) {
      return { answer: [403, { status: '403', message: 'Centro de control bloqueado' }] };
    }
    if (keep === null) return { answer: answer() };
    const odd = isNext(faults.next) ? faults.next : null;
    if (odd?.isKept !== false) keep();
    if (countDown(faults, 'dropsAfterAccept')) return null;
    if (odd === null) return { answer: answer(), isRecord: true };
    const headers = odd.retryAfter === undefined ? {} : { 'retry-after': odd.retryAfter };
    return { answer: [odd.status, odd.body], headers };
  };

  const inOrder = (isHeld: boolean, write: () => void): void => {
    const earlier = heldBack;
    heldBack = isHeld && earlier === null ? write : null;
    if (heldBack !== null) return;
    write();
    if (earlier !== null) setTimeout(earlier, 20);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const call = { method, path, headers, body: Buffer.concat(chunks).toString(), at: options.now(), clock: clock() };
      calls.push(call);
      const told = take(call);
      if (told === null) request.socket.destroy();
      else inOrder(faults.isReordered && told.isRecord === true, () => send(response, told));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface ToSend {
  readonly answer: StandInAnswer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isRecord?: boolean;
}

function isNext(fault: { times: number } | null): boolean {
  if (fault === null || fault.times === 0) return false;
  fault.times -= 1;
  return true;
}

function countDown(faults: RegulatorFaults, name: 'drops' | 'dropsAfterAccept'): boolean {
  if (faults[name] === 0) return false;
  faults[name] -= 1;
  return true;
}
