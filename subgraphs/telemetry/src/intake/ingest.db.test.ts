import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { createMessageStore } from './message-store.ts';

const db = await testDatabase();
const world = await telemetryWorld(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const point = await addPoint(db);
const device = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });

const ingest = `mutation ($input: IngestReadingsInput!) {
  ingestReadings(input: $input) {
    __typename
    ... on IngestedReadings { received stored duplicates conflicts rejected { id reason } }
    ... on Conflict { reason }
    ... on ValidationFailed { fields { path } }
  }
}`;
const reading = (id: string, minute: number, values: Readonly<Record<string, number>>, code = point.code) => ({
  id,
  pointCode: code,
  measuredAt: new Date(Date.UTC(2026, 10, 20, 11, minute)).toISOString(),
  values: Object.entries(values).map(([channel, value]) => ({ channel, value })),
});
const send = async (readings: readonly unknown[], id: string = randomUUID(), viewer = device) =>
  (await world.get(ingest, viewer, { input: { id, readings } })).ingestReadings;

async function countOf(table: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0]?.count ?? 0;
}

describe('ingestReadings', () => {
  it('stores readings as the broker’s are: raw, derived, latest, told of, and audited', async () => {
    expect(await send([reading('a', 0, { pulses: 100, level: 3 }), reading('b', 5, { pulses: 120 })])).toEqual({
      __typename: 'IngestedReadings',
      received: 2,
      stored: 2,
      duplicates: 0,
      conflicts: 0,
      rejected: [],
    });
    const { rows } = await db.pool.query(
      `SELECT value, delta::float8 FROM telemetry.measurements WHERE point_id = $1 AND variable = 'TOTAL' ORDER BY measured_at`,
      [point.id],
    );
    expect(rows).toEqual([
      { value: 10, delta: null },
      { value: 12, delta: 2 },
    ]);
    const { rows: entries } = await db.pool.query(
      `SELECT actor_id, company_id, site_id FROM access.audit_log WHERE action = 'telemetry.ingestReadings'`,
    );
    expect(entries).toEqual([{ actor_id: device.id, company_id: point.companyId, site_id: point.siteId }]);
  });

  it('gives a repeated request the first answer and changes nothing, also when both come at once', async () => {
    const readings = [reading('c', 10, { level: 1 })];
    const id = randomUUID();
    const before = await countOf('telemetry.raw_readings');
    const answers = await Promise.all([send(readings, id), send(readings, id), send(readings, id)]);
    answers.push(await send(readings, id));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ stored: 1, duplicates: 0 });
    expect(await countOf('telemetry.raw_readings')).toBe(before + 1);
  });

  it('stores as many values as it takes at once within its time, and refuses more before it begins', async () => {
    const many = await addPoint(db, { companyId: point.companyId, siteId: point.siteId });
    const values = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`c${index}`, index]));
    const readings = Array.from({ length: 2_000 }, (_, index) => ({
      ...reading(`m${index}`, 0, values, many.code),
      measuredAt: new Date(Date.UTC(2026, 10, 19) + index * 1_000).toISOString(),
    }));
    expect(await send(readings)).toEqual({ __typename: 'ValidationFailed', fields: [{ path: 'readings' }] });
    expect(await send(readings.slice(0, 312))).toMatchObject({ stored: 312 });
  });

  it('refuses another request under a known id', async () => {
    const id = randomUUID();
    await send([reading('d', 11, { level: 1 })], id);
    expect(await send([reading('d', 11, { level: 2 })], id)).toEqual({ __typename: 'Conflict', reason: 'ID_REUSED' });
  });

  it('knows readings that came another way or in another request, and lets the first value stand', async () => {
    const body = bodyOf('2026-11-20T11:20:00Z', { level: 7 }, 'e');
    await createMessageStore(world.deps, 'cauce')([{ topic: `cauce/${point.code}/up`, payload: Buffer.from(body) }]);
    expect(await send([reading('e', 20, { level: 7 }), reading('f', 21, { level: 1 })])).toMatchObject({
      stored: 1,
      duplicates: 1,
    });
    expect(await send([reading('g', 20, { level: 8 })])).toMatchObject({ stored: 0, duplicates: 0, conflicts: 1 });
  });

  it('rejects what it cannot store with a reason each, and stores the rest', async () => {
    const impossible = { ...reading('i', 0, { level: 1 }), measuredAt: '1970-01-01T00:00:00Z' };
    expect(
      await send([reading('h', 30, { level: 1 }), impossible, reading('j', 31, { level: 1 }, 'NOBODY')]),
    ).toMatchObject({
      received: 3,
      stored: 1,
      rejected: [
        { id: 'i', reason: 'IMPOSSIBLE_TIME' },
        { id: 'j', reason: 'UNKNOWN_POINT' },
      ],
    });
    expect(await countOf('telemetry.dead_letters')).toBe(0);
  });

  it.each([
    ['no readings', [], 'readings'],
    ['two readings of one id', [reading('k', 1, { level: 1 }), reading('k', 2, { level: 1 })], 'readings'],
    ['a reading without values', [reading('k', 1, {})], 'readings.0.values'],
  ])('refuses %s at its field', async (_name, readings, path) => {
    expect(await send(readings)).toEqual({ __typename: 'ValidationFailed', fields: [{ path }] });
  });
});
