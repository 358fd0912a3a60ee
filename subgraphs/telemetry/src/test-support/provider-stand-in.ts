import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerProtocol } from './provider-protocols.ts';

export interface StandInReading {
  readonly at: number;
  readonly value: number | string;
  readonly unit?: string;
}

/** Every way to misbehave that the contracts name. All off at first. */
export interface StandInFaults {
  /** Answers after so many milliseconds. */
  slowMs: number;
  /** So many of the next answers are this status; with seconds to come back in for 429 and 503. */
  next: { status: number; times: number; retryAfter?: string } | null;
  /** So many of the next answers are this text with status 200. */
  body: { text: string; times: number } | null;
  /** So many of the next connections are cut after the request was read. */
  drops: number;
  /** Says each row twice. */
  duplicates: boolean;
  /** Rows in no order, where the protocol promises none. */
  shuffled: boolean;
  /** Ignores where a page should begin. */
  pagingLoop: boolean;
  /** Names this unit in each row, whatever was measured. */
  unit: string | null;
  /** Puts a row that cannot be read into each answer. */
  brokenRow: boolean;
  /** Its clock is so far ahead. */
  skewMs: number;
}

export interface ProviderStandIn {
  readonly url: string;
  readonly faults: StandInFaults;
  readonly requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
  /** What the provider knows: by device, then channel. */
  readonly readings: Map<string, Map<string, StandInReading[]>>;
  add(device: string, channel: string, ...readings: readonly StandInReading[]): void;
  /** How long a sign-in lasts from now on, s. */
  tokenSeconds: number;
  /** Ends every session that it gave. */
  endSessions(): void;
  readonly isTokenGood: (token: string) => boolean;
  readonly makeToken: () => string;
  close(): Promise<void>;
}

export const standInAccount = {
  username: 'ops@example.test',
  password: 'a password/with?signs',
  deviceToken: 'tok-secret-9f3a',
};

/** One server that speaks the three protocols and a plain one, on loopback. `close` it. */
export async function startProviderStandIn(now: () => number = Date.now): Promise<ProviderStandIn> {
  const sessions = new Map<string, number>();
  let made = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => respond(standIn, request, response, Buffer.concat(chunks).toString(), now));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const standIn: ProviderStandIn = {
    url: `http://127.0.0.1:${port}`,
    faults: {
      ...{ slowMs: 0, next: null, body: null, drops: 0, skewMs: 0, unit: null },
      ...{ duplicates: false, shuffled: false, pagingLoop: false, brokenRow: false },
    },
    requests: [],
    readings: new Map(),
    tokenSeconds: 3_600,
    add: (device, channel, ...given) => {
      const channels = standIn.readings.get(device) ?? new Map<string, StandInReading[]>();
      standIn.readings.set(device, channels);
      channels.set(channel, [...(channels.get(channel) ?? []), ...given]);
    },
    endSessions: () => sessions.clear(),
    isTokenGood: (token) => (sessions.get(token) ?? 0) > now(),
    makeToken: () => {
      made += 1;
      const exp = Math.floor(now() / 1_000) + standIn.tokenSeconds;
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const token = `${part({ alg: 'none' })}.${part({ exp, n: made })}.signature`;
      sessions.set(token, exp * 1_000);
      return token;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return standIn;
}

function respond(
  standIn: ProviderStandIn,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  now: () => number,
): void {
  const { faults } = standIn;
  standIn.requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
  if (faults.drops > 0) {
    faults.drops -= 1;
    request.socket.destroy();
    return;
  }
  const send = (status: number, text: string, headers: Record<string, string> = {}): void => {
    const date = new Date(now() + faults.skewMs).toUTCString();
    const write = () => response.writeHead(status, { date, 'content-type': 'application/json', ...headers }).end(text);
    if (faults.slowMs > 0) setTimeout(write, faults.slowMs);
    else write();
  };
  const { next, body: odd } = faults;
  if (next !== null && next.times > 0) {
    next.times -= 1;
    // Providers like to repeat what they were sent.
    const message = `${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body} went wrong`;
    send(
      next.status,
      JSON.stringify({ status: next.status, message }),
      next.retryAfter === undefined ? {} : { 'retry-after': next.retryAfter },
    );
    return;
  }
  if (odd !== null && odd.times > 0) {
    odd.times -= 1;
    send(200, odd.text);
    return;
  }
  const { status, answer } = answerProtocol(standIn, request, body);
  send(status, JSON.stringify(answer));
}
