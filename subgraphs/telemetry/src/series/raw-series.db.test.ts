import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const store = createMessageStore(world.deps, 'cauce');
const point = await addPoint(db);

const start = Date.parse('2026-11-19T00:00:00Z');
await store(
  Array.from({ length: 100 }, (_, index) => ({
    topic: `cauce/${point.code}/up`,
    payload: Buffer.from(
      bodyOf(new Date(start + index * 300_000), { pulses: 1_000 + index, level: index === 57 ? 1_000_000 : 30 }),
    ),
  })),
);

const ask = (args: string, viewer = testAdmin()) =>
  world.ask(
    `{ catchmentPoint(code: "${point.code}") { rawSeries(${args}) { channel points { at last min max count } } } }`,
    viewer,
  );
const day = 'between: { from: "2026-11-19T00:00:00Z", to: "2026-11-20T00:00:00Z" }';

describe('CatchmentPoint.rawSeries', () => {
  it('tells what the device said, as it came and before any constant', async () => {
    const { data } = await ask(`variable: TOTAL, ${day}`);
    const points = Array.from({ length: 100 }, (_, index) => {
      const said = 1_000 + index;
      return { at: new Date(start + index * 300_000).toISOString(), last: said, min: said, max: said, count: 1 };
    });
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      catchmentPoint: { rawSeries: [{ channel: 'pulses', points }] },
    });
  });

  it('gathers what is more than was asked for, and keeps an outlier that derivation refuses', async () => {
    const { data } = await ask(`variable: LEVEL, ${day}, maxPoints: 12`);
    const [series] = JSON.parse(JSON.stringify(data)).catchmentPoint.rawSeries;
    expect(series.points.length).toBeLessThanOrEqual(12);
    expect(Math.max(...series.points.map(({ max }: { readonly max: number }) => max))).toBe(1_000_000);
    const counts: readonly number[] = series.points.map(({ count }: { readonly count: number }) => count);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
  });

  it('refuses a period that would read too much', async () => {
    const { errors } = await ask(
      'variable: LEVEL, between: { from: "2025-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }',
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('tells nothing to who does not reach the point', async () => {
    const { data } = await ask(`variable: TOTAL, ${day}`, testViewer({ companyIds: [], siteIds: [] }));
    expect(data).toEqual({ catchmentPoint: null });
  });
});
