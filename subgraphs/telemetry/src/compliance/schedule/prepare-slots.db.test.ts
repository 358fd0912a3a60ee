import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { describe, expect, it } from 'vitest';
import { addRegulatedPoint, type RegulatedOptions } from '../../test-support/regulated-point.ts';
import { dga } from '../regulators/dga.ts';
import { planSlots } from './plan-slots.ts';
import { prepareSlots } from './prepare-slots.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const secretBox = createSecretBox(deps.settings.encryptionKey);
const slotAt = new Date('2026-11-20T12:00:00Z');
const at = (minutes: number) => new Date(slotAt.getTime() + minutes * 60_000);

async function add(options: Partial<RegulatedOptions> = {}) {
  const regulated = await addRegulatedPoint(db, secretBox, 'https://dga.example', {
    ...{ slotTimes: [slotAt], status: 'SCHEDULED' },
    ...options,
  });
  const { rows } = await db.pool.query<{ code: string }>(
    'SELECT code FROM telemetry.compliance_sources WHERE id = $1',
    [regulated.source.id],
  );
  const prepare = (now: Date) => prepareSlots(db.client, new Map([[rows[0]?.code ?? '', dga]]), now);
  const slot = () => db.client.complianceSubmission.findFirstOrThrow({ where: { pointId: regulated.point.id } });
  return { ...regulated, prepare, slot };
}

const measure = (pointId: string, sourceId: string, total: number, time: Date, quality = 'GOOD') =>
  db.pool.query(
    `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, source_id, quality)
     SELECT $1, variable::telemetry.variable_kind, $2, value, $3, $4::telemetry.measurement_quality
     FROM (VALUES ('TOTAL', $5::float8), ('FLOW', 12.4), ('LEVEL', 35.2)) AS given (variable, value)`,
    [pointId, time, sourceId, quality, total],
  );

describe('the values of a slot', () => {
  it('are the newest good ones up to it, and stay as they were taken', async () => {
    const { point, prepare, slot } = await add();
    await measure(point.id, point.sourceId, 100, at(-30));
    await measure(point.id, point.sourceId, 200, at(-10));
    await measure(point.id, point.sourceId, 999, at(-5), 'HELD');
    await measure(point.id, point.sourceId, 300, at(5));
    await Promise.all([prepare(at(15)), prepare(at(15))]);
    expect(await slot()).toMatchObject({
      status: 'DUE',
      values: { caudal: '12.40', totalizador: '200', nivelFreaticoDelPozo: '35.20' },
    });
    const { rows } = await db.pool.query(`SELECT payload->>'status' AS status FROM platform.outbox WHERE key = $1`, [
      (await slot()).id,
    ]);
    expect(rows).toEqual([{ status: 'DUE' }]);
  });

  it('are kept in the shadow without being sent, and skipped after half a day without a reading', async () => {
    const shadow = await add({ mode: 'SHADOW' });
    await measure(shadow.point.id, shadow.point.sourceId, 100, at(-1));
    await shadow.prepare(at(15));
    expect(await shadow.slot()).toMatchObject({ status: 'SHADOWED', values: { totalizador: '100' } });
    const silent = await add();
    await silent.prepare(at(15));
    expect(await silent.slot()).toMatchObject({ status: 'SCHEDULED', lastError: 'No total volume was measured' });
    await silent.prepare(at(13 * 60));
    expect(await silent.slot()).toMatchObject({ status: 'SKIPPED' });
  });
});

describe('what a point owes', () => {
  it('is planned by its standard, once however often and by however many', async () => {
    const { point, source } = await add({ slotTimes: [] });
    await db.pool.query(`UPDATE telemetry.catchment_points SET standard = 'MEDIO' WHERE id = $1`, [point.id]);
    await db.pool.query(
      `INSERT INTO telemetry.compliance_schedules (source_id, standard, cron, aggregation) VALUES ($1, 'MEDIO', '0 0 * * *', 'DAILY_MEAN')`,
      [source.id],
    );
    const now = new Date('2026-01-04T12:00:00Z');
    await Promise.all([planSlots(db.client, now), planSlots(db.client, now)]);
    await planSlots(db.client, now);
    const slots = await db.client.complianceSubmission.findMany({
      where: { pointId: point.id },
      orderBy: { slotAt: 'asc' },
    });
    expect(slots.map((slot) => slot.slotAt.toISOString())).toEqual([
      '2026-01-01T04:00:00.000Z',
      '2026-01-02T04:00:00.000Z',
      '2026-01-03T04:00:00.000Z',
      '2026-01-04T04:00:00.000Z',
    ]);
  });
});
