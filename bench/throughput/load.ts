import autocannon from 'autocannon';

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answered: number;
}

export interface LoadOptions {
  readonly url: string;
  readonly body: string;
  readonly seconds: number;
  readonly connections: number;
  /** Asked anew for every request. */
  readonly nextToken: () => string;
}

/** Keeps so many connections busy for so long; throws when anything but a 200 comes back. */
export async function load({ url, body, seconds, connections, nextToken }: LoadOptions): Promise<Load> {
  const result = await autocannon({
    url: `${url}/graphql`,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${nextToken()}` },
        }),
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were no 200, ${result.errors} requests failed`);
  }
  const answered = result['2xx'];
  return { perSecond: answered / result.duration, p50Ms: result.latency.p50, p99Ms: result.latency.p99, answered };
}
