import { demoPassword, demoPeople } from '@cauce/prisma/seed/demo-people';
import { describe, expect, it } from 'vitest';
import { clientWith, type GraphClient, signIn } from '../platform/graph-client.ts';
import { openSession, openSocket } from '../platform/raw-socket.ts';
import { joinPlatform } from '../platform/shared-platform.ts';

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const platform = joinPlatform();
const anonymous = clientWith(platform, null);

const parts = `__typename ... on Session { accessToken refreshToken } ... on Failure { reason }`;

async function openAs(account: string): Promise<Session> {
  const { data } = await anonymous.ask(`mutation($input: SignInInput!) { signIn(input: $input) { ${parts} } }`, {
    input: { email: `${account}@cauce.example`, password: demoPassword },
  });
  expect(data?.signIn).toMatchObject({ __typename: 'Session' });
  return data?.signIn as Session;
}

async function refresh(refreshToken: string): Promise<unknown> {
  const { data, errors } = await anonymous.ask(
    `mutation($t: String!) { refreshSession(input: { refreshToken: $t }) { ${parts} } }`,
    { t: refreshToken },
  );
  expect(errors).toEqual([]);
  return data?.refreshSession;
}

async function codeOf(client: GraphClient, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { errors, data } = await client.ask('{ me { email } }', {}, headers);
  return errors[0]?.extensions.code ?? data?.me;
}

describe('a session', () => {
  it('gives a new one for its refresh token, and the old access token is good until it ends', async () => {
    const first = await openAs('calidad');
    const second = (await refresh(first.refreshToken)) as Session;
    expect(second).toMatchObject({ __typename: 'Session' });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    for (const { accessToken } of [first, second]) {
      expect(await codeOf(clientWith(platform, accessToken))).toEqual({ email: 'calidad@cauce.example' });
    }
  });

  it('answers a refresh that is repeated at once with the same tokens, and forks no second line', async () => {
    const first = await openAs('calidad');
    const answers = await Promise.all([
      refresh(first.refreshToken),
      refresh(first.refreshToken),
      refresh(first.refreshToken),
    ]);
    expect(new Set(answers.map((answer) => (answer as Session).refreshToken)).size).toBe(1);
  });

  it('ends for everybody who holds any of it when an old refresh token comes back', async () => {
    const first = await openAs('calidad');
    const second = (await refresh(first.refreshToken)) as Session;
    const third = (await refresh(second.refreshToken)) as Session;
    const socket = await openSession(platform, third.accessToken);
    expect(await refresh(first.refreshToken)).toEqual({ __typename: 'SessionEnded', reason: 'TOKEN_REUSED' });
    expect(await refresh(third.refreshToken)).toEqual({ __typename: 'SessionEnded', reason: 'ENDED' });
    expect(await socket.closed).toMatchObject({ code: 4441 });
    for (const { accessToken } of [first, second, third])
      expect(await codeOf(clientWith(platform, accessToken))).toBe('UNAUTHENTICATED');
  });

  it('ends at once when its person signs out, and only that one', async () => {
    const phone = await openAs('calidad');
    const desk = await openAs('calidad');
    const sockets = {
      phone: await openSession(platform, phone.accessToken),
      desk: await openSession(platform, desk.accessToken),
    };
    const { data } = await anonymous.ask(`mutation($t: String!) { signOut(input: { refreshToken: $t }) { isEnded } }`, {
      t: phone.refreshToken,
    });
    expect(data).toEqual({ signOut: { isEnded: true } });
    await within(2_000, async () =>
      expect(await codeOf(clientWith(platform, phone.accessToken))).toBe('UNAUTHENTICATED'),
    );
    expect(await codeOf(clientWith(platform, desk.accessToken))).toEqual({ email: 'calidad@cauce.example' });
    expect(await sockets.phone.closed).toEqual({ code: 4441, reason: 'RIGHTS_CHANGED' });
    sockets.desk.send({ id: '1', type: 'subscribe', payload: { query: '{ me { email } }' } });
    expect(await sockets.desk.next()).toMatchObject({ payload: { data: { me: { email: 'calidad@cauce.example' } } } });
    sockets.desk.close();
    expect(await refresh(phone.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
  });
});

describe('a change of rights', () => {
  const change = `mutation($input: SetUserAccessInput!) { setUserAccess(input: $input) { __typename } }`;
  const person = demoPeople.find(({ email }) => email.startsWith('riego@'));
  if (person === undefined) throw new Error('The demo has no riego');
  const access = (siteCount: number, isActive = true) => ({
    userId: person.id,
    role: 'ANALYST',
    companyIds: person.companies.map(({ id }) => id),
    siteIds: person.sites.slice(0, siteCount).map(({ id }) => id),
    dashboards: person.dashboards,
    isActive,
  });

  it('closes live connections with 4441 within two seconds, and the next request has the new rights', async () => {
    const admin = await signIn(platform, 'admin');
    const { accessToken } = await openAs('riego');
    const client = clientWith(platform, accessToken);
    const count = async () => (await client.ask('{ sites { totalCount } }')).data;
    expect(await count()).toEqual({ sites: { totalCount: 1 } });
    const socket = await openSession(platform, accessToken);
    socket.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { measurementAdded { value } }' } });
    const startedMs = performance.now();
    const { data, errors } = await admin.ask(change, { input: access(0) });
    expect({ data, errors }).toEqual({ data: { setUserAccess: { __typename: 'User' } }, errors: [] });
    expect(await socket.closed).toEqual({ code: 4441, reason: 'RIGHTS_CHANGED' });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(await codeOfSites(client)).not.toBe(1);
    // An access token from before the change is asked to be refreshed, or shows the new rights: never the old ones.
    const session = await openAs('riego');
    expect((await clientWith(platform, session.accessToken).ask('{ sites { totalCount } }')).data).toEqual({
      sites: { totalCount: 0 },
    });
    await admin.ask(change, { input: access(1) });
  });

  it('that shuts somebody out ends what they have open, and lets them in nowhere', async () => {
    const admin = await signIn(platform, 'admin');
    const session = await openAs('riego');
    const socket = await openSession(platform, session.accessToken);
    await admin.ask(change, { input: access(1, false) });
    expect((await socket.closed).code).toBe(4441);
    await within(2_000, async () =>
      expect(await codeOf(clientWith(platform, session.accessToken))).toBe('UNAUTHENTICATED'),
    );
    expect(await refresh(session.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
    const { data } = await anonymous.ask(`mutation($input: SignInInput!) { signIn(input: $input) { ${parts} } }`, {
      input: { email: person.email, password: demoPassword },
    });
    expect(data?.signIn).toMatchObject({ __typename: 'InvalidCredentials' });
    const again = await openSocket(platform);
    again.send({ type: 'connection_init', payload: { accessToken: session.accessToken } });
    expect((await again.closed).code).toBe(4401);
    await admin.ask(change, { input: access(1) });
  });

  async function codeOfSites(client: GraphClient): Promise<unknown> {
    const { data, errors } = await client.ask('{ sites { totalCount } }');
    return errors[0]?.extensions.code ?? Reflect.get(Object(data?.sites), 'totalCount');
  }
});

describe('passwords', () => {
  it('may be guessed ten times at an account; after that also the right one is refused, and others are let in', async () => {
    const guess = (account: string, password: string) =>
      anonymous.ask(`mutation($input: SignInInput!) { signIn(input: $input) { ${parts} } }`, {
        input: { email: `${account}@cauce.example`, password },
      });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const { data } = await guess('personas', `wrong ${attempt}`);
      expect(data?.signIn).toMatchObject({ __typename: 'InvalidCredentials' });
    }
    const { errors, data } = await guess('personas', demoPassword);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }]);
    expect((await guess('auditoria', demoPassword)).data?.signIn).toMatchObject({ __typename: 'Session' });
  });

  it('are refused in the same words for people who do not exist', async () => {
    const answer = async (email: string) =>
      (
        await anonymous.ask(
          `mutation($input: SignInInput!) { signIn(input: $input) { __typename ... on Failure { reason message } } }`,
          { input: { email, password: 'wrong' } },
        )
      ).data;
    expect(await answer('nobody@cauce.example')).toEqual(await answer('compras@cauce.example'));
  });
});

