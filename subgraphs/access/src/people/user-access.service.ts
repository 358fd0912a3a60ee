import { NotFound } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessDeps } from '../access-deps.ts';
import type { User } from './people.service.ts';
import { createRegister, registerSchema } from './register.ts';
import { createSetUserAccess, setUserAccessSchema } from './set-user-access.ts';

/** Who is let in and what they hold; input comes as clients sent it. */
export interface UserAccess {
  register(input: unknown): Promise<User>;
  setUserAccess(input: unknown): Promise<User>;
}

export function createUserAccessMaker(deps: AccessDeps): (scope: RequestScope) => UserAccess {
  const register = createRegister(deps);
  const setUserAccess = createSetUserAccess(deps);
  return (scope) => {
    /** With fresh eyes: what was loaded before the change is not shown after it. */
    const show = async (userId: string): Promise<User> => {
      const user = await deps.createSight(scope.viewer).people.user(userId);
      if (user === null) throw new NotFound('User');
      return user;
    };
    return {
      async register(input) {
        return show(await register(parseInput(registerSchema, input), scope));
      },
      async setUserAccess(input) {
        const parsed = parseInput(setUserAccessSchema, input);
        await setUserAccess(parsed, scope);
        return show(parsed.userId);
      },
    };
  };
}
