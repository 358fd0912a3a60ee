import type { User } from '@cauce/prisma/client';
import { createAccessTokenReader } from '@cauce/shared/auth/access-token';
import { fixedClock } from '@cauce/shared/clock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAccessDeps } from '../access-deps.ts';
import { createPasswords, deriveArgon2id } from '../passwords/passwords.ts';
import { accessWorld, worldPassword } from '../test/access-world.ts';
import { InvalidCredentials } from './session.errors.ts';
import { createSignIn } from './sign-in.ts';

const clock = fixedClock(new Date());
const world = await accessWorld({ clock });
const { answer, db, errorCode, makeUser } = world;

const signInQuery = `mutation ($input: SignInInput!) { signIn(input: $input) {
  __typename
  ... on Session {
    accessToken accessTokenExpiresAt refreshToken
    user { id email name role permissions companies { id code name } sites { id code name kind company { id } } dashboards }
  }
  ... on Failure { reason }
} }`;
const refreshQuery = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) {
  __typename ... on Session { accessToken refreshToken user { id } } ... on SessionEnded { reason } } }`;
const signOutQuery = 'mutation ($input: SignOutInput!) { signOut(input: $input) { isEnded } }';
const changeQuery = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) {
  __typename ... on PasswordChanged { endedSessions } ... on Failure { reason }
  ... on ValidationFailed { fields { path code } } } }`;

