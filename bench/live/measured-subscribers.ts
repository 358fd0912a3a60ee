import WebSocket from 'ws';
import { clockMs } from './clock.ts';

/** What a crowd is told when it starts. */
export interface CrowdTask {
  readonly url: string;
  readonly query: string;
  /** One for each subscriber. */
  readonly tokens: readonly string[];
}

/** What it says of the events since it was last asked. */
export interface CrowdReport {
  readonly deliveries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Events that some subscriber missed, had twice or out of order. */
  readonly faults: number;
  readonly cpuMs: number;
}

export type CrowdMessage = { readonly kind: 'ready' } | { readonly kind: 'report'; readonly report: CrowdReport };

/**
 * graphql-ws subscribers in a process of their own, started by `measured-crowd.ts`. Each delivery is timed from when
 * its event was due to when this process reads it.
 */
const taken: number[] = [];
let faults = 0;
let lastBytes: Buffer = Buffer.alloc(0);
let lastEvent = { number: 0, atMs: 0 };
let cpuBefore = process.cpuUsage();
const tell = (message: CrowdMessage) => process.send?.(message);

process.once('disconnect', () => process.exit(0));
process.on('message', (message: CrowdTask | { readonly kind: 'report' }) => {
  if ('url' in message) void openAll(message).then(() => tell({ kind: 'ready' }));
  else tell({ kind: 'report', report: report() });
});

async function openAll({ url, query, tokens }: CrowdTask): Promise<void> {
  // Fifty at a time: the machine's queue of connections is short.
  for (let opened = 0; opened < tokens.length; opened += 50) {
    await Promise.all(tokens.slice(opened, opened + 50).map((token) => open(url, query, token)));
  }
  cpuBefore = process.cpuUsage();
}

/** Resolves when the server has said where the stream stands: from then on nothing is missed. */
function open(url: string, query: string, accessToken: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let last = 0;
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false, skipUTF8Validation: true });
    const say = (message: unknown) => socket.send(JSON.stringify(message));
    socket.once('open', () => say({ type: 'connection_init', payload: { accessToken } }));
    socket.once('error', reject);
    socket.once('close', (code) => {
      throw new Error(`A subscriber was cut off: ${code}`);
    });
    socket.on('message', (data: Buffer) => {
      if (last > 0 || data.includes('"measured"')) {
        const event = read(data);
        if (last > 0 && event.number !== last + 1) faults += 1;
        last = event.number;
        taken.push(clockMs() - event.atMs);
      } else if (data.includes('connection_ack')) {
        say({ id: '1', type: 'subscribe', payload: { query, extensions: { resume: {} } } });
      } else if (data.includes('"eventId"')) resolve();
      else reject(new Error(String(data)));
    });
  });
}

/** All subscribers are sent the same text: it is read once. */
function read(data: Buffer): { readonly number: number; readonly atMs: number } {
  if (data.equals(lastBytes)) return lastEvent;
  lastBytes = data;
  const message: { readonly payload: { readonly data: { readonly measured: typeof lastEvent } } } = JSON.parse(
    data.toString(),
  );
  lastEvent = message.payload.data.measured;
  return lastEvent;
}

function report(): CrowdReport {
  const sorted = Float64Array.from(taken).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const { user, system } = process.cpuUsage(cpuBefore);
  const said = {
    ...{ deliveries: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), longestMs: at(1) },
    ...{ faults, cpuMs: (user + system) / 1_000 },
  };
  taken.length = 0;
  faults = 0;
  cpuBefore = process.cpuUsage();
  return said;
}
