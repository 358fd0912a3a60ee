import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessDeps } from '../access-deps.ts';
import { type ChangePasswordInput, createChangePassword } from './change-password.ts';
import type { Session } from './open-session.ts';
import { createRefreshSession } from './refresh-session.ts';
import { createSignIn, type SignInInput } from './sign-in.ts';
import { createSignOut } from './sign-out.ts';

/** How sign-ins begin, go on and end; each is described beside its rule. */
export interface Sessions {
  signIn(input: SignInInput): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  signOut(refreshToken: string): Promise<boolean>;
  changePassword(input: ChangePasswordInput): Promise<number>;
}

export function createSessionsMaker(deps: AccessDeps): (scope: RequestScope) => Sessions {
  const signIn = createSignIn(deps);
  const refresh = createRefreshSession(deps);
  const signOut = createSignOut(deps);
  const changePassword = createChangePassword(deps);
  return (scope) => ({
    signIn: (input) => signIn(input, scope),
    refresh: (refreshToken) => refresh(refreshToken, scope),
    signOut: (refreshToken) => signOut(refreshToken, scope),
    changePassword: (input) => changePassword(input, scope),
  });
}
