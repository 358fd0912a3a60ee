import type { Prisma, PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { Conversation, ConversationFilter, Message } from './conversation.ts';

const hidden = { context: true, fencingToken: true } as const;
const hiddenOfMessages = { payload: true, error: true } as const;

export interface ConversationStoreDeps {
  readonly client: ScopedClient;
  /** For hand-written SQL, which keeps to the viewer's reach itself. */
  readonly unscopedClient: PrismaClient;
  readonly viewer: Viewer;
}

/** Conversations and their messages, kept to those that the client's viewer reaches. */
export function createConversationStore({ client, unscopedClient, viewer }: ConversationStoreDeps) {
  return {
    byIds: (ids: readonly string[]): Promise<Conversation[]> =>
      client.conversation.findMany({ where: { id: { in: [...ids] } }, omit: hidden }),

    page: (filter: ConversationFilter, { limit, after }: Keyset): Promise<Conversation[]> =>
      client.conversation.findMany({
        where: { AND: [whereOf(filter), afterKeyset(byActivity, after)] },
        orderBy: [{ lastActivityAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        omit: hidden,
      }),

    count: (filter: ConversationFilter) => client.conversation.count({ where: whereOf(filter) }),

    /** Open ones that these people have taken, newest first; few, because a person can only talk to so many. */
    takenBy: (userIds: readonly string[]): Promise<Conversation[]> =>
      client.conversation.findMany({
        where: { takenBy: { in: onlyUuids(userIds) }, closedAt: null },
        orderBy: [{ lastActivityAt: 'desc' }, { id: 'desc' }],
        take: 1000,
        omit: hidden,
      }),

    messages: (conversationId: string, { limit, after }: Keyset): Promise<Message[]> =>
      client.message.findMany({
        where: { AND: [{ conversationId }, afterKeyset(bySending, after)] },
        orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        omit: hiddenOfMessages,
      }),

    countMessages: (conversationId: string) => client.message.count({ where: { conversationId } }),

    /** The newest of each, found in the index one by one: a long talk is not read to find its end. */
    async lastMessages(conversationIds: readonly string[]): Promise<Message[]> {
      const newest = await unscopedClient.$queryRaw<{ id: string }[]>`
        SELECT last.id::text AS id FROM clinics.conversations t
        CROSS JOIN LATERAL (
          SELECT m.id FROM clinics.messages m WHERE m.conversation_id = t.id
          ORDER BY m.sent_at DESC, m.id DESC LIMIT 1
        ) last
        WHERE t.id = ANY(${[...conversationIds]}::uuid[]) AND ${reachSql(viewer, { site: 't.site_id', company: null })}`;
      return client.message.findMany({
        where: { id: { in: newest.map(({ id }) => id) } },
        omit: hiddenOfMessages,
      });
    },
  };
}

const byActivity = [
  { column: 'lastActivityAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

const bySending = [
  { column: 'sentAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

function whereOf(filter: ConversationFilter): Prisma.ConversationWhereInput {
  const { clinicId, siteIds, states, isOpen, isUnread, isEmergency, takenBy, patientId } = filter;
  return {
    AND: [
      clinicId ? { clinicId: { in: onlyUuids([clinicId]) } } : {},
      siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {},
      states ? { state: { in: [...states] } } : {},
      typeof isOpen === 'boolean' ? { closedAt: isOpen ? null : { not: null } } : {},
      typeof isUnread === 'boolean' ? { unreadCount: isUnread ? { gt: 0 } : 0 } : {},
      typeof isEmergency === 'boolean' ? { isEmergency } : {},
      takenBy ? { takenBy: { in: onlyUuids([takenBy]) } } : {},
      patientId ? { patientId: { in: onlyUuids([patientId]) } } : {},
    ],
  };
}
