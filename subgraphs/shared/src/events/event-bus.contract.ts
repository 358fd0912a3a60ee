import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { eventually } from '../test/eventually.ts';
import { type DomainEvent, defineTopic } from './domain-event.ts';
import type { EventBus } from './event-bus.ts';

const added = defineTopic<{ n: number }>('test.added');
const removed = defineTopic<{ n: number }>('test.removed');

let lastId = 0;
function event(topic: { readonly name: string }, n: number): DomainEvent {
  lastId += 1;
  return {
    id: String(lastId),
    topic: topic.name,
    companyId: null,
    siteId: '0199c0de-0000-7000-8000-000000000001',
    key: `k${n % 3}`,
    occurredAt: '2026-01-01T00:00:00.000Z',
    payload: { n },
  };
}

/** Reads up to `count` events into a list that can be looked at while it grows. */
function collect(events: AsyncIterable<DomainEvent<{ n: number }>>): { got: number[]; done: Promise<void> } {
  const got: number[] = [];
  const done = (async () => {
    for await (const one of events) got.push(one.payload.n);
  })();
  return { got, done };
}

/** What every bus promises, whatever carries it. */
export function eventBusContract(name: string, connect: () => Promise<EventBus>): void {
  describe(`the event bus on ${name}`, () => {
    let bus: EventBus;
    beforeAll(async () => {
      bus = await connect();
    });
    afterAll(async () => {
      await bus.close();
    });

    it('delivers every event of a topic to each of its listeners, in order, and nothing of other topics', async () => {
      const ending = new AbortController();
      const first = collect(bus.subscribe(added, { signal: ending.signal }));
      const second = collect(bus.subscribe(added, { signal: ending.signal }));
      const other = collect(bus.subscribe(removed, { signal: ending.signal }));
      const all = Array.from({ length: 200 }, (_, n) => event(added, n));
      await bus.publish(all.slice(0, 150));
      await bus.publish([event(removed, 7), ...all.slice(150)]);
      await eventually(() => first.got.length === 200 && second.got.length === 200 && other.got.length === 1);
      const expected = Array.from({ length: 200 }, (_, n) => n);
      expect(first.got).toEqual(expected);
      expect(second.got).toEqual(expected);
      expect(other.got).toEqual([7]);
      ending.abort();
      await Promise.all([first.done, second.done, other.done]);
    });

    it('listens from the call on, before the first read', async () => {
      const ending = new AbortController();
      const events = bus.subscribe(added, { signal: ending.signal });
      await bus.publish([event(added, 1)]);
      await new Promise((resolve) => setTimeout(resolve, 30));
      const { got, done } = collect(events);
      await eventually(() => got.length === 1);
      ending.abort();
      await done;
    });

    it('ends a listener that does not read with SLOW_CONSUMER, and no other', async () => {
      const ending = new AbortController();
      const slow = bus.subscribe(added, { signal: ending.signal, bufferLimit: 10 })[Symbol.asyncIterator]();
      const quick = collect(bus.subscribe(added, { signal: ending.signal, bufferLimit: 10 }));
      for (let n = 0; n < 11; n += 1) {
        await bus.publish([event(added, n)]);
        await eventually(() => quick.got.length === n + 1);
      }
      const failure = await slow.next().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(AppError);
      expect(failure).toMatchObject({ code: 'SLOW_CONSUMER' });
      expect(await slow.next()).toEqual({ done: true, value: undefined });
      ending.abort();
      await quick.done;
    });

    it('goes on for the other listeners of a topic when one of them ends', async () => {
      const [endingOne, endingOther] = [new AbortController(), new AbortController()];
      const one = collect(bus.subscribe(added, { signal: endingOne.signal }));
      const other = collect(bus.subscribe(added, { signal: endingOther.signal }));
      endingOne.abort();
      await one.done;
      await bus.publish([event(added, 5)]);
      await eventually(() => other.got.length === 1);
      expect(one.got).toEqual([]);
      endingOther.abort();
      await other.done;
    });

    it('ends the listener when its reader stops reading for good', async () => {
      const ending = new AbortController();
      for (let n = 0; n < 3; n += 1) {
        const events = bus.subscribe(added, { signal: ending.signal, bufferLimit: 1 });
        await bus.publish([event(added, n)]);
        for await (const one of events) {
          expect(one.payload.n).toBe(n);
          break;
        }
        expect(await events[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
      }
    });

    it('gives nothing to a listener whose signal has aborted already', async () => {
      const { got, done } = collect(bus.subscribe(added, { signal: AbortSignal.abort() }));
      await done;
      expect(got).toEqual([]);
    });

    it('tells a watcher of an event before any listener has it, and not of other topics', async () => {
      const ending = new AbortController();
      const told: string[] = [];
      const listening = (async () => {
        for await (const one of bus.subscribe(added, { signal: ending.signal })) told.push(`heard ${one.payload.n}`);
      })();
      const unwatch = bus.watch({
        follows: (topic) => topic === added.name,
        event: ({ payload }) => told.push(`watched ${JSON.stringify(payload)}`),
        gap: () => undefined,
      });
      await bus.publish([event(added, 1), event(removed, 2), event(added, 3)]);
      await eventually(() => told.length === 4);
      for (const n of [1, 3]) {
        expect(told.indexOf(`watched {"n":${n}}`)).toBeGreaterThanOrEqual(0);
        expect(told.indexOf(`watched {"n":${n}}`)).toBeLessThan(told.indexOf(`heard ${n}`));
      }
      unwatch();
      await bus.publish([event(added, 4)]);
      await eventually(() => told.includes('heard 4'));
      expect(told).toHaveLength(5);
      ending.abort();
      await listening;
    });

    it('says that it is caught up only once all that was published before has been delivered', async () => {
      const seen = new Set<unknown>();
      const unwatch = bus.watch({
        follows: () => true,
        event: ({ id }) => seen.add(id),
        gap: () => undefined,
      });
      await eventually(() => bus.isCaughtUp());
      for (let n = 0; n < 200; n += 1) {
        const one = event(n % 2 === 0 ? added : removed, n);
        await bus.publish([one]);
        const asked = [bus.isCaughtUp(), bus.isCaughtUp(), bus.isCaughtUp()];
        for (const isCaughtUp of asked) {
          expect(await isCaughtUp).toBe(true);
          expect(seen).toContain(one.id);
        }
      }
      unwatch();
    });

    it('ends all listeners when it closes', async () => {
      const own = await connect();
      const { done } = collect(own.subscribe(added, { signal: new AbortController().signal }));
      await own.close();
      await done;
    });
  });
}
