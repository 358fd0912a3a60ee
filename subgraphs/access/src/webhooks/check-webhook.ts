import { can, reaches, type Viewer } from '@cauce/shared/auth/viewer';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { PlatformSettings } from '@cauce/shared/subgraph/deps';
import { checkPlaces } from '../people/check-places.ts';
import { GrantExceedsOwn } from '../people/granting.ts';
import { findUrlProblem } from './target-url.ts';
import { webhookTopics } from './webhook-topics.ts';

/** Throws `ValidationFailed` for an address that nothing may be sent to. */
export function checkUrl(url: string, { isPrivateNetworkAllowed }: PlatformSettings): void {
  const problem = findUrlProblem(url, isPrivateNetworkAllowed);
  if (problem !== null) throw new ValidationFailed([{ path: 'url', ...problem }]);
}

/** Throws `ValidationFailed` for a topic there is none of, `GrantExceedsOwn` for one that the viewer may not read. */
export function checkTopics(names: readonly string[], viewer: Viewer): void {
  for (const [position, name] of names.entries()) {
    const topic = webhookTopics.find((known) => known.name === name);
    if (topic === undefined) {
      throw new ValidationFailed([
        { path: `topics.${position}`, code: 'UNKNOWN_TOPIC', message: 'is not a public topic' },
      ]);
    }
    if (!can(viewer, topic.permission)) {
      throw new GrantExceedsOwn('TOPIC', `Reading ${name} needs ${topic.permission}`);
    }
  }
}

/**
 * The sites a webhook is kept to; none means all of the company that its owner reaches. A key's webhook is always kept
 * to the key's sites, since its owner may reach more. Throws `NotFound` or `ValidationFailed`.
 */
export async function narrowSites(
  tx: DatabaseTransaction,
  companyId: string,
  siteIds: readonly string[],
  { kind, siteIds: reach }: Viewer,
): Promise<string[]> {
  if (!siteIds.every((id) => reaches(reach, id))) throw new NotFound('Site');
  await checkPlaces(tx, { companyIds: [companyId], siteIds });
  if (siteIds.length > 0 || kind !== 'apiKey' || reach === 'all') return [...siteIds];
  const own = await tx.site.findMany({ where: { companyId, id: { in: [...reach] } }, select: { id: true } });
  if (own.length > 0) return own.map(({ id }) => id);
  throw new ValidationFailed([
    { path: 'siteIds', code: 'TOO_SMALL', message: 'the key reaches no site of the company' },
  ]);
}
