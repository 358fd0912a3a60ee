import { defineTopic } from '@cauce/shared/events/domain-event';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Stop } from '@cauce/shared/subgraph/subgraph';
import { z } from 'zod';
import { closeCodes } from '../live/close-codes.ts';
import type { LiveConnections } from '../live/connections.ts';
import type { ViewerResolver } from './viewer-resolver.ts';

const changeSchema = z.object({ userId: z.string(), keyId: z.string().nullish(), familyId: z.string().nullish() });

/** What the access subgraph announces when somebody's rights change or end. */
const viewerChanged = defineTopic<unknown>('access.viewerChanged');

/**
 * Forgets a viewer whose rights changed and ends their live connections, so that the new rights apply at once. The end
 * of one API key or of one sign-in leaves the others of the same person alone.
 */
export function followRights({ bus, log }: Deps, viewers: ViewerResolver, connections: LiveConnections): Stop {
  const stopped = new AbortController();
  const follow = async () => {
    for await (const event of bus.subscribe(viewerChanged, { signal: stopped.signal })) {
      const change = changeSchema.safeParse(event.payload);
      if (!change.success) continue;
      const { keyId, familyId, userId } = change.data;
      const id = keyId ?? familyId ?? userId;
      viewers.forget(id);
      connections.endOf(id, closeCodes.rightsChanged, 'RIGHTS_CHANGED');
    }
  };
  // Missing an announcement only means that the old rights last until they are looked up again.
  follow().catch((err: unknown) => log.error({ err }, 'Changes of rights are not followed any more'));
  return async () => stopped.abort();
}
