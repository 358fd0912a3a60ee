import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkDrift } from './migrate.ts';
import { migratedDatabase } from './test-support/databases.ts';

const { pool, url } = await migratedDatabase();
beforeEach(async () => {
  await pool.query('TRUNCATE telemetry.raw_readings, telemetry.measurements');
});

const point = randomUUID();
const source = randomUUID();

const insertReading = (measuredAt: string, value = 1, suffix = '') =>
  pool.query(
    `INSERT INTO telemetry.raw_readings (point_id, variable, measured_at, source_id, value) VALUES ($1, 'pulses', $2, $3, $4) ${suffix}`,
    [point, measuredAt, source, value],
  );

describe('raw readings', () => {
  test('are stored once, however often and from however many connections they arrive', async () => {
    await insertReading('2026-01-05T12:00:00Z');
    await expect(insertReading('2026-01-05T12:00:00Z', 2)).rejects.toMatchObject({ code: '23505' });
    const again = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        insertReading(`2026-02-0${1 + (index % 2)}T00:00:00Z`, 1, 'ON CONFLICT DO NOTHING'),
      ),
    );
    expect(again.map((result) => result.rowCount).filter((stored) => stored === 1)).toHaveLength(2);
    expect(await values()).toEqual([1, 1, 1]);
  });

  test('can be neither changed nor deleted, in the default partition or in that of their month', async () => {
    await insertReading('2026-01-05T12:00:00Z');
    await ensure('2026-02-01', '2026-02-01');
    await insertReading('2026-02-05T12:00:00Z');
    for (const month of ['01', '02']) {
      const where = `WHERE measured_at >= '2026-${month}-01' AND measured_at < '2026-${month}-20'`;
      await expect(pool.query(`UPDATE telemetry.raw_readings SET value = 2 ${where}`)).rejects.toMatchObject({
        code: '23001',
      });
      await expect(pool.query(`DELETE FROM telemetry.raw_readings ${where}`)).rejects.toMatchObject({ code: '23001' });
    }
    await expect(pool.query('DELETE FROM telemetry_partitions.raw_readings_2026_02')).rejects.toMatchObject({
      code: '23001',
    });
    expect(await values()).toEqual([1, 1]);
  });
});

describe('monthly partitions', () => {
  test('are made for every month between two days, once, and leave no drift', async () => {
    expect(await ensure('2027-01-31', '2027-03-01')).toBe(6);
    expect(await ensure('2027-01-01', '2027-03-31')).toBe(0);
    expect(await ensure('2027-03-15', '2027-04-01')).toBe(2);
    expect(await checkDrift(url)).toEqual([]);
    await insertReading('2027-02-28T23:59:59.999Z');
    await insertReading('2027-03-01T00:00:00Z');
    expect(await homes()).toEqual(['raw_readings_2027_02', 'raw_readings_2027_03']);
  });

  test('take over the rows that waited for them, which stay unchangeable and unique', async () => {
    await insertReading('2028-05-10T00:00:00Z', 7);
    await insertReading('2028-06-10T00:00:00Z', 8);
    await pool.query(
      `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, source_id) VALUES ($1, 'TOTAL', '2028-05-10', 7, $2)`,
      [point, source],
    );
    expect(await homes()).toEqual(['raw_readings_default', 'raw_readings_default']);
    await ensure('2028-05-01', '2028-05-01');
    expect(await homes()).toEqual(['raw_readings_2028_05', 'raw_readings_default']);
    expect(await values()).toEqual([7, 8]);
    await expect(insertReading('2028-05-10T00:00:00Z')).rejects.toMatchObject({ code: '23505' });
    await expect(insertReading('2028-06-10T00:00:00Z')).rejects.toMatchObject({ code: '23505' });
    await expect(pool.query('DELETE FROM telemetry.raw_readings')).rejects.toMatchObject({ code: '23001' });
    await expect(pool.query('DELETE FROM telemetry_partitions.raw_readings_default')).rejects.toMatchObject({
      code: '23001',
    });
    expect(await checkDrift(url)).toEqual([]);
  });

  test('can be asked for from several connections at once while readings come in', async () => {
    const work = Array.from({ length: 6 }, async (_, index) => {
      await insertReading(`2029-07-0${index + 1}T00:00:00Z`);
      return ensure('2029-07-01', '2029-09-30');
    });
    const made = await Promise.all(work);
    expect(made.filter((count) => count > 0)).toEqual([6]);
    expect(await values()).toHaveLength(6);
    expect(new Set(await homes())).toEqual(new Set(['raw_readings_2029_07']));
  });
});

