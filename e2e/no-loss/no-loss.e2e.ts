import { setTimeout as wait } from 'node:timers/promises';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { eventually } from '@cauce/shared/test/eventually';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { currentWay, startTestPlatform, type TestPlatform } from '../platform/start-platform.ts';
import { publishMany, sentMark } from './publish-many.ts';

/** How many of them; two thousand are published in a second. */
const count = Number(process.env.CAUCE_NO_LOSS_READINGS ?? 6_000);
const pointCodes = demoPoints.filter(({ variables }) => variables.includes('LEVEL')).map(({ code }) => code);

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ seededUrl: inject('seededUrl') });
});
afterAll(async () => platform?.stop());

it(`${count} readings, published while the process that takes them is killed and started again twice, are each stored exactly once and measured`, async () => {
  const lettersBefore = await deadLetters();
  const startedMs = performance.now();
  const storedWhenKilled: number[] = [];
  let killing = Promise.resolve();
  const killAndRevive = async () => {
    await platform.crash('telemetry');
    storedWhenKilled.push(await storedCount());
    // Devices go on meanwhile; the broker keeps what they say.
    await wait(500);
    await platform.revive('telemetry');
  };
  const published = await publishMany({
    mqttUrl: platform.mqttUrl,
    pointCodes,
    count,
    perSecond: 2_000,
    onTenth: async (tenth) => {
      if (tenth === 2) killing = killAndRevive();
      if (tenth !== 6) return;
      await killing;
      killing = killAndRevive();
    },
  });
  const publishedMs = performance.now();
  await killing;
  await eventually(async () => (await storedCount()) >= count, {
    timeoutMs: 150_000,
    what: 'all readings in the database',
  });
  const storedMs = performance.now();
  // Time for what would come twice to come.
  await wait(2_000);

  const ids = published.map(({ id }) => id);
  const { rows } = await platform.pool.query(
    `SELECT count(*)::int AS stored, count(DISTINCT r.message_id)::int AS ids, count(m.measured_at)::int AS measured
     FROM telemetry.raw_readings r
     LEFT JOIN telemetry.measurements m
       ON m.point_id = r.point_id AND m.measured_at = r.measured_at AND m.variable = 'LEVEL' AND m.raw_value = r.value
     WHERE r.message_id = ANY($1)`,
    [ids],
  );
  expect(rows).toEqual([{ stored: count, ids: count, measured: count }]);
  // It was killed in the middle of the work, not before it or after it.
  expect(storedWhenKilled).toHaveLength(2);
  for (const stored of storedWhenKilled) expect(stored).toBeLessThan(count);
  expect(storedWhenKilled[1]).toBeGreaterThan(0);
  expect(await deadLetters()).toBe(lettersBefore);
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  console.log(
    `${currentWay()}: ${count} readings published in ${seconds(publishedMs - startedMs)} s, all stored ${seconds(storedMs - publishedMs)} s later; ` +
      `${storedWhenKilled.join(' and ')} were stored when it was killed`,
  );
}, 240_000);

async function storedCount(): Promise<number> {
  const { rows } = await platform.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM telemetry.raw_readings
     WHERE received_at > now() - interval '1 hour' AND starts_with(message_id, $1)`,
    [sentMark],
  );
  return rows[0]?.count ?? 0;
}

async function deadLetters(): Promise<number> {
  return (await platform.pool.query('SELECT 1 FROM telemetry.dead_letters')).rowCount ?? 0;
}
