import { setTimeout as wait } from 'node:timers/promises';
import type { PlatformDoors } from '../platform/start-platform.ts';

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Observed {
  readonly tookMs: number;
  readonly status: number;
  /** Codes of its errors, each once; `HUNG` when no answer came, `CUT` when the gateway dropped it. */
  readonly codes: readonly string[];
}

export interface SteadyLoad {
  readonly observed: readonly Observed[];
  /** Lets what is under way end. */
  stop(): Promise<void>;
}

/** Far beyond every limit of the gateway. */
const hangMs = 15_000;

/** Asks the operations in turn, so many a second and never more than `atOnce` together, until it is stopped. */
export function startSteadyLoad(
  { url }: Pick<PlatformDoors, 'url'>,
  accessToken: string,
  operations: readonly Operation[],
  { perSecond, atOnce }: { readonly perSecond: number; readonly atOnce: number },
): SteadyLoad {
  const observed: Observed[] = [];
  let isStopped = false;
  let next = 0;
  const bodies = operations.map((operation) => JSON.stringify(operation));
  const ask = async () => {
    const body = bodies[next++ % bodies.length] ?? '';
    const startedMs = performance.now();
    const { status, codes } = await send(url, accessToken, body).catch((error: unknown) => ({
      status: 0,
      codes: [error instanceof Error && error.name === 'TimeoutError' ? 'HUNG' : 'CUT'],
    }));
    observed.push({ tookMs: performance.now() - startedMs, status, codes });
  };
  const worker = async () => {
    while (!isStopped) {
      const startedMs = performance.now();
      await ask();
      await wait(Math.max(0, (1_000 * atOnce) / perSecond - (performance.now() - startedMs)));
    }
  };
  const workers = Array.from({ length: atOnce }, worker);
  return {
    observed,
    async stop() {
      isStopped = true;
      await Promise.all(workers);
    },
  };
}

async function send(url: string, accessToken: string, body: string): Promise<Pick<Observed, 'status' | 'codes'>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body,
    signal: AbortSignal.timeout(hangMs),
  });
  const { errors = [] } = (await response.json()) as {
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  };
  return { status: response.status, codes: [...new Set(errors.map(({ extensions }) => extensions.code))] };
}
