import { demoPassword } from '@cauce/prisma/seed/demo-people';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { PlatformDoors } from './start-platform.ts';

export interface GraphAnswer {
  readonly status: number;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions: Record<string, unknown>;
  }[];
}

export interface GraphClient {
  readonly accessToken: string;
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<GraphAnswer>;
  /** A graphql-ws connection of its own; close it with `dispose()`. */
  connect(): Client;
}

/** Signs in as somebody of the demo, through the door that everybody uses. */
export async function signIn(
  platform: Pick<PlatformDoors, 'url'>,
  account: string,
  password = demoPassword,
): Promise<GraphClient> {
  const anonymous = clientWith(platform, null);
  const { data, errors } = await anonymous.ask(
    `mutation($input: SignInInput!) { signIn(input: $input) { __typename ... on Session { accessToken } } }`,
    { input: { email: `${account}@cauce.example`, password } },
  );
  const session = data?.signIn;
  const token = typeof session === 'object' && session !== null ? Reflect.get(session, 'accessToken') : undefined;
  if (typeof token !== 'string')
    throw new Error(`${account} could not sign in: ${JSON.stringify(errors)} ${JSON.stringify(data)}`);
  return clientWith(platform, token);
}

/** A client with an access token, or with none. */
export function clientWith({ url }: Pick<PlatformDoors, 'url'>, accessToken: string | null): GraphClient {
  return {
    accessToken: accessToken ?? '',
    async ask(query, variables = {}, headers = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors = [] } = (await response.json()) as Pick<GraphAnswer, 'data'> & {
        errors?: GraphAnswer['errors'];
      };
      return { status: response.status, data, errors };
    },
    connect: () =>
      createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        lazy: true,
        retryAttempts: 0,
        connectionParams: accessToken === null ? {} : { accessToken },
      }),
  };
}
