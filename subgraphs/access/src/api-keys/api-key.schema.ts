import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import { present } from '../present.ts';
import { addKeyDocuments } from './documents/documents.schema.ts';
import { addKeyUsage } from './key-usage.schema.ts';

/** `ApiKey`, and the query that lists keys. */
export function addApiKeys(builder: AccessBuilder, refs: AccessRefs): void {
  const { apiKey, user, company, site } = refs;
  const previousSecret = builder
    .objectRef<{ prefix: string; endsAt: Date; lastUsedAt: Date | null }>('PreviousSecret')
    .implement({
      description: 'A secret that was replaced and is still good, so that programs can move over one by one.',
      fields: (t) => ({
        prefix: t.exposeString('prefix', { description: 'Its readable start.' }),
        endsAt: t.expose('endsAt', { type: 'DateTime', description: 'When it stops being good.' }),
        lastUsedAt: t.expose('lastUsedAt', {
          type: 'DateTime',
          nullable: true,
          description: 'When it was last shown, to the minute: while this moves on, a program still holds it.',
        }),
      }),
    });
  apiKey.implement({
    description:
      'A credential for a program. It holds what it lists and never more than its owner holds at that moment.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      name: t.exposeString('name', { description: 'What its owner calls it.' }),
      prefix: t.string({
        description: 'The readable start of the key, by which it is recognised: `cauce_AbCdEfGhIjKl`.',
        resolve: ({ prefix }) => `cauce_${prefix}`,
      }),
      permissions: t.stringList({
        description: 'What it may do, as `<domain>:<verb>`.',
        resolve: ({ scopes }) => scopes,
      }),
      companies: t.field({
        type: [company],
        description: 'Companies it reaches, as far as who asks reaches them too.',
        resolve: async ({ companyIds, sight }) => present(companyIds.map((id) => sight.places.company(id))),
      }),
      sites: t.field({
        type: [site],
        description: 'Sites it reaches, as far as who asks reaches them too.',
        resolve: async ({ siteIds, sight }) => present(siteIds.map((id) => sight.places.site(id))),
      }),
      owner: t.field({
        type: user,
        nullable: true,
        description: 'Whose it is; null when who asks does not see the person.',
        resolve: ({ userId, sight }) => sight.people.user(userId),
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends by itself.' }),
      revokedAt: t.expose('revokedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was ended by somebody.',
      }),
      lastUsedAt: t.expose('lastUsedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When its secret was last shown, to the minute; null when never.',
      }),
      rotatedAt: t.expose('rotatedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last given a new secret.',
      }),
      previousSecret: t.field({
        type: previousSecret,
        nullable: true,
        description: 'The secret before the last rotation, while it is still good.',
        resolve: ({ previousPrefix, previousEndsAt, previousLastUsedAt }, _args, { services }) =>
          previousPrefix !== null && previousEndsAt !== null && services.apiKeys.isAhead(previousEndsAt)
            ? { prefix: `cauce_${previousPrefix}`, endsAt: previousEndsAt, lastUsedAt: previousLastUsedAt }
            : null,
      }),
    }),
  });
  addKeyUsage(builder, refs);
  addKeyDocuments(builder, refs);

  const filterInput = builder.inputType('ApiKeyFilterInput', {
    description: 'Which keys; what is left out does not narrow.',
    fields: (t) => ({
      userId: t.id({ required: false, description: 'Only of this person.' }),
      isStanding: t.boolean({ required: false, description: 'Only those that are (or are no longer) good.' }),
    }),
  });
  builder.queryField('apiKey', (t) =>
    t.field({
      type: apiKey,
      nullable: true,
      description: 'One key of those in apiKeys; null when it is none of them.',
      authScopes: { authenticated: true },
      args: { id: t.arg.id({ description: 'Opaque id.' }) },
      resolve: (_root, { id }, { services }) => services.apiKeys.one(id),
    }),
  );
  builder.queryField('apiKeys', (t) =>
    t.connection(
      {
        type: apiKey,
        description: 'Own keys, newest first; with access:write those of everybody one sees. A key sees itself.',
        authScopes: { authenticated: true },
        args: { filter: t.arg({ type: filterInput, required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.apiKeys.page(filter ?? {}, page),
      },
      { name: 'ApiKeyConnection', description: 'A page of API keys.' },
      { name: 'ApiKeyEdge', description: 'An API key in a page.' },
    ),
  );
}
