import { createIdLoader, createListLoader, createLoader } from '@cauce/shared/db/create-loader';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { Conversation, ConversationFilter, Message } from './conversation.ts';
import type { createConversationStore } from './conversations.store.ts';

/** Conversations as far as one viewer may see them. What was said is told field by field, by the schema. */
export interface Conversations {
  byId(id: string): Promise<Conversation | null>;
  /** Latest activity first. */
  page(filter: ConversationFilter, page: PageArgs): Promise<Page<Conversation>>;
  /** Open ones that the person answers in the agent's place. */
  takenBy(userId: string): Promise<readonly Conversation[]>;
  /** Newest first. */
  messages(conversationId: string, page: PageArgs): Promise<Page<Message>>;
  lastMessage(conversationId: string): Promise<Message | null>;
}

export function createConversations(store: ReturnType<typeof createConversationStore>): Conversations {
  const byId = createIdLoader(store.byIds);
  const taken = createListLoader(store.takenBy, ({ takenBy }) => takenBy ?? '');
  const last = createLoader(
    (ids) => store.lastMessages(onlyUuids(ids)),
    ({ conversationId }) => conversationId,
  );
  return {
    byId: (id) => byId.load(id),

    async page(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      return toPage(
        await store.page(filter, keyset),
        keyset,
        ({ lastActivityAt, id }) => [lastActivityAt.toISOString(), id],
        () => store.count(filter),
      );
    },

    takenBy: (userId) => taken.load(userId.toLowerCase()),

    async messages(conversationId, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      return toPage(
        await store.messages(conversationId, keyset),
        keyset,
        ({ sentAt, id }) => [sentAt.toISOString(), id],
        () => store.countMessages(conversationId),
      );
    },

    lastMessage: (conversationId) => last.load(conversationId),
  };
}