interface Answered {
  readonly __typename: string;
  readonly reason?: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

let address = 0;
/** From an address of its own, so that tests do not use up each other's tries. */
const tryIn = (email: string, password: string, from = `198.51.100.${++address}`) =>
  [signInQuery, { input: { email, password } }, { address: from }] as const;
const signIn = async (email: string, password = worldPassword, from?: string) =>
  (await answer<{ signIn: Answered }>(...tryIn(email, password, from))).signIn;
const refresh = async (refreshToken: string) =>
  (await answer<{ refreshSession: Answered }>(refreshQuery, { input: { refreshToken } })).refreshSession;
const openSession = async (email: string): Promise<Answered> => {
  const session = await signIn(email);
  if (session.__typename !== 'Session') throw new Error(`No session: ${session.reason}`);
  return session;
};
const familyOf = async (userId: string) => db.client.refreshTokenFamily.findFirstOrThrow({ where: { userId } });

beforeEach(() => clock.advance(60_000));

describe('signIn', () => {
  it('opens a session and shows the person with their own eyes, places included', async () => {
    const company = await world.makeCompany();
    const site = await world.makeSite(company, 'CLINIC');
    await world.makeSite(company, 'PLANT');
    const user = await makeUser({ role: 'ANALYST', companies: [company], sites: [site] });
    const session = await signIn(` ${user.email.toUpperCase()} `);
    expect(session).toMatchObject({
      __typename: 'Session',
      user: {
        id: user.id,
        email: user.email,
        role: 'ANALYST',
        permissions: expect.arrayContaining(['inventory:read', 'patients:read']),
        companies: [{ id: company.id, code: company.code, name: company.name }],
        sites: [{ id: site.id, kind: 'CLINIC', company: { id: company.id } }],
        dashboards: [],
      },
    });
    const claims = await createAccessTokenReader(world.test.deps.settings.tokenSecret, clock)(session.accessToken);
    expect(claims).toMatchObject({ userId: user.id, familyId: (await familyOf(user.id)).id, version: 1 });
  });

  it('answers the same for a wrong password, an unknown address and somebody who was shut out', async () => {
    const [user, inactive] = [await makeUser(), await makeUser({ isActive: false })];
    const answers = await Promise.all([
      signIn(user.email, 'not the password'),
      signIn('nobody@world.example', worldPassword),
      signIn(inactive.email, worldPassword),
      signIn('not an address', worldPassword),
      signIn(user.email, 'x'.repeat(2_000)),
      signIn(`${user.email}\0`, worldPassword),
    ]);
    for (const refused of answers) {
      expect(refused).toEqual({ __typename: 'InvalidCredentials', reason: 'INVALID_CREDENTIALS' });
    }
    expect(await db.client.refreshTokenFamily.count({ where: { userId: inactive.id } })).toBe(0);
  });

  it('derives one key of the same cost whoever is asked for, so that time tells nothing', async () => {
    const [user, inactive] = [await makeUser(), await makeUser({ isActive: false })];
    const costs: unknown[] = [];
    const passwords = createPasswords((parameters) => {
      const { memory, passes, parallelism, tagLength } = parameters;
      costs.push({ memory, passes, parallelism, tagLength });
      return deriveArgon2id(parameters);
    });
    const signInWith = createSignIn({ ...createAccessDeps(world.test.deps), passwords });
    for (const email of [user.email, 'nobody@world.example', inactive.email, 'no address']) {
      const before = costs.length;
      const trying = signInWith({ email, password: 'wrong' }, world.scope({ address: `203.0.113.${before}` }));
      await expect(trying).rejects.toBeInstanceOf(InvalidCredentials);
      expect(costs.length - before, email).toBe(1);
    }
    expect(new Set(costs.map((cost) => JSON.stringify(cost))).size).toBe(1);
  });

  it('stores neither password nor token, only what they cannot be made from again', async () => {
    const user = await makeUser();
    const session = await openSession(user.email);
    const { rows } = await db.pool.query(`SELECT (SELECT string_agg(t::text, '') FROM access.refresh_tokens t)
      || (SELECT string_agg(a::text, '') FROM access.audit_log a) || (SELECT string_agg(o::text, '') FROM platform.outbox o) AS all`);
    for (const secret of [session.refreshToken, session.accessToken, worldPassword]) {
      expect(rows[0].all).not.toContain(secret);
    }
  });

  it('is refused after ten tries at one account, wherever they come from, and free again after a success', async () => {
    const user = await makeUser();
    for (let n = 0; n < 9; n++) expect((await signIn(user.email, 'wrong')).reason).toBe('INVALID_CREDENTIALS');
    expect((await signIn(user.email)).__typename).toBe('Session');
    for (let n = 0; n < 10; n++) expect((await signIn(user.email, 'wrong')).reason).toBe('INVALID_CREDENTIALS');
    const { errors } = await world.ask(...tryIn(user.email, worldPassword));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
  });

  it('limits unknown addresses like known ones, so that the limit tells nothing', async () => {
    for (let n = 0; n < 10; n++) await signIn('ghost@world.example', 'wrong');
    expect(await errorCode(...tryIn('ghost@world.example', 'wrong'))).toBe('RATE_LIMITED');
  });

  it('is refused after two hundred tries from one address, whatever accounts they are at', async () => {
    const from = '203.0.113.7';
    const { rateLimits } = world.test.deps;
    await rateLimits.consume({ name: 'sign-in.address', points: 200, windowSeconds: 900 }, from, 199);
    expect((await signIn('one@world.example', 'wrong', from)).reason).toBe('INVALID_CREDENTIALS');
    expect(await errorCode(...tryIn('two@world.example', 'wrong', from))).toBe('RATE_LIMITED');
  });

  it('replaces a hash that was made with weaker parameters, while the password is known', async () => {
    const user = await makeUser();
    const weak = '$argon2id$v=19$m=8192,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$';
    const tag = await deriveArgon2id({
      ...{ message: Buffer.from(worldPassword), nonce: Buffer.from('0123456789abcdef') },
      ...{ parallelism: 1, tagLength: 32, memory: 8192, passes: 1 },
    });
    await db.client.user.update({
      where: { id: user.id },
      data: { passwordHash: weak + tag.toString('base64').replace('=', '') },
    });
    await openSession(user.email);
    const { passwordHash } = await db.client.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(passwordHash).toContain('m=19456,t=2,p=1');
    await openSession(user.email);
  });
});

describe('refreshSession', () => {
  it('exchanges the token for the next one, again and again, in one family', async () => {
    const user = await makeUser();
    let { refreshToken } = await openSession(user.email);
    const seen = new Set([refreshToken]);
    for (let n = 0; n < 3; n++) {
      clock.advance(11_000);
      const next = await refresh(refreshToken);
      expect(next).toMatchObject({ __typename: 'Session', user: { id: user.id } });
      refreshToken = next.refreshToken;
      expect(seen.has(refreshToken)).toBe(false);
      seen.add(refreshToken);
    }
    expect(await db.client.refreshToken.count({ where: { family: { userId: user.id } } })).toBe(4);
  });

  it('ends the whole family when an old token comes back, the newest token included', async () => {
    const user = await makeUser();
    const first = await openSession(user.email);
    const second = await refresh(first.refreshToken);
    clock.advance(11_000);
    expect(await refresh(first.refreshToken)).toMatchObject({ __typename: 'SessionEnded', reason: 'TOKEN_REUSED' });
    expect(await refresh(second.refreshToken)).toMatchObject({ __typename: 'SessionEnded', reason: 'ENDED' });
    expect(await familyOf(user.id)).toMatchObject({
      revokedReason: 'TOKEN_REUSED',
      reuseDetectedAt: clock.now(),
      revokedAt: clock.now(),
    });
    const events = await db.client.outboxEvent.findMany({ where: { topic: 'access.viewerChanged', key: user.id } });
    expect(events.map(({ payload }) => payload)).toEqual([
      { userId: user.id, keyId: null, familyId: (await familyOf(user.id)).id },
    ]);
  });

  it('lets one of many equal requests win: one rotation, one next token, and the family lives', async () => {
    const user = await makeUser();
    const { refreshToken } = await openSession(user.email);
    const answers = await Promise.all(Array.from({ length: 12 }, () => refresh(refreshToken)));
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['Session']));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    expect(await db.client.refreshToken.count({ where: { family: { userId: user.id } } })).toBe(2);
    const audited = await db.client.auditEntry.count({ where: { action: 'access.refreshSession', entityId: user.id } });
    expect(audited).toBe(1);
    clock.advance(11_000);
    expect(await refresh(answers[0]?.refreshToken ?? '')).toMatchObject({ __typename: 'Session' });
  });

