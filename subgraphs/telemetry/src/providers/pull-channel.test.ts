import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderFailure } from './provider-failure.ts';
import { type ChannelPullDeps, pullChannel } from './pull-channel.ts';
import { type ChannelCursor, moveCursor, noCursor, readCursors, writeCursors } from './pull-cursor.ts';
import type { PulledValue } from './source-of-readings.ts';

const hour = 3_600_000;
const pulling = { backfillDays: 10, overlapMinutes: 60, sweepDays: 5 };

/** A provider, its faults, and what we have kept of it, on one clock. */
function world() {
  let now = Date.parse('2026-11-20T12:00:00Z');
  const state = {
    there: new Set<number>(),
    kept: new Map<number, number>(),
    cursor: noCursor,
    isDown: false,
    crash: null as 'before' | 'after' | null,
    windows: 0,
    tooMany: Infinity,
    order: (values: PulledValue[]) => values,
  };
  const deps: ChannelPullDeps = {
    pulling,
    now: () => new Date(now),
    hasTime: () => true,
    signal: new AbortController().signal,
    source: {
      read: async ({ from, to }) => {
        state.windows += 1;
        if (state.isDown) throw new ProviderFailure('UNAVAILABLE', 'down');
        const rows = [...state.there].filter((at) => at >= from.getTime() && at <= to.getTime());
        if (rows.length > state.tooMany) throw new ProviderFailure('TOO_MANY', 'too many');
        const values = rows.map((at) => ({ id: null, measuredAt: new Date(at), value: at, unit: null }));
        return { values: state.order(values), unreadable: [] };
      },
    },
    keep: async ({ values, cursor }) => {
      if (state.crash === 'before') throw new Error('killed');
      // As the row keeps it.
      for (const { measuredAt } of values)
        state.kept.set(measuredAt.getTime(), (state.kept.get(measuredAt.getTime()) ?? 0) + 1);
      state.cursor = stored(moveCursor(state.cursor, cursor));
      if (state.crash === 'after') throw new Error('killed');
    },
  };
  const pull = () =>
    pullChannel(deps, { deviceId: 'd', channel: 'c', cursor: state.cursor }).catch((error: unknown) => {
      if (!(error instanceof ProviderFailure) && !(error instanceof Error && error.message === 'killed')) throw error;
      return false;
    });
  return {
    state,
    deps,
    pull,
    pass: (ms: number) => {
      now += ms;
    },
    now: () => now,
  };
}

function stored(cursor: ChannelCursor): ChannelCursor {
  return readCursors(JSON.parse(writeCursors(new Map([['c', cursor]])))).get('c') ?? noCursor;
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('measure' as const),
    lateMinutes: fc.oneof(fc.integer({ min: -1_100, max: 60 }), fc.integer({ min: 0, max: 5 * 1_440 })),
    count: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({
    kind: fc.constant('pass' as const),
    minutes: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 * 1_440 })),
  }),
  fc.record({
    kind: fc.constant('pull' as const),
    fault: fc.constantFrom('none' as const, 'down' as const, 'before' as const, 'after' as const),
  }),
);

describe('pulling a channel', () => {
  it('ends with exactly the readings of the source, whatever outages, crashes, repeats, disorder and lateness there were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        fc.constantFrom(30, 200, Infinity),
        async (steps, isDoubled, tooMany) => {
          const { state, pull, pass, now } = world();
          state.tooMany = tooMany;
          state.order = (values) => (isDoubled ? [...values.toReversed(), ...values] : values);
          for (const one of steps) {
            if (one.kind === 'pass') pass(one.minutes * 60_000);
            else if (one.kind === 'measure') {
              // One a minute, so that a window can always be cut short enough.
              for (let n = 0; n < one.count; n += 1)
                state.there.add(Math.floor(now() / 60_000) * 60_000 - (one.lateMinutes - n) * 60_000);
            } else {
              state.isDown = one.fault === 'down';
              state.crash = one.fault === 'before' || one.fault === 'after' ? one.fault : null;
              await pull();
              state.isDown = false;
              state.crash = null;
            }
          }
          // Well again: the next look back is at most a day away, and clocks that ran ahead are caught up with.
          await pull();
          pass(25 * hour);
          await pull();
          const looked = now() - 25 * hour - pulling.backfillDays * 24 * hour;
          const wanted = [...state.there].filter((at) => at >= looked);
          expect(wanted.filter((at) => !state.kept.has(at))).toEqual([]);
          expect([...state.kept.keys()].filter((at) => !state.there.has(at))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('asks once for what is new when nothing is wrong', async () => {
    const { state, pull, pass, now } = world();
    state.there.add(now());
    await pull();
    state.windows = 0;
    pass(300_000);
    state.there.add(now());
    expect(await pull()).toBe(true);
    expect(state.windows).toBe(1);
  });

  it('moves its cursor to what it has seen and never beyond our clock', async () => {
    const { state, pull, now } = world();
    state.there.add(now() - hour).add(now() + 5 * hour);
    await pull();
    expect(state.cursor.through?.getTime()).toBe(now() - hour);
    expect(state.kept.size).toBe(2);
  });

  it('leaves the rest to the next run when its time is over, and loses nothing by it', async () => {
    const { state, deps, now } = world();
    for (let day = 0; day < 10; day += 1) state.there.add(now() - day * 24 * hour);
    let runs = 0;
    for (let isDone = false; !isDone && runs < 20; runs += 1) {
      isDone = await pullChannel(
        { ...deps, hasTime: () => false },
        { deviceId: 'd', channel: 'c', cursor: state.cursor },
      );
    }
    expect(runs).toBeGreaterThan(1);
    expect(state.kept.size).toBe(10);
  });
});
