import { ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import type { Session } from './open-session.ts';
import { InvalidCredentials, SessionEnded } from './session.errors.ts';

/** Signing in, staying signed in, signing out, and the password itself. */
export function addSessions(builder: AccessBuilder, refs: AccessRefs): void {
  const session = addSession(builder, refs);
  const { signInInput, refreshSessionInput, signOutInput, changePasswordInput } = addInputs(builder);
  const signedOut = builder.objectRef<{ isEnded: boolean }>('SignedOut').implement({
    description: 'Nothing is left of the sign-in.',
    fields: (t) => ({
      isEnded: t.exposeBoolean('isEnded', {
        description: 'Whether this request ended it; false when it had ended before.',
      }),
    }),
  });
  const passwordChanged = builder.objectRef<{ endedSessions: number }>('PasswordChanged').implement({
    description: 'The password was changed.',
    fields: (t) => ({
      endedSessions: t.exposeInt('endedSessions', { description: 'Sign-ins on other devices that ended with it.' }),
    }),
  });

  builder.mutationFields((t) => ({
    signIn: t.field({
      directives: { sparesCache: {} },
      type: session,
      description: 'Opens a session. RATE_LIMITED after too many tries at one account or from one address.',
      // Who signs in is nobody yet.
      authScopes: () => true,
      errors: { types: [InvalidCredentials], union: { name: 'SignInResult' } },
      args: { input: t.arg({ type: signInInput, description: 'Who, and how they prove it.' }) },
      resolve: (_root, { input }, { services }) => services.sessions.signIn(input),
    }),
    refreshSession: t.field({
      directives: { sparesCache: {} },
      type: session,
      description:
        'Exchanges a refresh token for a new session; the old token is used up. Repeated within ten seconds it answers the same.',
      authScopes: () => true,
      errors: { types: [SessionEnded], union: { name: 'RefreshSessionResult' } },
      args: { input: t.arg({ type: refreshSessionInput, description: 'The session to go on with.' }) },
      resolve: (_root, { input }, { services }) => services.sessions.refresh(input.refreshToken),
    }),
    signOut: t.field({
      directives: { sparesCache: {} },
      type: signedOut,
      description: 'Ends the sign-in of a refresh token, its access tokens and streams at once. May be repeated.',
      authScopes: () => true,
      args: { input: t.arg({ type: signOutInput, description: 'The session to end.' }) },
      resolve: async (_root, { input }, { services }) => ({
        isEnded: await services.sessions.signOut(input.refreshToken),
      }),
    }),
    changePassword: t.field({
      directives: { sparesCache: {} },
      type: passwordChanged,
      description: 'Changes the password of who asks and ends their other sign-ins. For people only, not for API keys.',
      authScopes: { authenticated: true },
      errors: { types: [InvalidCredentials, ValidationFailed], union: { name: 'ChangePasswordResult' } },
      args: { input: t.arg({ type: changePasswordInput, description: 'The old and the new.' }) },
      resolve: async (_root, { input }, { services }) => ({
        endedSessions: await services.sessions.changePassword({ ...input, refreshToken: input.refreshToken ?? null }),
      }),
    }),
  }));
}

function addSession(builder: AccessBuilder, { user, failure }: AccessRefs) {
  builder.objectType(InvalidCredentials, {
    name: 'InvalidCredentials',
    interfaces: [failure],
    description: 'The email or the password is not right, or the person is not let in; which, nobody is told.',
  });
  builder.objectType(SessionEnded, {
    name: 'SessionEnded',
    interfaces: [failure],
    description:
      'The refresh token gives nothing any more. `reason`: UNKNOWN, EXPIRED, ENDED, or TOKEN_REUSED when an old one came back and the sign-in was ended for everybody who holds it.',
  });
  return builder.objectRef<Session>('Session').implement({
    description: 'What a client holds after signing in.',
    fields: (t) => ({
      accessToken: t.exposeString('accessToken', {
        description: 'Bearer token (JWT) for requests; lives ten minutes.',
      }),
      accessTokenExpiresAt: t.expose('accessTokenExpiresAt', { type: 'DateTime', description: 'When it ends.' }),
      refreshToken: t.exposeString('refreshToken', {
        description: 'Gives the next session, once; lives 30 days. Keep it where scripts cannot read it.',
      }),
      user: t.expose('user', { type: user, description: 'Who signed in.' }),
    }),
  });
}

function addInputs(builder: AccessBuilder) {
  const refreshToken = 'The refresh token of the session.';
  return {
    signInInput: builder.inputType('SignInInput', {
      description: 'An account and its password.',
      fields: (t) => ({
        email: t.string({ description: 'In any case.' }),
        password: t.string({ description: 'As it was chosen.' }),
      }),
    }),
    refreshSessionInput: builder.inputType('RefreshSessionInput', {
      description: 'A session to go on with.',
      fields: (t) => ({ refreshToken: t.string({ description: refreshToken }) }),
    }),
    signOutInput: builder.inputType('SignOutInput', {
      description: 'A session to end.',
      fields: (t) => ({ refreshToken: t.string({ description: refreshToken }) }),
    }),
    changePasswordInput: builder.inputType('ChangePasswordInput', {
      description: 'The old password and the new one.',
      fields: (t) => ({
        currentPassword: t.string({ description: 'As it is.' }),
        newPassword: t.string({ description: 'At least 10 characters, not a common one, not the email.' }),
        refreshToken: t.string({
          required: false,
          description: 'Of the session that goes on; without it, all sessions end.',
        }),
      }),
    }),
  };
}
