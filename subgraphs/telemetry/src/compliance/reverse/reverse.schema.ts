import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../../refs.ts';
import type { TelemetryBuilder } from '../../services.ts';
import type { MadeAccount, RegulatorAccount } from './accounts.service.ts';
import type { HistoryEntry, HistoryPage } from './history.store.ts';
import type { RegulatorSession } from './reverse-door.service.ts';

const authScopes = { permission: 'compliance:submit' } as const;

/** Adds what regulators read of us: their accounts, their sign-in, and a device's history. */
export function addReverse(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  addAccounts(builder, refs);
  addDoor(builder);
}

function addDoor(builder: TelemetryBuilder): void {
  const session = builder.objectRef<RegulatorSession>('RegulatorSession').implement({
    description: 'A regulator’s sign-in. It is not renewed.',
    fields: (t) => ({
      token: t.exposeString('token', { description: 'JWT that its history is read with.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'A day after it was given.' }),
    }),
  });
  builder.mutationField('signInRegulator', (t) =>
    t.field({
      type: session,
      nullable: true,
      description:
        'For regulators, who have no account of a person: null for a wrong name or password. RATE_LIMITED after too many tries.',
      args: {
        username: t.arg.string({ description: 'As it was given.' }),
        password: t.arg.string({ description: 'As it was shown once.' }),
      },
      resolve: (_root, { username, password }, { services, address }) =>
        services.reverseDoor.signIn(username, password, address),
    }),
  );
  const parameter = builder.objectRef<HistoryEntry['parameters'][number]>('RegulatorParameter').implement({
    description: 'One value by the regulator’s own name.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'As it was registered: `Q`.' }),
      value: t.exposeString('value', { description: 'Text as on the wire.' }),
      unit: t.exposeString('unit', { description: 'As it was registered: `l/s`.' }),
    }),
  });
  const entry = builder.objectRef<HistoryEntry>('RegulatorHistoryEntry').implement({
    description: 'What a device reported at one time.',
    fields: (t) => ({
      at: t.exposeString('at', { description: 'Local time of the regulator, without an offset, as it is sent.' }),
      parameters: t.field({ type: [parameter], description: 'Its values.', resolve: (row) => [...row.parameters] }),
    }),
  });
  const history = builder.objectRef<HistoryPage>('RegulatorHistory').implement({
    description: 'A page of a device’s history, oldest first.',
    fields: (t) => ({
      entries: t.field({ type: [entry], description: 'The times.', resolve: (page) => [...page.entries] }),
      endCursor: t.exposeString('endCursor', { nullable: true, description: 'What to ask for the next page with.' }),
      hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether there is one.' }),
    }),
  });
  builder.queryField('regulatorHistory', (t) =>
    t.field({
      type: history,
      nullable: true,
      description:
        'For regulators, by their own token: what a device reported to them; null for one that is not registered.',
      args: {
        token: t.arg.string({ description: 'Of `signInRegulator`.' }),
        deviceId: t.arg.string({ description: 'As the regulator issued it.' }),
        from: t.arg.string({ description: 'First day by the regulator’s clock: `2026-01-01`.' }),
        to: t.arg.string({ description: 'Last day, at most a year later.' }),
        limit: t.arg.int({ required: false, description: 'Times of a page, at most 200.' }),
        after: t.arg.string({ required: false, description: '`endCursor` of the page before.' }),
      },
      resolve: (_root, { token, ...query }, { services }) => services.reverseDoor.history(token, query),
    }),
  );
}

function addAccounts(builder: TelemetryBuilder, { company, user }: TelemetryRefs): void {
  const account = builder.objectRef<RegulatorAccount>('RegulatorAccount').implement({
    description: 'How a regulator signs in to read what a company reports to it.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      company: t.field({
        type: company,
        description: 'Whose history.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
      sourceCode: t.string({ description: 'The regulator: `SMA`.', resolve: ({ source }) => source.code }),
      username: t.exposeString('username', { description: 'Name to sign in with.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
      createdBy: t.field({
        type: user,
        nullable: true,
        description: 'Who gave it.',
        resolve: ({ createdBy }) => (createdBy === null ? null : { id: createdBy }),
      }),
      lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true, description: 'Last sign-in.' }),
      revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    }),
  });
  const made = builder.objectRef<MadeAccount>('MadeRegulatorAccount').implement({
    description: 'A new account, and the only time that its password can be read.',
    fields: (t) => ({
      account: t.field({ type: account, description: 'The account.', resolve: (one) => one.account }),
      password: t.exposeString('password', { description: 'Shown once; kept as a hash.' }),
    }),
  });
  builder.queryField('regulatorAccounts', (t) =>
    t.field({
      ...{ type: [account], authScopes },
      description: 'The accounts of regulators that read a company’s history; none for one out of reach.',
      args: { companyId: t.arg.id({ description: 'The company.' }) },
      resolve: async (_root, { companyId }, { services }) => [...(await services.regulatorAccounts.of(companyId))],
    }),
  );
  builder.mutationField('makeRegulatorAccount', (t) =>
    t.field({
      ...{ type: made, authScopes },
      description: 'Lets a regulator read what a company reports to it; ends the account that it had.',
      errors: { types: [NotFound, Conflict], union: { name: 'MakeRegulatorAccountResult' } },
      args: {
        companyId: t.arg.id({ description: 'The company.' }),
        sourceCode: t.arg.string({ description: 'The regulator: `SMA`.' }),
      },
      resolve: (_root, { companyId, sourceCode }, { services }) =>
        services.regulatorAccounts.make(companyId, sourceCode),
    }),
  );
  builder.mutationField('revokeRegulatorAccount', (t) =>
    t.field({
      ...{ type: account, authScopes },
      description: 'Ends a regulator’s account and its sessions at once.',
      errors: { types: [NotFound], union: { name: 'RevokeRegulatorAccountResult' } },
      args: { id: t.arg.id({ description: 'The account.' }) },
      resolve: (_root, { id }, { services }) => services.regulatorAccounts.revoke(id),
    }),
  );
}
