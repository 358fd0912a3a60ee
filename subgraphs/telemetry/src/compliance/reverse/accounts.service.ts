import type { RegulatorAccount as AccountRow, ComplianceSource } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { once } from '../once.ts';
import { makeSecret } from '../one-time-secret.ts';

/** How a regulator signs in to read what a company reports to it. Its password is kept as a hash. */
export type RegulatorAccount = Omit<AccountRow, 'passwordHash'> & { readonly source: ComplianceSource };

export interface MadeAccount {
  readonly account: RegulatorAccount;
  readonly password: string;
}

/** Who of the regulators may read a company's history. Each change is audited in its transaction. */
export interface RegulatorAccounts {
  of(companyId: string): Promise<readonly RegulatorAccount[]>;
  /** Ends the one before, if any. @throws NotFound, Conflict (`NOT_ALL_SITES`) */
  make(companyId: string, sourceCode: string): Promise<MadeAccount>;
  /** Ends its sessions with it. @throws NotFound */
  revoke(id: string): Promise<RegulatorAccount>;
}

/** Regulators that want to read from us. */
const readingRegulators: readonly string[] = ['SMA'];

export function createRegulatorAccounts(deps: {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly actor: AuditActor;
}): RegulatorAccounts {
  const { client, clock, actor } = deps;
  const include = { source: true } as const;
  const omit = { passwordHash: true } as const;
  const inForce = { revokedAt: null } as const;
  return {
    of: (companyId) =>
      client.regulatorAccount.findMany({
        where: { companyId: { in: onlyUuids([companyId]) }, ...inForce },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        ...{ include, omit },
      }),

    make: (companyId, sourceCode) =>
      once(client, async (tx) => {
        if (onlyUuids([companyId]).length === 0 || !reaches(actor.viewer.companyIds, companyId))
          throw new NotFound('Company');
        if (!readingRegulators.includes(sourceCode)) throw new NotFound('ComplianceSource');
        const source = await tx.complianceSource.findFirst({ where: { code: sourceCode, isActive: true } });
        if (source === null) throw new NotFound('ComplianceSource');
        // The account reads all that the company reports there; nobody hands out more than they can see.
        const within = await tx.complianceConfig.count({ where: { sourceId: source.id, point: { companyId } } });
        const [every] = await unscoped(tx).$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM telemetry.compliance_configs c
          JOIN telemetry.catchment_points p ON p.id = c.point_id
          WHERE c.source_id = ${source.id}::uuid AND p.company_id = ${companyId}::uuid`;
        if (every === undefined || within < every.count)
          throw new Conflict('NOT_ALL_SITES', 'Some of what the company reports there is out of your reach');
        const revoked = { revokedAt: clock.now(), revokedBy: actor.viewer.userId };
        await tx.regulatorAccount.updateMany({ where: { companyId, sourceId: source.id, ...inForce }, data: revoked });
        const { secret, hash } = makeSecret();
        const username = `${source.code.toLowerCase()}-${makeSecret().secret.slice(0, 10).toLowerCase()}`;
        const created = {
          companyId,
          sourceId: source.id,
          username,
          createdBy: actor.viewer.userId,
          createdAt: clock.now(),
        };
        const account = await tx.regulatorAccount.create({ data: { ...created, passwordHash: hash }, include, omit });
        await recordAudit(tx, actor, {
          ...{ action: 'telemetry.makeRegulatorAccount', entityType: 'RegulatorAccount', entityId: account.id },
          ...{ companyId, before: null, after: account },
        });
        return { account, password: secret };
      }),

    revoke: (id) =>
      client.$transaction(async (tx) => {
        const before = await tx.regulatorAccount.findFirst({
          where: { id: { in: onlyUuids([id]) }, ...inForce },
          ...{ include, omit },
        });
        if (before === null) throw new NotFound('RegulatorAccount');
        const after = { ...before, revokedAt: clock.now(), revokedBy: actor.viewer.userId };
        const { revokedAt, revokedBy, companyId } = after;
        await tx.regulatorAccount.updateMany({ where: { id, ...inForce }, data: { revokedAt, revokedBy } });
        await recordAudit(tx, actor, {
          ...{ action: 'telemetry.revokeRegulatorAccount', entityType: 'RegulatorAccount', entityId: id },
          ...{ companyId, before, after },
        });
        return after;
      }),
  };
}
