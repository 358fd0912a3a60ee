import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { describe, expect, it } from 'vitest';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';
import type { DeviceMessage } from './formats/message-format.ts';
import { createMessageStore } from './message-store.ts';

const now = new Date('2026-11-20T12:00:00Z');
const db = await testDatabase();
const { deps } = await testDeps(db, { clock: fixedClock(now) });
const store = createMessageStore(deps, 'cauce');

// Every statement of every connection that is opened from here on.
let sent = 0;
db.pool.on('connect', (client) => {
  const { query } = client;
  Object.defineProperty(client, 'query', {
    value: (...args: unknown[]) => {
      sent += 1;
      return Reflect.apply(query, client, args);
    },
  });
});

const send = (point: { readonly code: string }, body: string): DeviceMessage => ({
  topic: `cauce/${point.code}/up`,
  payload: Buffer.from(body),
});
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

async function rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await db.pool.query<Row>(sql, [...values])).rows;
}
const countersOf = (point: TestPoint) =>
  rows<{ value: number; delta: number | null; flags: string[] }>(
    `SELECT value, delta::float8, flags FROM telemetry.measurements WHERE point_id = $1 AND variable = 'TOTAL' ORDER BY measured_at`,
    [point.id],
  );
const eventsOf = (point: TestPoint) =>
  rows<{ payload: { measurements: { variable: string; value: number; measuredAt: string }[] } }>(
    `SELECT payload FROM platform.outbox WHERE topic = 'telemetry.measurementAdded' AND key = $1 ORDER BY id`,
    [point.id],
  );

