import type { AccessBuilder, AccessRefs } from '../access-builder.ts';
import type { AuditEntry } from './audit-log.service.ts';

/** `AuditEntry`, the query that reads the log and the stream that follows it. */
export function addAuditLog(builder: AccessBuilder, { user, company, site }: AccessRefs): void {
  const auditEntry = builder.objectRef<AuditEntry>('AuditEntry').implement({
    description: 'Something that was done, or refused. Written with the change itself and never altered.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      at: t.expose('at', { type: 'DateTime', description: 'When it was done.' }),
      actorKind: t.expose('actorKind', { type: addActorKind(builder), description: 'What kind of who did it.' }),
      actorId: t.exposeString('actorId', {
        description: "The user's id, the API key's id, or the name of the process.",
      }),
      actor: t.field({
        type: user,
        nullable: true,
        description: 'The person behind it: who asked, or the owner of the key.',
        resolve: ({ actorUserId, sight }) => (actorUserId === null ? null : sight.people.user(actorUserId)),
      }),
      action: t.exposeString('action', { description: 'What was done, as `<subgraph>.<mutation>`.' }),
      outcome: t.exposeString('outcome', { description: '`ok`, or why it was refused.' }),
      entityType: t.exposeString('entityType', { nullable: true, description: 'The type it was done to.' }),
      entityId: t.exposeString('entityId', { nullable: true, description: 'Which one.' }),
      company: t.field({
        type: company,
        nullable: true,
        description: 'The company it concerns.',
        resolve: ({ companyId, sight }) => (companyId === null ? null : sight.places.company(companyId)),
      }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'The site it concerns.',
        resolve: ({ siteId, sight }) => (siteId === null ? null : sight.places.site(siteId)),
      }),
      before: t.expose('before', {
        type: 'JSON',
        nullable: true,
        description: 'How it was, without secrets; null when it is new.',
      }),
      after: t.expose('after', {
        type: 'JSON',
        nullable: true,
        description: 'How it is, without secrets; null when it is gone.',
      }),
      requestId: t.exposeString('requestId', { nullable: true, description: 'The request, as in logs and errors.' }),
      address: t.exposeString('address', { nullable: true, description: 'The network address it came from.' }),
    }),
  });
  const filterInput = addFilter(builder);

  builder.queryField('auditLog', (t) =>
    t.connection(
      {
        type: auditEntry,
        description: 'What was done to what the viewer reaches, newest first.',
        authScopes: { permission: 'audit:read' },
        args: { filter: t.arg({ type: filterInput, required: false, description: 'Which entries.' }) },
        resolve: (_root, { filter, ...page }, { services }) => services.auditLog.entries(filter ?? {}, page),
      },
      { name: 'AuditEntryConnection', description: 'A page of audit entries.' },
      { name: 'AuditEntryEdge', description: 'An audit entry in a page.' },
    ),
  );
  builder.subscriptionField('auditEntryAdded', (t) =>
    t.field({
      type: auditEntry,
      description: 'What is done from now on to what the viewer reaches, as soon as it is committed.',
      authScopes: { permission: 'audit:read' },
      subscribe: (_root, _args, { services }) => services.auditLog.added(),
      resolve: (entry) => entry,
    }),
  );
}

function addActorKind(builder: AccessBuilder) {
  return builder.enumType('ActorKind', {
    values: ['ANONYMOUS', 'USER', 'API_KEY', 'SYSTEM'] as const,
    description: 'Nobody yet (a sign-in), a person, a program with a key, or the platform itself.',
  });
}

function addFilter(builder: AccessBuilder) {
  return builder.inputType('AuditLogFilterInput', {
    description: 'Which entries; what is left out does not narrow.',
    fields: (t) => ({
      action: t.string({
        required: false,
        description: 'This action; with a dot at the end, all of a subgraph: `access.`.',
      }),
      outcome: t.string({ required: false, description: '`ok`, or a refusal such as `INVALID_CREDENTIALS`.' }),
      actorUserId: t.id({ required: false, description: 'Only by this person or their keys.' }),
      entityType: t.string({ required: false, description: 'Only to this type.' }),
      entityId: t.string({ required: false, description: 'Only to this one.' }),
      companyId: t.id({ required: false, description: 'Only what concerns this company.' }),
      siteId: t.id({ required: false, description: 'Only what concerns this site.' }),
      from: t.field({ type: 'DateTime', required: false, description: 'From this instant on.' }),
      to: t.field({ type: 'DateTime', required: false, description: 'Before this instant.' }),
    }),
  });
}
