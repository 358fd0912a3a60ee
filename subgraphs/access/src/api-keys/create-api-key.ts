import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { createApiKey } from '@cauce/shared/auth/api-key-format';
import { permissions } from '@cauce/shared/auth/permissions';
import { can, type Reach, reaches } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { idListInput } from '../id-input.ts';
import { checkPlaces } from '../people/check-places.ts';
import { GrantExceedsOwn } from '../people/granting.ts';
import type { Places } from '../places/places.service.ts';
import { plainText } from '../plain-text.ts';
import { type ApiKeyRow, withoutHash } from './api-key.store.ts';
import { quotaSchema, usualQuota } from './key-quota.ts';

export const createApiKeySchema = z.object({
  name: plainText(120),
  permissions: z
    .array(z.enum(permissions))
    .min(1)
    .transform((names) => [...new Set(names)]),
  companyIds: idListInput.nullish(),
  siteIds: idListInput.nullish(),
  expiresAt: z.date().nullish(),
  quota: quotaSchema.nullish(),
});

export type CreateApiKeyInput = z.output<typeof createApiKeySchema>;

const dayMs = 24 * 60 * 60 * 1000;
const usualDays = 365;
const longestDays = 2 * 365;
const mostKeys = 50;

/**
 * Makes a key for who asks and answers its text, which exists nowhere else. It holds what is listed and never more
 * than its owner; what is not listed is everything its owner reaches today. Throws `GrantExceedsOwn`, `NotFound` for
 * places out of reach, `ValidationFailed` for the end, `Conflict` (`TOO_MANY_KEYS`).
 */
export function createCreateApiKey({
  db,
  clock,
  createSight,
}: AccessDeps): (input: CreateApiKeyInput, by: AuditActor) => Promise<{ row: ApiKeyRow; text: string }> {
  return async (input, by) => {
    const { viewer } = by;
    // A key that makes keys would outlive its own end.
    if (viewer.kind !== 'user' || viewer.userId === null)
      throw new AppError('FORBIDDEN', 'Only a person makes API keys');
    const userId = viewer.userId;
    if (!input.permissions.every((permission) => can(viewer, permission))) {
      throw new GrantExceedsOwn('PERMISSION', 'You do not hold one of the permissions');
    }
    const given = await placesOf(input, viewer, createSight(viewer).places);
    const now = clock.now();
    const expiresAt = readEnd(input.expiresAt ?? null, now);
    const { text, keyId, secretHash } = createApiKey();

    const row = await db.client.$transaction(async (tx) => {
      await checkPlaces(tx, given);
      const standing = await tx.apiKey.count({ where: { userId, revokedAt: null, expiresAt: { gt: now } } });
      if (standing >= mostKeys) throw new Conflict('TOO_MANY_KEYS', `A person has at most ${mostKeys} keys`);
      const created = await tx.apiKey.create({
        data: {
          ...given,
          ...(input.quota ?? usualQuota),
          userId,
          name: input.name,
          prefix: keyId,
          hash: secretHash,
          scopes: input.permissions,
          expiresAt,
          createdAt: now,
        },
        omit: withoutHash,
      });
      await recordAudit(tx, by, {
        action: 'access.createApiKey',
        entityType: 'ApiKey',
        entityId: created.id,
        after: created,
      });
      return created;
    });
    return { row, text };
  };
}

interface Given {
  readonly companyIds: string[];
  readonly siteIds: string[];
}

/** 'all' is written out: a company that is added later is not in the key. */
async function placesOf(
  { companyIds, siteIds }: CreateApiKeyInput,
  viewer: { readonly companyIds: Reach; readonly siteIds: Reach },
  places: Places,
): Promise<Given> {
  const companies = companyIds ?? (await places.allCompanies()).map(({ id }) => id);
  if (!companies.every((id) => reaches(viewer.companyIds, id))) throw new NotFound('Company');
  if (siteIds) {
    if (!siteIds.every((id) => reaches(viewer.siteIds, id))) throw new NotFound('Site');
    return { companyIds: companies, siteIds };
  }
  const sites = (await places.allSites()).filter(({ companyId }) => companies.includes(companyId));
  return { companyIds: companies, siteIds: sites.map(({ id }) => id) };
}

function readEnd(expiresAt: Date | null, now: Date): Date {
  if (expiresAt === null) return new Date(now.getTime() + usualDays * dayMs);
  const isPossible = expiresAt > now && expiresAt.getTime() - now.getTime() <= longestDays * dayMs;
  if (isPossible) return expiresAt;
  throw new ValidationFailed([
    { path: 'expiresAt', code: 'OUT_OF_RANGE', message: `must lie ahead, at most ${longestDays} days` },
  ]);
}
