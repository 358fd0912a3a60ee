import { anonymousViewer, systemViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { type DomainEvent, defineTopic } from '@cauce/shared/events/domain-event';
import { createMemoryEventBus } from '@cauce/shared/events/memory-event-bus';
import { describe, expect, it } from 'vitest';
import { reachableEvents, reachesEvent } from './reachable-events.ts';

const viewer: Viewer = { ...anonymousViewer, kind: 'user', companyIds: ['A'], siteIds: ['A1'] };
const topic = defineTopic<{ n: number }>('test.happened');
const event = (n: number, companyId: string | null, siteId: string | null): DomainEvent<{ n: number }> => ({
  id: String(n),
  topic: topic.name,
  key: 'k',
  companyId,
  siteId,
  occurredAt: '2026-11-20T12:00:00.000Z',
  payload: { n },
});

describe('reachesEvent', () => {
  it.each([
    ['A', 'A1', true],
    [null, 'A1', true],
    ['A', null, true],
    ['A', 'A2', false],
    ['B', null, false],
    ['B', 'B1', false],
    [null, null, false],
  ])('a viewer of company A and site A1 hears of %s/%s: %s', (companyId, siteId, isHeard) => {
    expect(reachesEvent(viewer, { companyId, siteId })).toBe(isHeard);
  });

  it('what belongs to nobody is heard by who reaches everything', () => {
    expect(reachesEvent(systemViewer('test'), { companyId: null, siteId: null })).toBe(true);
  });
});

const read = async ({ payload }: DomainEvent<{ n: number }>) => (payload.n === 5 ? null : payload.n);

describe('reachableEvents', () => {
  it('listens from the call on, and passes over what the viewer may not hear of', async () => {
    const bus = createMemoryEventBus();
    const ended = new AbortController();
    const stream = reachableEvents(bus, topic, { viewer, signal: ended.signal, read });
    await bus.publish([
      event(1, 'B', null),
      event(2, 'A', null),
      event(3, null, null),
      event(5, 'A', 'A1'),
      event(4, 'A', 'A1'),
    ]);
    expect((await stream.next()).value).toBe(2);
    expect((await stream.next()).value).toBe(4);
    ended.abort();
    expect((await stream.next()).done).toBe(true);
    await bus.close();
  });

  it('ends at once when its reader leaves while the topic is quiet', async () => {
    const bus = createMemoryEventBus();
    const stream = reachableEvents(bus, topic, { viewer, signal: new AbortController().signal, read });
    const waiting = stream.next();
    await stream.return?.();
    expect(await waiting).toMatchObject({ done: true });
    await bus.close();
  });
});
