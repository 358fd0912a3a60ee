import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMessageLanes } from './message-lanes.ts';

interface Said {
  readonly device: string;
  readonly number: number;
}

function lanesOf(store: (batch: readonly Said[]) => Promise<void>, onStored: (batch: readonly Said[]) => void) {
  return createMessageLanes<Said>({
    ...{ lanes: 3, keyOf: ({ device }) => device, store, onStored, sizeOf: () => 1, log: silentLog },
    ...{ batchSize: 4, batchBytes: 1_000, lingerMs: 0, maxWaiting: 12, maxWaitingBytes: 1_000, retryMs: [1, 2] },
  });
}

it('everything is told once and in the order of arrival, and stored in the order of each device, whatever fails or is slow', async () => {
  const message = fc.record({
    device: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    turns: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 60 }),
      fc.array(fc.boolean(), { maxLength: 20 }),
      async (list, fails) => {
        const stored: Said[] = [];
        const told: Said[] = [];
        const failures = [...fails];
        const lanes = lanesOf(
          async (batch) => {
            for (let turn = 0; turn < (list[batch[0]?.number ?? 0]?.turns ?? 0); turn += 1) {
              await new Promise((resolve) => setImmediate(resolve));
            }
            if (failures.pop() === true) throw new Error('The database is away');
            stored.push(...batch);
          },
          (batch) => told.push(...batch),
        );
        const all = list.map(({ device }, number) => ({ device, number }));
        for (const said of all) {
          if (lanes.isFull) await new Promise<void>((resolve) => lanes.whenRoom(resolve));
          lanes.add(said);
        }
        await eventually(() => told.length === all.length);
        expect(told).toEqual(all);
        for (const own of Map.groupBy(stored, ({ device }) => device).values()) {
          expect(own).toEqual(own.toSorted((a, b) => a.number - b.number));
        }
        await lanes.stop();
      },
    ),
    { numRuns: 60 },
  );
});

it('what is dropped holds up nobody, also while it is being stored', async () => {
  const told: Said[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const lanes = lanesOf(
    async (batch) => {
      if (batch.some(({ device }) => device === 'a')) await opened;
    },
    (batch) => told.push(...batch),
  );
  lanes.add({ device: 'a', number: 0 });
  await new Promise((resolve) => setTimeout(resolve, 10));
  // Of another lane.
  lanes.add({ device: 'c', number: 1 });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(told).toEqual([]);
  lanes.drop(({ device }) => device === 'a');
  await eventually(() => told.length === 1);
  open();
  lanes.add({ device: 'a', number: 2 });
  await eventually(() => told.length === 2);
  expect(told.map(({ number }) => number)).toEqual([1, 2]);
  await lanes.stop();
});