describe('storing device messages', () => {
  it('keeps the raw reading as it came and derives each quantity with the constants of the point', async () => {
    const point = await addPoint(db);
    const at = minutesAgo(5);
    await store([send(point, bodyOf(at, { pulses: 120_934, flow: 12.5, level: 31.2, battery: 3.6 }, 'r-1'))]);
    expect(
      await rows(`SELECT variable, value, message_id FROM telemetry.raw_readings WHERE point_id = $1 ORDER BY 1`, [
        point.id,
      ]),
    ).toEqual([
      { variable: 'battery', value: 3.6, message_id: 'r-1' },
      { variable: 'flow', value: 12.5, message_id: 'r-1' },
      { variable: 'level', value: 31.2, message_id: 'r-1' },
      { variable: 'pulses', value: 120_934, message_id: 'r-1' },
    ]);
    expect(
      await rows(
        `SELECT variable::text, value, unit, measured_at FROM telemetry.latest_measurements WHERE point_id = $1 ORDER BY 1`,
        [point.id],
      ),
    ).toEqual([
      { variable: 'FLOW', value: 12.5, unit: 'l/s', measured_at: at },
      { variable: 'LEVEL', value: 31.2, unit: 'm', measured_at: at },
      { variable: 'TOTAL', value: 12_093.4, unit: 'm3', measured_at: at },
    ]);
    const [event, ...others] = await eventsOf(point);
    expect(others).toEqual([]);
    expect(event?.payload.measurements.map(({ variable, value }) => [variable, value]).sort()).toEqual([
      ['FLOW', 12.5],
      ['LEVEL', 31.2],
      ['TOTAL', 12_093.4],
    ]);
  });

  it('stores a redelivered message once, and tells of it once, also inside one batch', async () => {
    const point = await addPoint(db);
    const message = send(point, bodyOf(minutesAgo(5), { pulses: 10, level: 2 }));
    await store([message, message]);
    // The process died between the commit and the acknowledgement: the broker sends it again.
    await store([message]);
    expect(await rows('SELECT FROM telemetry.raw_readings WHERE point_id = $1', [point.id])).toHaveLength(2);
    expect(await rows('SELECT FROM telemetry.measurements WHERE point_id = $1', [point.id])).toHaveLength(2);
    expect(await eventsOf(point)).toHaveLength(1);
  });

  it('lets the first value stand when a later one contradicts it', async () => {
    const point = await addPoint(db);
    const at = minutesAgo(5);
    await store([send(point, bodyOf(at, { level: 2 }))]);
    await store([send(point, bodyOf(at, { level: 3 }))]);
    expect(await rows('SELECT value FROM telemetry.raw_readings WHERE point_id = $1', [point.id])).toEqual([
      { value: 2 },
    ]);
    expect(await rows('SELECT value FROM telemetry.measurements WHERE point_id = $1', [point.id])).toEqual([
      { value: 2 },
    ]);
  });

  it('gives every counter reading its share whatever the order, and never moves the latest value back', async () => {
    const point = await addPoint(db);
    await store([send(point, bodyOf(minutesAgo(10), { pulses: 30 }))]);
    await store([
      send(point, bodyOf(minutesAgo(20), { pulses: 10 })),
      send(point, bodyOf(minutesAgo(5), { pulses: 45 })),
    ]);
    await store([send(point, bodyOf(minutesAgo(15), { pulses: 18 }))]);
    expect(await countersOf(point)).toEqual([
      { value: 1, delta: null, flags: [] },
      { value: 1.8, delta: 0.8, flags: [] },
      { value: 3, delta: 1.2, flags: [] },
      { value: 4.5, delta: 1.5, flags: [] },
    ]);
    expect(await rows('SELECT value FROM telemetry.latest_measurements WHERE point_id = $1', [point.id])).toEqual([
      { value: 4.5 },
    ]);
  });

  it('flags a counter that began again, and takes the flag back when a late reading explains the step', async () => {
    const point = await addPoint(db, { meterDigits: 3 });
    await store([
      send(point, bodyOf(minutesAgo(20), { pulses: 9_990 })),
      send(point, bodyOf(minutesAgo(10), { pulses: 40 })),
    ]);
    expect(await countersOf(point)).toEqual([
      { value: 999, delta: null, flags: [] },
      { value: 4, delta: 5, flags: ['COUNTER_ROLLOVER'] },
    ]);
    await store([send(point, bodyOf(minutesAgo(15), { pulses: 20 }))]);
    expect(await countersOf(point)).toEqual([
      { value: 999, delta: null, flags: [] },
      { value: 2, delta: 3, flags: ['COUNTER_ROLLOVER'] },
      { value: 4, delta: 2, flags: [] },
    ]);
  });

  it('adds two batches of one point that are stored at the same time into one chain', async () => {
    const point = await addPoint(db);
    await store([send(point, bodyOf(minutesAgo(60), { pulses: 0 }))]);
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((step) => store([send(point, bodyOf(minutesAgo(60 - step), { pulses: step * 10 }))])),
    );
    const counters = await countersOf(point);
    expect(counters.reduce((sum, { delta }) => sum + (delta ?? 0), 0)).toBeCloseTo(6, 9);
    expect(counters.slice(1).every(({ delta }) => delta === 1)).toBe(true);
  });

  it('uses the constants that were in force when the reading was taken', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    await db.pool.query(
      `INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from, pulses_per_liter)
       VALUES ($1, 'TOTAL', 'm3', $2, 1)`,
      [point.id, minutesAgo(30)],
    );
    await store([
      send(point, bodyOf(minutesAgo(31), { pulses: 1_000 })),
      send(point, bodyOf(minutesAgo(29), { pulses: 1_000 })),
    ]);
    expect((await countersOf(point)).map(({ value }) => value)).toEqual([100, 1]);
  });

  it('shows a value out of range as suspect, and counts it', async () => {
    const point = await addPoint(db, { flowMax: 50 });
    await store([send(point, bodyOf(minutesAgo(5), { flow: 51 }))]);
    expect(
      await rows('SELECT value, quality::text, flags FROM telemetry.latest_measurements WHERE point_id = $1', [
        point.id,
      ]),
    ).toEqual([{ value: 51, quality: 'SUSPECT', flags: ['OUT_OF_RANGE'] }]);
  });

  it('holds what a clock far ahead has measured: kept, shown nowhere, and told to nobody', async () => {
    const point = await addPoint(db);
    await store([send(point, bodyOf('2026-11-22T00:00:00Z', { level: 5, pulses: 9 }))]);
    expect(
      await rows('SELECT quality::text, flags FROM telemetry.measurements WHERE point_id = $1', [point.id]),
    ).toEqual([
      { quality: 'HELD', flags: ['CLOCK_AHEAD'] },
      { quality: 'HELD', flags: ['CLOCK_AHEAD'] },
    ]);
    expect(await rows('SELECT FROM telemetry.raw_readings WHERE point_id = $1', [point.id])).toHaveLength(2);
    expect(await rows('SELECT FROM telemetry.latest_measurements WHERE point_id = $1', [point.id])).toEqual([]);
    expect(await eventsOf(point)).toEqual([]);
    // A real reading is not measured against the held one.
    await store([send(point, bodyOf(minutesAgo(1), { pulses: 7 })), send(point, bodyOf(now, { pulses: 9 }))]);
    expect((await countersOf(point)).map(({ delta }) => delta)).toEqual([null, 0.2, null]);
  });

  it('buries what has no point or cannot be read, with the reason, and stores the rest of the batch', async () => {
    const point = await addPoint(db);
    const unknown = JSON.stringify([1, 2].map((level) => JSON.parse(bodyOf(minutesAgo(level), { level }))));
    await store([
      send({ code: 'NOBODY' }, unknown),
      send(point, '<html>'),
      send(point, bodyOf(minutesAgo(5), { level: 4 })),
      { topic: 'cauce/a/b/up', payload: Buffer.from('{}') },
    ]);
    const letters = await rows<{ reason: string; topic: string }>(
      'SELECT reason, topic FROM telemetry.dead_letters ORDER BY reason, topic',
    );
    expect(letters).toEqual([
      { reason: 'INVALID_JSON', topic: `cauce/${point.code}/up` },
      { reason: 'INVALID_TOPIC', topic: 'cauce/a/b/up' },
      { reason: 'UNKNOWN_POINT', topic: 'cauce/NOBODY/up' },
    ]);
    // Kept whole, so that it can be sent in again once the point is there.
    const [stranger] = await rows<{ payload: string }>(
      `SELECT payload FROM telemetry.dead_letters WHERE reason = 'UNKNOWN_POINT'`,
    );
    expect(stranger?.payload).toBe(unknown);
    expect(await rows('SELECT FROM telemetry.raw_readings WHERE point_id = $1', [point.id])).toHaveLength(1);
  });

  it('finds the one message that the database refuses, buries it alone, and stores all others', async () => {
    const point = await addPoint(db);
    await db.pool.query(
      `ALTER TABLE telemetry.measurements ADD CONSTRAINT no_level_of_666 CHECK (value <> 666) NOT VALID`,
    );
    const levels = [...Array(40).keys()].map((index) => (index === 23 ? 666 : index));
    await store(levels.map((level, index) => send(point, bodyOf(minutesAgo(100 - index), { level }))));
    const kept = await rows<{ value: number }>('SELECT value FROM telemetry.measurements WHERE point_id = $1', [
      point.id,
    ]);
    expect(kept.map(({ value }) => value).sort((a, b) => a - b)).toEqual(levels.filter((level) => level !== 666));
    const letters = await rows<{ payload: string }>(
      `SELECT payload FROM telemetry.dead_letters WHERE reason = 'REFUSED_BY_DATABASE'`,
    );
    expect(letters).toHaveLength(1);
    expect(letters[0]?.payload).toContain('666');
    await db.pool.query('ALTER TABLE telemetry.measurements DROP CONSTRAINT no_level_of_666');
  });

  it('stores all of a batch or nothing: a failure after the raw rows takes them back', async () => {
    const point = await addPoint(db);
    // Not the data's fault: the intake must try again later, and finds nothing half done.
    await db.pool.query('ALTER TABLE platform.outbox RENAME TO outbox_away');
    await expect(store([send(point, bodyOf(minutesAgo(5), { level: 1, pulses: 3 }))])).rejects.toThrow('outbox');
    await db.pool.query('ALTER TABLE platform.outbox_away RENAME TO outbox');
    for (const table of ['raw_readings', 'measurements', 'latest_measurements', 'dirty_buckets']) {
      expect(await rows(`SELECT FROM telemetry.${table} WHERE point_id = $1`, [point.id])).toEqual([]);
    }
  });

  it('needs the same number of statements for two messages and for five hundred', async () => {
    const points = await Promise.all([...Array(20).keys()].map(() => addPoint(db)));
    const batch = (size: number, offset: number) =>
      [...Array(size).keys()].map((index) => {
        const point = points[index % points.length];
        if (point === undefined) throw new Error('No point');
        return send(point, bodyOf(minutesAgo(1_000 - offset - index), { pulses: index, flow: 1, level: 2 }));
      });
    const count = async (messages: readonly DeviceMessage[]) => {
      const before = sent;
      await store(messages);
      return sent - before;
    };
    await store(batch(20, 0));
    const few = await count(batch(2, 20));
    expect(few).toBeGreaterThan(5);
    expect(await count(batch(500, 22))).toBe(few);
  });
});
