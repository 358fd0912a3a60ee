import { rolePermissions } from '@cauce/shared/auth/permissions';
import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import type { User } from './people.service.ts';

/** `User`, and the queries that find people. */
export function addUsers(builder: AccessBuilder, refs: AccessRefs): void {
  const { user, company, site, role, dashboardTab, locale } = refs;
  user.implement({
    description:
      'A person who can sign in. Colleagues see a name; the rest is for the person and for who may read access.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      name: t.exposeString('name', { description: 'As they are called.' }),
      email: t.exposeString('email', {
        authScopes: isPrivate,
        description: 'The address they sign in with, in lower case.',
      }),
      role: t.expose('role', { type: role, authScopes: isPrivate, description: 'What they may do.' }),
      permissions: t.stringList({
        authScopes: isPrivate,
        description: 'What the role allows, as `<domain>:<verb>`: `inventory:read`.',
        resolve: (person) => [...rolePermissions[person.role]],
      }),
      locale: t.expose('locale', {
        type: locale,
        authScopes: isPrivate,
        description: 'The language they are spoken to in.',
      }),
      isActive: t.exposeBoolean('isActive', { authScopes: isPrivate, description: 'Whether they are let in.' }),
      mustChangePassword: t.boolean({
        authScopes: isPrivate,
        description: 'Somebody else chose their password: until it is changed, nothing else is open to them.',
        resolve: ({ passwordChangedAt }) => passwordChangedAt === null,
      }),
      lastSignedInAt: t.expose('lastSignedInAt', {
        type: 'DateTime',
        nullable: true,
        authScopes: isPrivate,
        description: 'When they last signed in with their password.',
      }),
      createdAt: t.expose('createdAt', {
        type: 'DateTime',
        authScopes: isPrivate,
        description: 'When they were registered.',
      }),
      companies: t.field({
        type: [company],
        authScopes: isPrivate,
        description: 'Companies they reach, as far as who asks reaches them too, by name. An ADMIN reaches all.',
        resolve: async (person) => [...(await person.sight.people.companiesOf(person))],
      }),
      sites: t.field({
        type: [site],
        authScopes: isPrivate,
        description: 'Sites they reach, as far as who asks reaches them too, by name. An ADMIN reaches all.',
        resolve: async (person) => [...(await person.sight.people.sitesOf(person))],
      }),
      dashboards: t.field({
        type: [dashboardTab],
        authScopes: isPrivate,
        description: 'Tabs of the executive dashboard they have.',
        resolve: async (person) => [...(await person.sight.people.dashboardsOf(person))],
      }),
    }),
  });
  builder.asEntity(user, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services }) => services.people.user(id),
  });

  builder.queryFields((t) => ({
    me: t.field({
      type: user,
      nullable: true,
      description: 'The person who asks, or the owner of the API key; null when the platform itself asks.',
      authScopes: { authenticated: true },
      resolve: (_root, _args, { viewer, services }) =>
        viewer.userId === null ? null : services.people.user(viewer.userId),
    }),
    users: t.connection(
      {
        type: user,
        description: 'People who share a company with who asks, by name; everybody for an ADMIN.',
        authScopes: { permission: 'access:read' },
        args: { filter: t.arg({ type: addFilter(builder, refs), required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.people.users(filter ?? {}, page),
      },
      { name: 'UserConnection', description: 'A page of people.' },
      { name: 'UserEdge', description: 'A person in a page.' },
    ),
  }));
}

/** Judged by the eyes the person was seen with: who has just signed in sees themselves. */
function isPrivate({ id, sight }: User): boolean {
  return sight.viewer.userId === id || sight.viewer.permissions.includes('access:read');
}

function addFilter(builder: AccessBuilder, { role }: AccessRefs) {
  return builder.inputType('UserFilterInput', {
    description: 'Which people; what is left out does not narrow.',
    fields: (t) => ({
      search: t.string({ required: false, description: 'Part of the name or the email, in any case.' }),
      role: t.field({ type: role, required: false, description: 'Only with this role.' }),
      companyId: t.id({ required: false, description: 'Only who was given this company.' }),
      siteId: t.id({ required: false, description: 'Only who was given this site.' }),
      isActive: t.boolean({ required: false, description: 'Only those who are (or are not) let in.' }),
    }),
  });
}
