import { getIntrospectionQuery } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { clientWith, type GraphClient, signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

const platform = joinPlatform();
let client: GraphClient;

beforeAll(async () => {
  client = await signIn(platform, 'gerente');
});

describe('in production', () => {
  it.each([
    ['the whole', getIntrospectionQuery()],
    ['a type', '{ __type(name: "User") { fields { name } } }'],
    ['a type under another name', '{ harmless: __type(name: "User") { name } }'],
  ])('the schema is not told to people who ask: %s', async (_title, query) => {
    for (const asking of [client, clientWith(platform, null)]) {
      const accept = 'application/graphql-response+json';
      const { status, data, errors } = await asking.ask(query, {}, { accept });
      expect(errors[0]?.extensions.code).toBe('INTROSPECTION_DISABLED');
      expect(status).toBe(400);
      expect(data ?? null).toBeNull();
    }
  });

  it.each(['text/event-stream', 'application/json'])('nor by way of suggestions: %s', async (accept) => {
    const { errors } = await client.ask('{ me { passwordHsh emial } }', {}, { accept }).catch(() => ({ errors: [] }));
    expect(JSON.stringify(errors)).not.toContain('Did you mean');
  });

  it('nor over a live connection or an event stream', async () => {
    const query = '{ __schema { types { name } } }';
    const socket = client.connect();
    const messages: string[] = [];
    await new Promise<void>((resolve) => {
      socket.subscribe(
        { query },
        {
          next: (value) => messages.push(JSON.stringify(value)),
          error: (error) => {
            messages.push(JSON.stringify(error));
            resolve();
          },
          complete: resolve,
        },
      );
    });
    await socket.dispose();
    const stream = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${client.accessToken}`,
      },
      body: JSON.stringify({ query }),
    });
    for (const text of [messages.join(), await stream.text()]) {
      expect(text).toContain('INTROSPECTION_DISABLED');
      expect(text).not.toContain('CatchmentPoint');
    }
  });

  it('answers operations as ever', async () => {
    const { data, errors } = await client.ask('{ me { __typename name } }');
    expect(errors).toEqual([]);
    expect(data).toEqual({ me: { __typename: 'User', name: 'Rodrigo Echeverría Lagos' } });
  });
});
