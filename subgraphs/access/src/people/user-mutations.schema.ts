import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { GrantExceedsOwn } from './granting.ts';

/** `register` and `setUserAccess`: who is let in, and what they hold. */
export function addUserMutations(builder: AccessBuilder, { user, role, dashboardTab, locale }: AccessRefs): void {
  const registerInput = builder.inputType('RegisterInput', {
    description: 'A new person. There is no sign-up: somebody who may write access lets them in.',
    fields: (t) => ({
      email: t.string({ description: 'The address they will sign in with; nobody else has it.' }),
      name: t.string({ description: 'As they are called; at most 120 characters.' }),
      password: t.string({ description: 'To be handed over; it opens nothing until its owner has changed it.' }),
      locale: t.field({
        type: locale,
        required: true,
        defaultValue: 'es',
        description: 'The language they are spoken to in.',
      }),
      role: t.field({ type: role, description: 'What they may do.' }),
      companyIds: t.idList({ defaultValue: [], description: 'Companies they reach.' }),
      siteIds: t.idList({ defaultValue: [], description: 'Sites they reach; each belongs to one of the companies.' }),
      dashboards: t.field({ type: [dashboardTab], defaultValue: [], description: 'Tabs of the executive dashboard.' }),
    }),
  });
  const setUserAccessInput = builder.inputType('SetUserAccessInput', {
    description: 'What a person holds from now on, in place of what they held.',
    fields: (t) => ({
      userId: t.id({ description: 'The person.' }),
      role: t.field({ type: role, description: 'What they may do.' }),
      companyIds: t.idList({ description: 'Companies they reach.' }),
      siteIds: t.idList({ description: 'Sites they reach; each belongs to one of the companies.' }),
      dashboards: t.field({ type: [dashboardTab], description: 'Tabs of the executive dashboard.' }),
      isActive: t.boolean({
        required: false,
        description: 'False shuts them out and ends their sessions; left out, it stays.',
      }),
    }),
  });

  builder.mutationFields((t) => ({
    register: t.field({
      type: user,
      description: 'Lets a person in. Nobody gives more than they hold.',
      authScopes: { permission: 'access:write' },
      errors: { types: [ValidationFailed, Conflict, NotFound, GrantExceedsOwn], union: { name: 'RegisterResult' } },
      args: { input: t.arg({ type: registerInput, description: 'Who, and what they hold.' }) },
      resolve: (_root, { input }, { services }) => services.userAccess.register(input),
    }),
    setUserAccess: t.field({
      type: user,
      description: 'Changes what a person holds, at once and on all their devices. The last active ADMIN stays one.',
      authScopes: { permission: 'access:write' },
      errors: {
        types: [ValidationFailed, Conflict, NotFound, GrantExceedsOwn],
        union: { name: 'SetUserAccessResult' },
      },
      args: { input: t.arg({ type: setUserAccessInput, description: 'The person, and what they hold.' }) },
      resolve: (_root, { input }, { services }) => services.userAccess.setUserAccess(input),
    }),
  }));
}
