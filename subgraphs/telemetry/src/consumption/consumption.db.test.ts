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

// Midnight in Santiago is 03:00Z. One reading at each midnight, and a day with a spike and a reset between.
const readings = [
  ['2026-11-17T03:00:00Z', 1_000],
  ['2026-11-18T02:00:00Z', 1_100],
  ['2026-11-18T03:00:00Z', 1_110],
  ['2026-11-18T10:00:00Z', 9_000_000],
  ['2026-11-18T11:00:00Z', 1_150],
  ['2026-11-18T12:00:00Z', 20],
  ['2026-11-19T03:00:00Z', 70],
] as const;
await store(
  readings.map(([at, pulses]) => ({ topic: `cauce/${point.code}/up`, payload: Buffer.from(bodyOf(at, { pulses })) })),
);

const ask = (from: string, to: string) =>
  `{ catchmentPoint(code: "${point.code}") { consumption(range: { from: "${from}", to: "${to}" }) {
    volumeM3 opensM3 closesM3 parts { kind readings volumeM3 } steps { kind at standM3 volumeM3 since sinceM3 } } } }`;

describe('CatchmentPoint.consumption', () => {
  it('is the difference of the stands at both midnights on a plain day', async () => {
    expect(await world.get(ask('2026-11-17', '2026-11-17'), testAdmin())).toEqual({
      catchmentPoint: {
        consumption: {
          ...{ volumeM3: '11', opensM3: 100, closesM3: 111 },
          parts: [{ kind: 'NORMAL', readings: 2, volumeM3: '11' }],
          steps: [],
        },
      },
    });
  });

  it('tells which readings made it something else, and the parts add up to it', async () => {
    expect(await world.get(ask('2026-11-18', '2026-11-18'), testAdmin())).toEqual({
      catchmentPoint: {
        consumption: {
          ...{ volumeM3: '11', opensM3: 111, closesM3: 7 },
          parts: [
            { kind: 'NORMAL', readings: 2, volumeM3: '9' },
            { kind: 'RESET', readings: 1, volumeM3: '2' },
            { kind: 'SPIKE', readings: 1, volumeM3: '0' },
          ],
          steps: [
            {
              ...{ kind: 'RESET', at: '2026-11-18T12:00:00.000Z', standM3: 2, volumeM3: '2' },
              ...{ since: '2026-11-18T11:00:00.000Z', sinceM3: 115 },
            },
            {
              ...{ kind: 'SPIKE', at: '2026-11-18T10:00:00.000Z', standM3: 900_000, volumeM3: null },
              ...{ since: '2026-11-18T03:00:00.000Z', sinceM3: 111 },
            },
          ],
        },
      },
    });
  });

  it('takes as many statements for many points as for one, and is not there for who does not reach the point', async () => {
    const other = await addPoint(db, { siteId: point.siteId });
    const many = (code: string) =>
      world.get(
        `{ catchmentPoints(filter: { search: "${code}" }) { edges { node { consumption(range: { from: "2026-11-17", to: "2026-11-18" }) { volumeM3 } } } } }`,
        testAdmin(),
      );
    const one = await world.countStatements(() => many(other.code));
    expect(await world.countStatements(() => many('POZO'))).toBe(one);
    const stranger = testViewer({ companyIds: 'all', siteIds: [] });
    expect(await world.get(ask('2026-11-17', '2026-11-17'), stranger)).toEqual({ catchmentPoint: null });
  });

  it('refuses a period that runs backwards', async () => {
    expect(await world.refused(ask('2026-11-18', '2026-11-17'), testAdmin())).toBe('BAD_USER_INPUT');
  });
});
