import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '@cauce/shared/test/eventually';
import type { GraphClient } from '../platform/graph-client.ts';
import { declared } from './declared.ts';

export interface Overheard {
  /** What who may hear it heard: shows that something happened. */
  readonly own: readonly string[];
  /** What the other one heard. */
  readonly others: readonly string[];
}

/**
 * Two people subscribe to the same; something happens to the first one's. Waits until the first has heard of it, and
 * then as long again, and a second more, for the other one.
 */
export async function overhear(
  people: { readonly own: GraphClient; readonly other: GraphClient },
  subscriptions: readonly string[],
  variables: Readonly<Record<string, unknown>>,
  happen: () => Promise<unknown>,
): Promise<Overheard> {
  const own: string[] = [];
  const others: string[] = [];
  const sockets = [people.own.connect(), people.other.connect()];
  const [ownSocket, otherSocket] = sockets;
  for (const query of subscriptions) {
    for (const [socket, heard] of [
      [ownSocket, own],
      [otherSocket, others],
    ] as const) {
      const keep = (value: unknown) => heard.push(JSON.stringify(value));
      socket?.subscribe(
        { query, variables: declared(query, variables) },
        { next: keep, error: keep, complete: () => {} },
      );
    }
  }
  await wait(1_000);
  const startedMs = performance.now();
  await happen();
  await eventually(() => own.length >= subscriptions.length, {
    timeoutMs: 15_000,
    what: `an event for each of ${subscriptions.join()}, not only ${own.join()}`,
  });
  await wait(performance.now() - startedMs + 1_000);
  for (const socket of sockets) await socket.dispose();
  return { own, others };
}
