import type { VoucherLink as LinkRow } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { createLoader } from '@cauce/shared/db/create-loader';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { once } from '../once.ts';
import { makeSecret } from '../one-time-secret.ts';

/** Lets anybody who has the link see one voucher. The token in it is kept as a hash. */
export type VoucherLink = Omit<LinkRow, 'tokenHash'>;

export interface MadeVoucherLink {
  readonly link: VoucherLink;
  readonly token: string;
}

/** Sharing of vouchers. Each change is audited in its transaction. */
export interface VoucherLinks {
  /** The link of a slot that is in force; null without one. */
  of(submissionId: string): Promise<VoucherLink | null>;
  /** Ends the one before, if any. @throws NotFound, Conflict (`NO_VOUCHER`) */
  make(submissionId: string): Promise<MadeVoucherLink>;
  /** @throws NotFound */
  revoke(submissionId: string): Promise<VoucherLink>;
}

const inForce = { revokedAt: null } as const;
const omit = { tokenHash: true } as const;

export function createVoucherLinks(deps: {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
}): VoucherLinks {
  const { client, clock, actor } = deps;
  const loader = createLoader(
    (ids) => client.voucherLink.findMany({ where: { submissionId: { in: [...ids] }, ...inForce }, omit }),
    (link: VoucherLink) => link.submissionId,
  );
  const slotOf = async (tx: ScopedTransaction, id: string) => {
    const slot = await tx.complianceSubmission.findFirst({ where: { id: { in: onlyUuids([id]) } } });
    if (slot === null) throw new NotFound('ComplianceSubmission');
    return slot;
  };
  const end = (tx: ScopedTransaction, submissionId: string) =>
    tx.voucherLink.updateMany({
      where: { submissionId, ...inForce },
      data: { revokedAt: clock.now(), revokedBy: actor.viewer.userId },
    });
  return {
    of: (submissionId) => loader.load(submissionId),

    make: (submissionId) =>
      once(client, async (tx) => {
        const { companyId, siteId, voucher } = await slotOf(tx, submissionId);
        if (voucher === null) throw new Conflict('NO_VOUCHER', 'There is no voucher to show');
        await end(tx, submissionId);
        const { secret, hash } = makeSecret();
        const by = { createdBy: actor.viewer.userId, createdAt: clock.now() };
        const link = await tx.voucherLink.create({
          data: { submissionId, siteId, companyId, tokenHash: hash, ...by },
          omit,
        });
        await recordAudit(tx, actor, {
          ...{ action: 'telemetry.shareVoucher', entityType: 'ComplianceSubmission', entityId: submissionId },
          ...{ siteId, companyId, before: null, after: link },
        });
        return { link, token: secret };
      }),

    revoke: (submissionId) =>
      client.$transaction(async (tx) => {
        const { companyId, siteId } = await slotOf(tx, submissionId);
        const before = await tx.voucherLink.findFirst({ where: { submissionId, ...inForce }, omit });
        if (before === null) throw new NotFound('VoucherLink');
        await end(tx, submissionId);
        const after = { ...before, revokedAt: clock.now(), revokedBy: actor.viewer.userId };
        await recordAudit(tx, actor, {
          ...{ action: 'telemetry.unshareVoucher', entityType: 'ComplianceSubmission', entityId: submissionId },
          ...{ siteId, companyId, before, after },
        });
        return after;
      }),
  };
}
