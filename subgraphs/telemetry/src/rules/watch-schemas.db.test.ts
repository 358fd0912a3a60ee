import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchRulesJob } from '../alerts/alerts.jobs.ts';
import { createExpressionCompiler } from '../schemas/expressions/expression-compiler.ts';
import { addPoint, type TestPoint } from '../test-support/points.ts';
import { saveSchema } from '../test-support/telemetry-schemas.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { watchRules } from './watch-rules.ts';
import { watchSchemas } from './watch-schemas.ts';

const db = await testDatabase();
const start = new Date('2026-11-20T00:00:00Z');
const world = await telemetryWorld(db, { clock: { now: () => start } });
const admin = testAdmin();
const compiler = createExpressionCompiler();
const hourMs = 3_600_000;
const after = (hours: number) => new Date(start.getTime() + hours * hourMs);
const watchAt = (at: Date) => watchSchemas(db.client, compiler, at);

/** The sum of a whole hour, as if its readings had come; null takes it away. */
async function hourOf(point: TestPoint, hour: number, flow: number | null, table = 'HOUR'): Promise<void> {
  const key = [point.id, table, after(hour)];
  await db.pool.query(
    `DELETE FROM telemetry.measurement_rollups WHERE point_id = $1 AND variable = 'FLOW' AND grain = $2::telemetry.rollup_grain AND bucket_start = $3`,
    key,
  );
  if (flow === null) return;
  await db.pool.query(
    `INSERT INTO telemetry.measurement_rollups (point_id, grain, bucket_start, variable, count, good_count, min, max, sum, first, last)
     VALUES ($1, $2::telemetry.rollup_grain, $3, 'FLOW', 12, 12, $4, $4, 12 * $4::float8, $4, $4)`,
    [...key, flow],
  );
}

const rule = (expression = 'flow <= 10 * scale') => ({
  ...{ expression, sentenceEs: 'El caudal es demasiado.', sentenceEn: 'The flow is too much.' },
});
const schemaOf = (point: TestPoint, changes: object = {}) => ({
  ...{ companyId: point.companyId, name: 'Caudal', type: 'ALERT', interval: 'HOUR', shown: ['flow', 'scale'] },
  quantities: [{ name: 'flow', variable: 'FLOW', aggregate: 'AVERAGE' }],
  calculatedFields: [
    { name: 'scale', expression: 'hours', unit: 'h', decimals: 0, labelEs: 'Escala', labelEn: 'Scale' },
  ],
  validationRules: [rule()],
  ...changes,
});

/** A point whose company watches one rule: ten litres a second at most. */
async function watchedPoint(changes: object = {}): Promise<TestPoint> {
  const point = await addPoint(db);
  await saveSchema(world, admin, schemaOf(point, changes));
  await watchRules(db.client, start);
  return point;
}

async function episodesOf(point: TestPoint) {
  const { rows } = await db.pool.query<{ status: string; occurrences: number; evidence: object; opened_at: Date }>(
    `SELECT a.status::text, a.occurrences, a.evidence, a.opened_at FROM telemetry.alerts a JOIN telemetry.rules r ON r.id = a.rule_id
     WHERE a.point_id = $1 AND r.kind = 'SCHEMA_VALIDATION' ORDER BY a.opened_at, a.id`,
    [point.id],
  );
  return rows;
}
const statesOf = async (point: TestPoint) => (await episodesOf(point)).map(({ status }) => status);
const toldOf = async (point: TestPoint) =>
  (
    await db.pool.query<{ topic: string }>(
      `SELECT topic FROM platform.outbox WHERE key = $1 AND topic LIKE 'telemetry.alert%' ORDER BY id`,
      [point.id],
    )
  ).rows.map(({ topic }) => topic);

