import type { PlatformDoors } from '../platform/start-platform.ts';
import type { HttpRequest } from './refused-requests.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** Sends a request as it is, and reads whatever comes back. */
export async function send(platform: Pick<PlatformDoors, 'url'>, request: HttpRequest): Promise<Answer> {
  const { method = 'POST', path = '/graphql', headers = {}, body } = request;
  const response = await fetch(`${platform.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as { data?: Answer['data']; errors?: Answer['errors'] };
  return { status: response.status, text, data, errors };
}