describe('alerts and submissions', () => {
  test('a point has one open episode per rule and variable', async () => {
    const { pointId } = await addPoint();
    const [rule] = await rows(
      `INSERT INTO telemetry.rules (company_id, kind, name) VALUES ($1, 'SILENCE', 'Silence') RETURNING id`,
      [point],
    );
    const open = (variable: string | null) =>
      pool.query(
        `INSERT INTO telemetry.alerts (point_id, rule_id, variable, site_id, company_id, severity, opened_at, last_seen_at)
         VALUES ($1, $2, $3::text::telemetry.variable_kind, $1, $1, 'WARNING', now(), now())`,
        [pointId, rule?.id, variable],
      );
    await open(null);
    await expect(open(null)).rejects.toMatchObject({ code: '23505' });
    await open('FLOW');
    await pool.query(`UPDATE telemetry.alerts SET status = 'ACKNOWLEDGED'`);
    await expect(open('FLOW')).rejects.toMatchObject({ code: '23505' });
    await pool.query(`UPDATE telemetry.alerts SET status = 'RESOLVED'`);
    await open('FLOW');
  });

  test('a slot is reported to a regulator by one submission, with one call under way and one acceptance', async () => {
    const submission = await addSubmission();
    await expect(addSubmission(submission)).rejects.toMatchObject({ code: '23505' });
    const attempt = (number: number, hours: number, outcome: string | null) =>
      pool.query(
        `INSERT INTO telemetry.submission_attempts (submission_id, number, request, outcome, started_at, finished_at)
         VALUES ($1, $2, '{}', $3::text::telemetry.submission_outcome, '2026-01-01Z'::timestamptz + make_interval(hours => $4),
           CASE WHEN $3::text IS NULL THEN NULL ELSE now() END)`,
        [submission.id, number, outcome, hours],
      );
    await attempt(1, 0, 'LOST_ANSWER');
    await expect(attempt(2, 23, null)).rejects.toMatchObject({ code: '23001' });
    await attempt(2, 24, null);
    await expect(attempt(3, 48, null)).rejects.toMatchObject({ code: '23505' });
    await attempt(4, 48, 'NOT_SENT');
    await attempt(5, 49, 'DUPLICATE_WITH_VOUCHER');
    await expect(attempt(6, 99, 'ACCEPTED')).rejects.toMatchObject({ code: '23001' });
    await expect(attempt(6, 99, null)).rejects.toMatchObject({ code: '23001' });
  });

  test('a point goes live by two people and no fewer', async () => {
    const submission = await addSubmission();
    const live = (requestedBy: string, approvedBy: string | null) =>
      pool.query(
        `UPDATE telemetry.compliance_configs SET mode = 'LIVE', live_requested_by = $2, live_requested_at = now(),
           live_approved_by = $3, live_approved_at = now() WHERE point_id = $1`,
        [submission.pointId, requestedBy, approvedBy],
      );
    const [ana, berta] = [randomUUID(), randomUUID()];
    await expect(live(ana, null)).rejects.toMatchObject({ code: '23514' });
    await expect(live(ana, ana)).rejects.toMatchObject({ code: '23514' });
    await live(ana, berta);
  });

  test('an accepted submission is never opened again', async () => {
    const { id } = await addSubmission();
    const become = (status: string) =>
      pool.query(
        'UPDATE telemetry.compliance_submissions SET status = $2::text::telemetry.submission_status WHERE id = $1',
        [id, status],
      );
    await become('SENT');
    for (const status of ['DUE', 'RETRY_NEXT_DAY', 'SENDING', 'UNKNOWN']) {
      await expect(become(status)).rejects.toMatchObject({ code: '23001' });
    }
    await become('VERIFIED');
  });

  test('a code that could not be a level of an MQTT topic is refused', async () => {
    for (const code of ['a/b', 'a+', '#', 'a b', '']) {
      await expect(addPoint(code)).rejects.toMatchObject({ code: '23514' });
    }
  });
});

async function rows(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await pool.query<Record<string, unknown>>(sql, parameters)).rows;
}

async function values(): Promise<unknown[]> {
  return (await rows('SELECT value FROM telemetry.raw_readings ORDER BY measured_at')).map((row) => row.value);
}

async function homes(): Promise<unknown[]> {
  const found = await rows(
    `SELECT relname FROM telemetry.raw_readings AS r JOIN pg_class AS c ON c.oid = r.tableoid ORDER BY measured_at`,
  );
  return found.map((row) => row.relname);
}

async function ensure(from: string, to: string): Promise<number> {
  return Number((await rows('SELECT telemetry.ensure_partitions($1, $2) AS made', [from, to]))[0]?.made);
}

async function addPoint(code: string = randomUUID()): Promise<{ readonly pointId: unknown }> {
  const [made] = await rows(
    `INSERT INTO telemetry.catchment_points (code, name, type, site_id, company_id) VALUES ($1, $1, 'WELL', $2, $2) RETURNING id`,
    [code, point],
  );
  return { pointId: made?.id };
}

interface Submission {
  readonly id: unknown;
  readonly pointId: unknown;
  readonly sourceId: unknown;
  readonly configId: unknown;
}

async function addSubmission(like?: Submission): Promise<Submission> {
  const pointId = like?.pointId ?? (await addPoint()).pointId;
  const sourceId =
    like?.sourceId ??
    (
      await rows(
        `INSERT INTO telemetry.compliance_sources (code, name) VALUES (gen_random_uuid()::text, 'DGA') RETURNING id`,
      )
    )[0]?.id;
  const configId =
    like?.configId ??
    (
      await rows(
        'INSERT INTO telemetry.compliance_configs (point_id, source_id, starts_at) VALUES ($1, $2, now()) RETURNING id',
        [pointId, sourceId],
      )
    )[0]?.id;
  const [made] = await rows(
    `INSERT INTO telemetry.compliance_submissions (point_id, source_id, config_id, site_id, company_id, slot_at, not_before)
     VALUES ($1, $2, $3, $1, $1, '2026-01-05 12:00Z', now()) RETURNING id`,
    [pointId, sourceId, configId],
  );
  return { id: made?.id, pointId, sourceId, configId };
}