describe('a rule of a schema', () => {
  it('is watched even where another rule cannot be judged', async () => {
    const point = await watchedPoint();
    await hourOf(point, 0, 12);
    const { companyId, id: pointId } = point;
    const parameters = { hours: 'many' };
    await db.client.rule.create({ data: { companyId, pointId, kind: 'STUCK_VALUE', name: 'Regla', parameters } });
    const clock = { now: () => new Date(after(1).getTime() + 3 * 60_000) };
    const { signal } = new AbortController();
    const run = { jobId: 'j', attempt: 0, clock, log: silentLog, signal, reportProgress: () => {} };
    await expect(watchRulesJob({ db }).handle({}, run)).rejects.toThrow('could not be watched');
    expect(await statesOf(point)).toEqual(['OPEN']);
    await db.client.rule.deleteMany({ where: { pointId } });
  });
  it('that the newest whole group breaks opens one alert with the values and a sentence, over when a later one keeps it', async () => {
    const point = await watchedPoint();
    await hourOf(point, 0, 12);
    await watchAt(new Date(after(1).getTime() + 60_000));
    expect(await statesOf(point)).toEqual([]);
    const settled = new Date(after(1).getTime() + 3 * 60_000);
    await Promise.all([watchAt(settled), watchAt(settled), watchAt(settled)]);
    expect(await episodesOf(point)).toMatchObject([
      {
        ...{ status: 'OPEN', occurrences: 1 },
        evidence: {
          ...{ schema: 'Caudal', from: after(0).toISOString(), to: after(1).toISOString() },
          values: [
            { name: 'flow', value: 12, unit: 'l/s' },
            { name: 'scale', value: 1, unit: 'h' },
          ],
        },
      },
    ]);
    const viewer = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });
    const query = `{ alerts { edges { node { kind variable title explanation english: explanation(language: en) } } } }`;
    expect(await world.get(query, viewer)).toEqual({
      alerts: {
        edges: [
          {
            node: {
              ...{ kind: 'SCHEMA_VALIDATION', variable: null, title: 'no se cumple lo que pide un esquema' },
              explanation: expect.stringMatching(
                /^El caudal es demasiado \(Caudal, 19.nov.*21:00\): caudal 12 L\/s, Escala 1 h$/,
              ),
              english: expect.stringMatching(
                /^The flow is too much \(Caudal, 19 Nov.*21:00\): flow 12 L\/s, Scale 1 h$/,
              ),
            },
          },
        ],
      },
    });
    await hourOf(point, 1, 13);
    await watchAt(after(2.1));
    expect((await episodesOf(point))[0]).toMatchObject({ occurrences: 2, evidence: { values: [{ value: 13 }, {}] } });
    await hourOf(point, 2, 9);
    expect(await watchAt(after(3.1))).toMatchObject({ resolved: 1 });
    expect(await statesOf(point)).toEqual(['RESOLVED']);
    expect(await toldOf(point)).toEqual(['telemetry.alertRaised', 'telemetry.alertChanged']);
  });

  it('that cannot be judged changes nothing: neither is it broken, nor is an episode over', async () => {
    const point = await watchedPoint({ validationRules: [rule('flow / (flow - 7) > 0 && flow <= 10')] });
    await hourOf(point, 0, 7);
    await watchAt(after(1.1));
    expect(await statesOf(point)).toEqual([]);
    await hourOf(point, 1, 12);
    await watchAt(after(2.1));
    await hourOf(point, 2, 7);
    await watchAt(after(3.1));
    expect(await statesOf(point)).toEqual(['OPEN']);
    // And nothing came for days.
    await watchAt(after(90));
    expect(await statesOf(point)).toEqual(['OPEN']);
  });

  it('has an episode of its own beside those of other rules, which ends when it is written anew or taken away', async () => {
    const point = await watchedPoint({ validationRules: [rule('flow < 1'), rule('flow < 2'), rule('flow < 100')] });
    await hourOf(point, 0, 12);
    await watchAt(after(1.1));
    expect(await statesOf(point)).toEqual(['OPEN', 'OPEN']);
    const { rows } = await db.pool.query<{ id: string }>(
      'SELECT id FROM telemetry.telemetry_schemas WHERE company_id = $1',
      [point.companyId],
    );
    const id = rows[0]?.id;
    // Other words and another order are the same rules.
    const same = [{ ...rule('flow < 2'), sentenceEs: 'Otra frase.' }, rule('flow < 1')];
    await saveSchema(world, admin, schemaOf(point, { id, validationRules: same }));
    await watchAt(after(1.2));
    expect(await statesOf(point)).toEqual(['OPEN', 'OPEN']);
    await saveSchema(world, admin, schemaOf(point, { id, validationRules: [rule('flow < 2.0')] }));
    await watchAt(after(1.3));
    expect((await statesOf(point)).toSorted()).toEqual(['OPEN', 'RESOLVED', 'RESOLVED']);
    await db.pool.query(
      `UPDATE telemetry.rules SET is_active = false WHERE company_id = $1 AND kind = 'SCHEMA_VALIDATION'`,
      [point.companyId],
    );
    await watchAt(after(1.4));
    expect(new Set(await statesOf(point))).toEqual(new Set(['RESOLVED']));
  });

  it('holds for points of its own company only, and where it names points for those', async () => {
    const point = await addPoint(db);
    const beside = await addPoint(db, { companyId: point.companyId, siteId: point.siteId });
    const stranger = await addPoint(db);
    await saveSchema(world, admin, schemaOf(point, { isForAllPoints: false, pointIds: [point.id] }));
    await watchRules(db.client, start);
    for (const one of [point, beside, stranger]) await hourOf(one, 0, 12);
    await watchAt(after(1.1));
    expect(await Promise.all([point, beside, stranger].map(statesOf))).toEqual([['OPEN'], [], []]);
  });

  it('is watched in every other company where the points of one cannot be judged', async () => {
    const broken = await watchedPoint({ interval: 'DAY' });
    const point = await watchedPoint();
    for (const one of [broken, point]) await hourOf(one, 0, 12);
    await db.pool.query(`UPDATE telemetry.catchment_points SET time_zone = 'Nowhere/Atlantis' WHERE id = $1`, [
      broken.id,
    ]);
    await expect(watchAt(after(1.1))).rejects.toThrow('some companies could not be watched');
    expect(await statesOf(point)).toEqual(['OPEN']);
    expect(await statesOf(broken)).toEqual([]);
    await db.pool.query(`UPDATE telemetry.catchment_points SET time_zone = 'America/Santiago' WHERE id = $1`, [
      broken.id,
    ]);
  });

  it('is judged by the days of the point’s own zone', async () => {
    const point = await watchedPoint({ interval: 'DAY', validationRules: [rule('flow <= 10')] });
    // In Santiago the 20th begins at three in the morning, UTC.
    await hourOf(point, -21, 12, 'DAY');
    await watchAt(after(2.9));
    expect(await statesOf(point)).toEqual([]);
    await watchAt(after(3.1));
    expect(await statesOf(point)).toEqual(['OPEN']);
  });

  it('makes one episode of one broken stretch, whatever order its looks come in and however often each', async () => {
    const looks = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });
    const stretch = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));
    const { companyId } = await watchedPoint();
    // Each look is at every company: here only at this one.
    const others = { where: { companyId: { not: companyId } } };
    await db.client.alert.deleteMany(others);
    await db.client.telemetrySchema.deleteMany(others);
    await fc.assert(
      fc.asyncProperty(stretch, looks, fc.boolean(), async ([one, other], order, areTogether) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const point = await addPoint(db, { companyId });
        for (let hour = 0; hour < 6; hour += 1) await hourOf(point, hour, hour >= from && hour <= to ? 12 : 5);
        await hourOf(point, 6, 5);
        if (areTogether) await Promise.all(order.map((hour) => watchAt(after(hour + 0.1))));
        else for (const hour of order) await watchAt(after(hour + 0.1));
        await watchAt(after(7.1));
        const wasSeen = order.some((hour) => hour - 1 >= from && hour - 1 <= to);
        const told = await toldOf(point);
        expect(told.filter((topic) => topic === 'telemetry.alertRaised').length).toBeLessThanOrEqual(1);
        expect(await statesOf(point)).toEqual(told.length === 0 ? [] : ['RESOLVED']);
        // In the order of time every stretch that was looked at is one; a look that comes late may find it over.
        const isInOrder = !areTogether && order.every((hour, at) => at === 0 || hour >= (order[at - 1] ?? 0));
        if (isInOrder) expect((await statesOf(point)).length).toBe(wasSeen ? 1 : 0);
        await db.pool.query('DELETE FROM telemetry.catchment_points WHERE id = $1', [point.id]);
      }),
      { numRuns: 25 },
    );
  });
});
