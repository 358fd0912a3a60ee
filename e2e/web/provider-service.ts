import { createServer } from 'node:http';

export interface ProviderService {
  readonly url: string;
  /** The credentials of each call. */
  readonly asked: readonly string[];
  /** Answers after half a minute from now on. */
  isSlow: boolean;
  stop(): void;
}

/** Another company's service as a real one would be: it wants its token, and gives one page of readings. */
export async function startProvider(): Promise<ProviderService> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization ?? '');
    const rows = [{ ts: new Date(Date.now() - 60_000).toISOString(), value: 30.5 }];
    response.setHeader('content-type', 'application/json');
    setTimeout(() => response.end(JSON.stringify({ data: rows })), service.isSlow ? 30_000 : 0).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The provider has no port');
  const service: ProviderService = {
    ...{ url: `http://127.0.0.1:${address.port}`, asked, isSlow: false },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return service;
}

/** What somebody writes who sets it up. */
export function describedProvider(url: string): string {
  return JSON.stringify({
    url: `${url}/devices/{{device}}?channel={{channel}}&from={{from}}&to={{to}}`,
    headers: { authorization: 'Bearer {{secret.token}}' },
    time: { format: 'ISO' },
    rows: '$.data[*]',
    fields: { time: '$.ts', value: '$.value' },
    paging: { kind: 'NONE' },
  });
}
