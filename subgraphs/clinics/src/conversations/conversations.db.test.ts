import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { clinicsWorld } from '../test-support/clinics-world.ts';

const db = await testDatabase();
const world = await clinicsWorld(db);
const { clinicId, siteId, companyId, manager } = await world.addAgenda();
const minute = (number: number) => new Date(Date.UTC(2026, 10, 20, 12, number));
const staff = randomUUID();

/** A conversation whose messages say their number, one a minute. */
async function talk(number: number, messages: number, change: object = {}): Promise<string> {
  const { id } = await db.client.conversation.create({
    data: {
      ...{ clinicId, siteId, companyId, phone: `+5695550${2000 + number}`, lastActivityAt: minute(number), ...change },
      messages: {
        create: Array.from({ length: messages }, (_, index) => ({
          ...({
            direction: 'INBOUND',
            author: 'PATIENT',
            status: 'RECEIVED',
            text: `${index}`,
            sentAt: minute(index),
          } as const),
        })),
      },
    },
  });
  return id;
}
const quiet = await talk(1, 0);
const long = await talk(2, 5, { unreadCount: 2, state: 'SLOTS_SHOWN' });
const taken = await talk(3, 1, { takenBy: staff, takenAt: minute(3), isEmergency: true });
const closed = await talk(4, 2, { closedAt: minute(5), state: 'FINISHED', takenBy: staff });

describe('conversations', () => {
  it('are listed by activity with their last word, and narrowed by what the front desk asks', async () => {
    const answer = await world.get(
      `query ($staff: ID!) {
        all: conversations { totalCount edges { node { id lastMessage { text } } } }
        open: conversations(filter: { isOpen: true }) { totalCount }
        unread: conversations(filter: { isUnread: true }) { edges { node { id } } }
        emergency: conversations(filter: { isEmergency: true, takenBy: $staff }) { edges { node { id takenBy { id } } } }
        shown: conversations(filter: { states: [SLOTS_SHOWN] }) { edges { node { id unreadCount } } }
      }`,
      manager,
      { staff },
    );
    const node = (id: string, text: string | null) => ({ node: { id, lastMessage: text === null ? null : { text } } });
    expect(answer).toEqual({
      all: { totalCount: 4, edges: [node(closed, '1'), node(taken, '0'), node(long, '4'), node(quiet, null)] },
      open: { totalCount: 3 },
      unread: { edges: [{ node: { id: long } }] },
      emergency: { edges: [{ node: { id: taken, takenBy: { id: staff } } }] },
      shown: { edges: [{ node: { id: long, unreadCount: 2 } }] },
    });
  });

  it('give their messages newest first, page by page', async () => {
    const query = `query ($id: ID!, $after: String) { conversation(id: $id) {
      messages(first: 2, after: $after) { totalCount pageInfo { endCursor hasNextPage } edges { node { text } } } } }`;
    const said: string[] = [];
    for (let after: string | null = null, hasMore = true; hasMore; ) {
      const answer: unknown = (await world.get(query, manager, { id: long, after })).conversation;
      const { messages } = JSON.parse(JSON.stringify(answer));
      said.push(...messages.edges.map((edge: { node: { text: string } }) => edge.node.text));
      after = messages.pageInfo.endCursor;
      hasMore = messages.pageInfo.hasNextPage;
    }
    expect(said).toEqual(['4', '3', '2', '1', '0']);
  });

  it('of a person are the open ones they have taken, read for everybody at once', async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on User { conversationsTaken { id lastMessage { text } } } } }`;
    const ask = (ids: readonly string[]) => () =>
      world.get(query, manager, { representations: ids.map((id) => ({ __typename: 'User', id })) });
    expect(await ask([staff, randomUUID()])()).toEqual({
      _entities: [{ conversationsTaken: [{ id: taken, lastMessage: { text: '0' } }] }, { conversationsTaken: [] }],
    });
    const one = await world.countStatements(ask([staff]));
    expect(await world.countStatements(ask([staff, ...Array.from({ length: 20 }, () => randomUUID())]))).toBe(one);
  });
});
