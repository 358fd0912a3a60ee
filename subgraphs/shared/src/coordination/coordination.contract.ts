import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../test/eventually.ts';
import type { Coordination } from './create-coordination.ts';

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What coordination promises on any store. `connect` gives one more process' view of the same store. */
export function coordinationContract(name: string, connect: () => Promise<Coordination>, isShared: boolean): void {
  describe(`coordination on ${name}`, () => {
    let one: Coordination;
    let two: Coordination;
    beforeAll(async () => {
      one = await connect();
      two = isShared ? await connect() : one;
    });
    afterAll(async () => {
      await one.close();
      if (two !== one) await two.close();
    });

    describe('cache', () => {
      it('loads a value once for many callers at a time, and gives each a copy of its own', async () => {
        let loads = 0;
        const load = async () => {
          loads += 1;
          await later(20);
          return { n: 1, at: new Date(0) as unknown };
        };
        const values = await Promise.all(
          Array.from({ length: 50 }, () => one.cache.getOrSet('stampede', { ttlMs: 10_000 }, load)),
        );
        expect(loads).toBe(1);
        expect(values[0]).toEqual({ n: 1, at: '1970-01-01T00:00:00.000Z' });
        if (values[0]) values[0].n = 99;
        expect(await two.cache.getOrSet('stampede', { ttlMs: 10_000 }, load)).toEqual({
          n: 1,
          at: '1970-01-01T00:00:00.000Z',
        });
        expect(loads).toBe(1);
      });

      it('keeps null, false and nothing at all like any value', async () => {
        for (const [key, value] of [
          ['null', null],
          ['false', false],
          ['nothing', undefined],
          ['zero', 0],
        ] as const) {
          expect(await one.cache.getOrSet(key, { ttlMs: 10_000 }, async () => value)).toBe(value);
          expect(await two.cache.getOrSet<unknown>(key, { ttlMs: 10_000 }, async () => 'other')).toBe(value);
        }
      });

      it('loads again when the time is up', async () => {
        let n = 0;
        const load = async () => (n += 1);
        expect(await one.cache.getOrSet('short', { ttlMs: 40 }, load)).toBe(1);
        await later(60);
        expect(await one.cache.getOrSet('short', { ttlMs: 40 }, load)).toBe(2);
      });

      it('gives no value of an invalidated tag again, in no process', async () => {
        let n = 0;
        const load = async () => (n += 1);
        const options = { ttlMs: 60_000, tags: ['user:1', 'role:2'] };
        expect(await one.cache.getOrSet('rights', options, load)).toBe(1);
        expect(await two.cache.getOrSet('rights', options, load)).toBe(1);
        await one.cache.invalidateTags(['role:2']);
        expect(await two.cache.getOrSet('rights', options, load)).toBe(2);
        expect(await one.cache.getOrSet('rights', options, load)).toBe(2);
        await two.cache.invalidateTags(['unrelated']);
        expect(await one.cache.getOrSet('rights', options, load)).toBe(2);
        await two.cache.delete('rights');
        expect(await one.cache.getOrSet('rights', options, load)).toBe(3);
      });

      it('does not keep a value that was being loaded when its tag was invalidated', async () => {
        let answer = 'old';
        let release: () => void = () => {};
        let isLoading = false;
        const options = { ttlMs: 60_000, tags: ['doc:1'] };
        const slow = one.cache.getOrSet('doc', options, async () => {
          const read = answer;
          isLoading = true;
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return read;
        });
        await eventually(() => isLoading);
        answer = 'new';
        await two.cache.invalidateTags(['doc:1']);
        expect(await one.cache.getOrSet('doc', options, async () => answer)).toBe('new');
        release();
        expect(await slow).toBe('old');
        expect(await one.cache.getOrSet('doc', options, async () => answer)).toBe('new');
        expect(await two.cache.getOrSet('doc', options, async () => answer)).toBe('new');
      });

      it('hands the error of a load to its callers and keeps nothing of it', async () => {
        const failing = () =>
          one.cache.getOrSet('broken', { ttlMs: 10_000 }, () => Promise.reject(new RangeError('no')));
        const results = await Promise.allSettled([failing(), failing()]);
        for (const result of results)
          expect(result).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) });
        expect(await one.cache.getOrSet('broken', { ttlMs: 10_000 }, async () => 'fine')).toBe('fine');
      });
    });

    describe('locks', () => {
      it('lets one at a time work, and the next when it is done', async () => {
        let working = 0;
        let most = 0;
        const work = async () => {
          working += 1;
          most = Math.max(most, working);
          await later(20);
          working -= 1;
          return 'done';
        };
        const results = await Promise.all([
          ...Array.from({ length: 10 }, () => one.locks.tryRun('sync', 5_000, work)),
          ...Array.from({ length: 10 }, () => two.locks.tryRun('sync', 5_000, work)),
        ]);
        expect(most).toBe(1);
        expect(results.filter((result) => result !== null)).toEqual([{ value: 'done' }]);
        expect(await two.locks.tryRun('sync', 5_000, work)).toEqual({ value: 'done' });
      });

      it('holds the lock for as long as the work takes, however short its time', async () => {
        const long = one.locks.tryRun('long', 300, async (signal) => {
          await later(900);
          return signal.aborted;
        });
        await later(600);
        expect(await two.locks.tryRun('long', 300, async () => 'stolen')).toBeNull();
        expect(await long).toEqual({ value: false });
      });

      it('gives the lock back when the work fails, and hands over its error', async () => {
        await expect(one.locks.tryRun('fail', 5_000, () => Promise.reject(new RangeError('no')))).rejects.toThrow(
          RangeError,
        );
        expect(await two.locks.tryRun('fail', 5_000, async () => 1)).toEqual({ value: 1 });
      });
    });

    describe('rate limits', () => {
      const limit = { name: 'test.sign-in', points: 3, windowSeconds: 60 };

      it('counts all processes together and says when to come back', async () => {
        await one.rateLimits.consume(limit, 'ana@empresa.example');
        await two.rateLimits.consume(limit, 'ana@empresa.example', 2);
        await one.rateLimits.consume(limit, 'luis@empresa.example');
        await expect(two.rateLimits.consume(limit, 'ana@empresa.example')).rejects.toMatchObject({
          code: 'RATE_LIMITED',
          detail: { limit: 'test.sign-in', retryAfterSeconds: expect.any(Number) },
        });
      });

      it('forgets what a key has used when told so', async () => {
        await one.rateLimits.consume(limit, 'eva', 3);
        await two.rateLimits.reset(limit, 'eva');
        await one.rateLimits.consume(limit, 'eva', 3);
      });

      it('keeps a key that ran dry shut for longer than the window when told so', async () => {
        const strict = { name: 'test.strict', points: 1, windowSeconds: 1, blockSeconds: 600 };
        await one.rateLimits.consume(strict, 'x');
        const refusal = await one.rateLimits.consume(strict, 'x').catch((error: unknown) => error);
        expect(refusal).toMatchObject({ detail: { retryAfterSeconds: 600 } });
      });

      it('opens again when the window is over', async () => {
        const brief = { name: 'test.brief', points: 1, windowSeconds: 1 };
        await one.rateLimits.consume(brief, 'x');
        await expect(one.rateLimits.consume(brief, 'x')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
        await later(1_100);
        await one.rateLimits.consume(brief, 'x');
      });
    });

    describe('quota counters', () => {
      const endsAtMs = Date.now() + 60_000;
      const both = (minute: number, day: number) => [
        { id: 'minute:1', limit: minute, endsAtMs },
        { id: 'day:1', limit: day, endsAtMs },
      ];

      it('lets requests side by side in all processes spend the limit and not one unit more', async () => {
        const windows = both(1_000, 5_000);
        const taken = await Promise.all(
          Array.from({ length: 400 }, (_, n) =>
            (n % 2 === 0 ? one : two).quotaCounters.take('side-by-side', 7, windows),
          ),
        );
        expect(taken.filter(({ refusedBy }) => refusedBy === null)).toHaveLength(142);
        expect(Math.max(...taken.flatMap(({ spent }) => spent))).toBe(994);
        expect((await one.quotaCounters.take('side-by-side', 7, windows)).refusedBy).toBe(0);
        expect(await two.quotaCounters.take('side-by-side', 6, windows)).toEqual({
          refusedBy: null,
          spent: [1_000, 1_000],
          earlier: [[], []],
        });
      });

      it('takes nothing from one window when another has too little left', async () => {
        await one.quotaCounters.take('whole', 90, both(100, 95));
        expect(await one.quotaCounters.take('whole', 10, both(100, 95))).toMatchObject({
          refusedBy: 1,
          spent: [90, 90],
        });
        expect(await two.quotaCounters.take('whole', 5, both(100, 95))).toMatchObject({
          refusedBy: null,
          spent: [95, 95],
        });
      });

      it('holds what was spent in earlier stretches against the limit, and counts it in its own stretch alone', async () => {
        const slot = (n: number) => ({
          ...{ id: `slot:${n}`, limit: 100, endsAtMs },
          earlier: [`slot:${n - 2}`, `slot:${n - 1}`],
        });
        const take = (n: number, units: number) =>
          (n % 2 === 0 ? one : two).quotaCounters.take('slides', units, [slot(n)]);
        expect(await take(1, 60)).toEqual({ refusedBy: null, spent: [60], earlier: [[0, 0]] });
        expect(await take(2, 30)).toEqual({ refusedBy: null, spent: [90], earlier: [[0, 60]] });
        expect(await take(3, 11)).toEqual({ refusedBy: 0, spent: [90], earlier: [[60, 30]] });
        expect(await take(4, 70)).toEqual({ refusedBy: null, spent: [100], earlier: [[30, 0]] });
        expect(await take(4, 1)).toMatchObject({ refusedBy: 0 });
      });

      it('starts from what was spent before, once, and keeps holders apart', async () => {
        const [day] = [{ id: 'day:2', limit: 100, endsAtMs, spentBefore: 60 }];
        expect((await one.quotaCounters.take('late', 30, [day])).spent).toEqual([90]);
        expect((await two.quotaCounters.take('late', 30, [day])).refusedBy).toBe(0);
        expect((await two.quotaCounters.take('late', 5, [{ ...day, spentBefore: 95 }])).spent).toEqual([95]);
        expect((await two.quotaCounters.take('other', 40, [day])).refusedBy).toBeNull();
      });
    });
  });
}
