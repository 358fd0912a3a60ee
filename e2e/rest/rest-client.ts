import type { TestPlatform } from '../platform/start-platform.ts';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The body as JSON; null when it is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RestRequest {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RestClient = (path: string, request?: RestRequest) => Promise<RestAnswer>;

/** A partner with a credential, as the headers that carry it. */
export function restClient(
  { url }: Pick<TestPlatform, 'url'>,
  credential: Readonly<Record<string, string>>,
): RestClient {
  return async (path, { method = 'GET', body, headers = {} } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...credential,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { status: response.status, headers: response.headers, bytes, text, body: jsonOf(text) };
  };
}

/** The header of a session. */
export function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}

function jsonOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
