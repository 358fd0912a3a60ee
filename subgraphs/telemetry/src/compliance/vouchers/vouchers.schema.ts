import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../../refs.ts';
import type { TelemetryBuilder } from '../../services.ts';
import type { PublicVoucher } from './public-voucher.ts';
import type { MadeVoucherLink, VoucherLink } from './voucher-links.service.ts';

const authScopes = { permission: 'compliance:submit' } as const;

/** Adds vouchers that can be shown to anybody: the links of a slot, and what stands behind one. */
export function addVouchers(builder: TelemetryBuilder, { submission, user }: TelemetryRefs): void {
  const link = builder.objectRef<VoucherLink>('VoucherLink').implement({
    description: 'A link under which anybody can see one voucher, until it is ended. Its token is shown once.',
    fields: (t) => ({
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
      createdBy: t.field({
        type: user,
        nullable: true,
        description: 'Who made it.',
        resolve: ({ createdBy }) => (createdBy === null ? null : { id: createdBy }),
      }),
      revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true, description: 'When it was ended.' }),
    }),
  });
  const made = builder.objectRef<MadeVoucherLink>('MadeVoucherLink').implement({
    description: 'A new link, and the only time that its token can be read.',
    fields: (t) => ({
      link: t.field({ type: link, description: 'The link.', resolve: (one) => one.link }),
      token: t.exposeString('token', { description: '192 random bits, for the address of the public page.' }),
    }),
  });
  builder.objectField(submission, 'voucherLink', (t) =>
    t.field({
      type: link,
      nullable: true,
      authScopes,
      description: 'The link under which its voucher can be seen; null without one.',
      resolve: ({ id }, _args, { services }) => services.voucherLinks.of(id),
    }),
  );
  builder.mutationField('shareVoucher', (t) =>
    t.field({
      ...{ type: made, authScopes },
      description: 'Makes a link under which anybody can see the voucher of a slot; the one before ends.',
      errors: { types: [NotFound, Conflict], union: { name: 'ShareVoucherResult' } },
      args: { submissionId: t.arg.id({ description: 'The slot.' }) },
      resolve: (_root, { submissionId }, { services }) => services.voucherLinks.make(submissionId),
    }),
  );
  builder.mutationField('unshareVoucher', (t) =>
    t.field({
      ...{ type: link, authScopes },
      description: 'Ends the link of a slot at once.',
      errors: { types: [NotFound], union: { name: 'UnshareVoucherResult' } },
      args: { submissionId: t.arg.id({ description: 'The slot.' }) },
      resolve: (_root, { submissionId }, { services }) => services.voucherLinks.revoke(submissionId),
    }),
  );
  addPublicVoucher(builder);
}

function addPublicVoucher(builder: TelemetryBuilder): void {
  const value = builder.objectRef<PublicVoucher['values'][number]>('PublicVoucherValue').implement({
    description: 'One value as it was reported.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'The regulator’s name for it: `caudal`.' }),
      value: t.exposeString('value', { description: 'Text as on the wire.' }),
    }),
  });
  const voucher = builder.objectRef<PublicVoucher>('PublicVoucher').implement({
    description: 'What a regulator’s voucher says, and nothing of who holds the work.',
    fields: (t) => ({
      regulator: t.exposeString('regulator', { description: 'Who gave it.' }),
      workCode: t.exposeString('workCode', {
        nullable: true,
        description: 'The work or device, as the regulator issued it.',
      }),
      slotAt: t.expose('slotAt', { type: 'DateTime', description: 'The instant reported on.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone that the regulator counts in.' }),
      values: t.field({ type: [value], description: 'What was reported.', resolve: ({ values }) => [...values] }),
      voucher: t.exposeString('voucher', { description: 'Its number.' }),
      acceptedAt: t.expose('acceptedAt', { type: 'DateTime', nullable: true, description: 'When it was accepted.' }),
      verifiedAt: t.expose('verifiedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the regulator was asked and held the same.',
      }),
    }),
  });
  builder.queryField('publicVoucher', (t) =>
    t.field({
      type: voucher,
      nullable: true,
      description: 'For anybody who was given the link: null for one that never was or has ended.',
      args: { token: t.arg.string({ description: 'Of the link.' }) },
      resolve: (_root, { token }, { services, address }) => services.publicVoucher(token, address),
    }),
  );
}