describe('an API key', () => {
  it('opens what it lists and nothing else, over HTTP and live, until it is revoked', async () => {
    const owner = await signIn(platform, 'agua');
    const { data, errors } = await owner.ask(
      `mutation { createApiKey(input: { name: "e2e", permissions: ["telemetry:read"] }) { __typename ... on CreatedApiKey { secret apiKey { id } } } }`,
    );
    expect(errors).toEqual([]);
    const { secret, apiKey } = created(data);
    const program = clientWith(platform, null);
    const key = { 'x-api-key': secret };
    expect(await program.ask('{ catchmentPoints { totalCount } }', {}, key)).toMatchObject({
      errors: [],
      data: { catchmentPoints: { totalCount: expect.any(Number) } },
    });
    expect(
      (await program.ask('{ catchmentPoints { totalCount } }', {}, { authorization: `Bearer ${secret}` })).errors,
    ).toEqual([]);
    expect((await program.ask('{ products { totalCount } }', {}, key)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(
      (
        await program.ask(
          'mutation { createApiKey(input: { name: "x", permissions: ["telemetry:read"] }) { __typename } }',
          {},
          key,
        )
      ).errors,
    ).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const socket = await openSocket(platform);
    socket.send({ type: 'connection_init', payload: { apiKey: secret } });
    expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
    const stream = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { ...key, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { measurementAdded { value } }' }),
    });

    await owner.ask('mutation($id: ID!) { revokeApiKey(input: { id: $id }) { __typename } }', { id: apiKey.id });
    expect((await socket.closed).code).toBe(4441);
    expect(await stream.text()).toContain('"code":"RIGHTS_CHANGED"');
    await within(2_000, async () => expect(await codeOf(program, key)).toBe('UNAUTHENTICATED'));
  });

  it('gives nothing that its owner does not hold', async () => {
    const owner = await signIn(platform, 'agua');
    const { data } = await owner.ask(
      'mutation { createApiKey(input: { name: "x", permissions: ["audit:read"] }) { __typename ... on Failure { reason } } }',
    );
    expect(data).toEqual({ createApiKey: { __typename: 'GrantExceedsOwn', reason: 'PERMISSION' } });
  });
});

function created(data: Readonly<Record<string, unknown>> | null | undefined) {
  const answer = data?.createApiKey as { secret: string; apiKey: { id: string } } | null | undefined;
  if (answer?.secret === undefined) throw new Error(`No key was made: ${JSON.stringify(data)}`);
  return answer;
}

/** Tries until it holds; the last failure when it does not in time. */
async function within(ms: number, check: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + ms;
  while (true) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