  it('takes a repeated request for theft once the next token was used, also within the ten seconds', async () => {
    const user = await makeUser();
    const first = await openSession(user.email);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(await refresh(first.refreshToken)).toMatchObject({ reason: 'TOKEN_REUSED' });
    expect(await refresh(third.refreshToken)).toMatchObject({ reason: 'ENDED' });
  });

  it('races with signOut safely: whoever is first, nothing works afterwards', async () => {
    const user = await makeUser();
    const { refreshToken } = await openSession(user.email);
    const [refreshed] = await Promise.all([
      refresh(refreshToken),
      world.ask(signOutQuery, { input: { refreshToken } }),
    ]);
    clock.advance(11_000);
    for (const token of [refreshToken, refreshed.refreshToken ?? '']) {
      expect(await refresh(token)).toMatchObject({ __typename: 'SessionEnded' });
    }
    expect((await familyOf(user.id)).revokedAt).not.toBeNull();
  });

  it('ends after thirty idle days, and after ninety days even for who comes every day', async () => {
    const idle = await openSession((await makeUser()).email);
    const dayMs = 24 * 60 * 60 * 1000;
    const daily = await makeUser();
    let { refreshToken } = await openSession(daily.email);
    for (let day = 1; day < 90; day++) {
      clock.advance(dayMs);
      const next = await refresh(refreshToken);
      if (next.__typename !== 'Session') throw new Error(`Ended on day ${day}: ${next.reason}`);
      refreshToken = next.refreshToken;
      if (day === 31) expect(await refresh(idle.refreshToken)).toMatchObject({ reason: 'EXPIRED' });
    }
    clock.advance(dayMs);
    expect(await refresh(refreshToken)).toMatchObject({ reason: 'EXPIRED' });
  });

  it('gives nothing for text that is no token, nor for a person who was shut out', async () => {
    for (const text of ['', 'x', 'a'.repeat(43), '\0'.repeat(43)]) {
      expect(await refresh(text)).toMatchObject({ __typename: 'SessionEnded', reason: 'UNKNOWN' });
    }
    const user = await makeUser();
    const { refreshToken } = await openSession(user.email);
    await db.client.user.update({ where: { id: user.id }, data: { isActive: false } });
    expect(await refresh(refreshToken)).toMatchObject({ __typename: 'SessionEnded', reason: 'ENDED' });
  });
});

