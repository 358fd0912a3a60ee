import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { refreshRollups } from '../rollups/refresh-rollups.ts';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: fixedClock(now) });
const store = createMessageStore(world.deps, 'cauce');
const admin = testAdmin();
const point = await addPoint(db, { samplingMinutes: 15 });

// Three days of quarter hours, midnight in Santiago being 03:00Z: one cubic metre each, a level that swings.
const start = Date.parse('2026-11-17T03:00:00Z');
const quarter = 15 * 60_000;
const quarters = 3 * 96;
await store(
  Array.from({ length: quarters }, (_, index) => ({
    topic: `cauce/${point.code}/up`,
    payload: Buffer.from(
      bodyOf(new Date(start + index * quarter), { pulses: 10 * index, level: index === 100 ? 55 : 30 + (index % 8) }),
    ),
  })),
);
await refreshRollups(db.client);

interface Series {
  readonly unit: string;
  readonly grain: string;
  readonly joined: number;
  readonly aggregate: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly {
    readonly at: string;
    readonly value: number | null;
    readonly min: number;
    readonly max: number;
    readonly count: number;
  }[];
}

async function series(args: string): Promise<Series> {
  const result = await world.ask(
    `{ catchmentPoint(code: "${point.code}") { series(${args}) { unit grain joined aggregate from to points { at value min max count } } } }`,
    admin,
  );
  expect(result.errors).toBeUndefined();
  const data: { catchmentPoint: { series: Series } } = JSON.parse(JSON.stringify(result.data));
  return data.catchmentPoint.series;
}

describe('CatchmentPoint.series', () => {
  it('reads every measurement of a short period, cut in the zone of the point', async () => {
    const answer = await series('variable: LEVEL, range: { from: "2026-11-18", to: "2026-11-18" }');
    expect(answer).toMatchObject({
      unit: 'm',
      grain: 'RAW',
      joined: 1,
      aggregate: 'AVERAGE',
      from: '2026-11-18T03:00:00.000Z',
      to: '2026-11-19T03:00:00.000Z',
    });
    expect(answer.points).toHaveLength(96);
    expect(answer.points[4]).toEqual({ at: '2026-11-18T04:00:00.000Z', value: 55, min: 55, max: 55, count: 1 });
  });

  it('adds up a counter by day: the sum of its days is what it moved', async () => {
    const answer = await series('variable: TOTAL, range: { from: "2026-11-17", to: "2026-11-19" }, grain: DAY');
    expect(answer).toMatchObject({ unit: 'm3', grain: 'DAY', aggregate: 'DELTA' });
    expect(answer.points.map(({ at, value }) => [at, value])).toEqual([
      ['2026-11-17T03:00:00.000Z', 96],
      ['2026-11-18T03:00:00.000Z', 96],
      ['2026-11-19T03:00:00.000Z', 95],
    ]);
  });

  it('takes any aggregate of a bucket, and keeps its extremes beside it', async () => {
    const average = await series('variable: LEVEL, range: { from: "2026-11-17", to: "2026-11-17" }, grain: HOUR');
    expect(average.points).toHaveLength(24);
    expect(average.points[0]).toEqual({ at: '2026-11-17T03:00:00.000Z', value: 31.5, min: 30, max: 33, count: 4 });
    const highest = await series(
      'variable: LEVEL, range: { from: "2026-11-18", to: "2026-11-18" }, grain: DAY, aggregate: MAXIMUM',
    );
    expect(highest.points.map(({ value }) => value)).toEqual([55]);
  });

  it('never answers more points than asked for, and loses no extreme by it', async () => {
    const answer = await series('variable: LEVEL, range: { from: "2026-11-17", to: "2026-11-19" }, maxPoints: 10');
    expect(answer.points.length).toBeLessThanOrEqual(10);
    expect(answer.joined).toBe(29);
    expect(Math.max(...answer.points.map(({ max }) => max))).toBe(55);
    expect(answer.points.reduce((sum, { count }) => sum + count, 0)).toBe(quarters);
  });

  it('takes instants as well; of a counter the readings after the first and up to the last', async () => {
    const answer = await series(
      'variable: TOTAL, between: { from: "2026-11-17T03:15:00Z", to: "2026-11-17T03:45:00Z" }',
    );
    expect(answer.points.map(({ at, value }) => [at, value])).toEqual([
      ['2026-11-17T03:30:00.000Z', 1],
      ['2026-11-17T03:45:00.000Z', 1],
    ]);
  });

  it('is empty for a quantity that the point does not measure', async () => {
    expect((await series('variable: PH, range: { from: "2026-11-17", to: "2026-11-17" }')).points).toEqual([]);
  });

  it.each([
    ['no period', 'variable: LEVEL'],
    [
      'two periods',
      'variable: LEVEL, range: { from: "2026-11-17", to: "2026-11-17" }, between: { from: "2026-11-17T03:15:00Z", to: "2026-11-17T03:45:00Z" }',
    ],
    ['a period that runs backwards', 'variable: LEVEL, range: { from: "2026-11-17", to: "2026-11-16" }'],
    ['one point', 'variable: LEVEL, range: { from: "2026-11-17", to: "2026-11-17" }, maxPoints: 1'],
  ])('refuses %s', async (_name, args) => {
    expect(await world.refused(`{ catchmentPoint(code: "${point.code}") { series(${args}) { grain } } }`, admin)).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('reads the series of many points in the statements of one', async () => {
    for (let index = 0; index < 8; index += 1) await addPoint(db, { siteId: point.siteId, samplingMinutes: 15 });
    const ask = (code: string) =>
      world.get(
        `{ catchmentPoints(filter: { ${code} }) { edges { node { series(variable: LEVEL, range: { from: "2026-11-18", to: "2026-11-18" }) { points { value } } } } } }`,
        admin,
      );
    const one = await world.countStatements(() => ask(`search: "${point.code}"`));
    const nine = await world.countStatements(() => ask(`siteIds: ["${point.siteId}"]`));
    expect(nine).toBe(one);
  });
});