describe('signOut', () => {
  it('ends the sign-in by any of its tokens, tells the gateway, and may be repeated', async () => {
    const user = await makeUser();
    const first = await openSession(user.email);
    const second = await refresh(first.refreshToken);
    const signOut = async (refreshToken: string) =>
      (await answer<{ signOut: unknown }>(signOutQuery, { input: { refreshToken } })).signOut;
    expect(await signOut(first.refreshToken)).toEqual({ isEnded: true });
    expect(await signOut(second.refreshToken)).toEqual({ isEnded: false });
    expect(await signOut('nothing')).toEqual({ isEnded: false });
    expect(await refresh(second.refreshToken)).toMatchObject({ reason: 'ENDED' });
    const { id: familyId } = await familyOf(user.id);
    const events = await db.client.outboxEvent.findMany({ where: { topic: 'access.viewerChanged', key: user.id } });
    expect(events.map(({ payload }) => payload)).toEqual([{ userId: user.id, keyId: null, familyId }]);
  });
});

describe('changePassword', () => {
  const newPassword = 'un estanque y cuatro pozos';
  const change = async (user: User, given: object) => {
    const input = { currentPassword: worldPassword, newPassword, ...given };
    const data = await answer<{ changePassword: { __typename: string } }>(
      changeQuery,
      { input },
      { viewer: world.viewerFor(user) },
    );
    return data.changePassword;
  };

  it('ends all other sign-ins and keeps the one it was asked from', async () => {
    const user = await makeUser();
    const [kept, other, third] = [
      await openSession(user.email),
      await openSession(user.email),
      await openSession(user.email),
    ];
    expect(await change(user, { refreshToken: kept.refreshToken })).toMatchObject({ endedSessions: 2 });
    expect(await refresh(kept.refreshToken)).toMatchObject({ __typename: 'Session' });
    for (const ended of [other, third]) expect(await refresh(ended.refreshToken)).toMatchObject({ reason: 'ENDED' });
    expect((await signIn(user.email, worldPassword)).reason).toBe('INVALID_CREDENTIALS');
    expect((await signIn(user.email, newPassword)).__typename).toBe('Session');
  });

  it("does not keep somebody else's sign-in, whose token was given", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const [mine, theirs] = [await openSession(user.email), await openSession(other.email)];
    expect(await change(user, { refreshToken: theirs.refreshToken })).toMatchObject({ endedSessions: 1 });
    expect(await refresh(mine.refreshToken)).toMatchObject({ reason: 'ENDED' });
    expect(await refresh(theirs.refreshToken)).toMatchObject({ __typename: 'Session' });
  });

  it('refuses a wrong current password and a weak new one, each in its own words', async () => {
    const user = await makeUser();
    expect(await change(user, { currentPassword: 'wrong' })).toMatchObject({ __typename: 'InvalidCredentials' });
    expect(await change(user, { newPassword: 'short' })).toMatchObject({
      fields: [{ path: 'newPassword', code: 'TOO_SHORT' }],
    });
    expect(await change(user, { newPassword: worldPassword })).toMatchObject({ fields: [{ code: 'UNCHANGED' }] });
    const [name] = user.email.split('@');
    expect(await change(user, { newPassword: `mi clave ${name}` })).toMatchObject({
      fields: [{ code: 'CONTAINS_EMAIL' }],
    });
  });

  it('lets one of two equal requests win', async () => {
    const user = await makeUser();
    const answers = await Promise.all([change(user, {}), change(user, {})]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['InvalidCredentials', 'PasswordChanged']);
  });

  it('is not for API keys, nor for nobody', async () => {
    const user = await makeUser();
    const input = { currentPassword: worldPassword, newPassword };
    const key = { ...world.viewerFor(user), kind: 'apiKey' as const, id: user.id };
    expect(await errorCode(changeQuery, { input }, { viewer: key })).toBe('FORBIDDEN');
    expect(await errorCode(changeQuery, { input })).toBe('UNAUTHENTICATED');
  });
});
