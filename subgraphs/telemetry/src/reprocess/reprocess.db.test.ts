import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { refreshRollups } from '../rollups/refresh-rollups.ts';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { runReprocess } from './run-reprocess.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: fixedClock(now) });
const store = createMessageStore(world.deps, 'cauce');
const admin = testAdmin();
const start = Date.parse('2026-11-01T03:00:00Z');
const quarter = 15 * 60_000;

/** Fifty days of quarter hours need several stretches; a spike, a reset and a reading that nobody understands. */
async function addHistory(count: number): Promise<TestPoint> {
  const point = await addPoint(db, { samplingMinutes: 15, meterDigits: 6 });
  const readings = Array.from({ length: count }, (_, index) => {
    const pulses = index === 700 ? 9_000_000 : index >= 900 ? 3 * (index - 900) : 100_000 + 5 * index;
    return { at: new Date(start + index * quarter), values: { pulses, level: 30 + (index % 9) } };
  });
  for (let from = 0; from < readings.length; from += 1_000) {
    await store(
      readings.slice(from, from + 1_000).map(({ at, values }) => ({
        topic: `cauce/${point.code}/up`,
        payload: Buffer.from(bodyOf(at, values)),
      })),
    );
  }
  await refreshRollups(db.client);
  return point;
}

async function kept({ id }: Pick<TestPoint, 'id'>) {
  const read = async (sql: string) => (await db.pool.query(sql, [id])).rows;
  return {
    measurements: await read(
      `SELECT variable::text, measured_at, value, delta, quality::text, flags, constants_id FROM telemetry.measurements
       WHERE point_id = $1 ORDER BY 1, 2`,
    ),
    latest: await read(
      'SELECT variable::text, value, measured_at FROM telemetry.latest_measurements WHERE point_id = $1 ORDER BY 1',
    ),
    sums: await read(
      `SELECT variable::text, grain::text, bucket_start, count, min, max, sum, delta FROM telemetry.measurement_rollups
       WHERE point_id = $1 ORDER BY 1, 2, 3`,
    ),
  };
}

const runFields =
  '... on ReprocessRun { id isDryRun status reason changes { variable changed before { readings held volumeM3 mean } after { readings held volumeM3 mean } } }';

interface Run {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly changes: readonly {
    readonly variable: string;
    readonly changed: number;
    readonly before: {
      readonly readings: number;
      readonly held: number;
      readonly volumeM3: string | null;
      readonly mean: number | null;
    };
    readonly after: {
      readonly readings: number;
      readonly held: number;
      readonly volumeM3: string | null;
      readonly mean: number | null;
    };
  }[];
}

async function ask(mutation: string, input: Readonly<Record<string, unknown>>): Promise<Run> {
  const type = {
    reprocess: 'ReprocessInput',
    addVariableConstants: 'VariableConstantsInput',
    recordMeterChange: 'MeterChangeInput',
  }[mutation];
  const data = await world.get(
    `mutation ($input: ${type}!) { run: ${mutation}(input: $input) { __typename ${runFields} } }`,
    admin,
    { input },
  );
  return JSON.parse(JSON.stringify(data.run));
}

async function work(run: Run): Promise<Run> {
  await runReprocess(db, run.id, { now: () => now, signal: AbortSignal.timeout(60_000), report: () => undefined });
  const data = await world.get(`query ($id: ID!) { reprocessRun(id: $id) { ${runFields} } }`, admin, { id: run.id });
  return JSON.parse(JSON.stringify(data.reprocessRun));
}

const range = { from: '2026-11-01', to: '2026-11-19' };
let point: TestPoint;
beforeAll(async () => {
  point = await addHistory(1_750);
});

describe('reprocess', () => {
  it('changes nothing where the measurements are what the raw readings say, however often it runs', async () => {
    const before = await kept(point);
    for (let turn = 0; turn < 2; turn += 1) {
      const run = await work(await ask('reprocess', { pointId: point.id, range }));
      expect(run.status).toBe('DONE');
      expect(run.changes.map(({ variable, changed }) => [variable, changed]).sort()).toEqual([
        ['FLOW', 0],
        ['LEVEL', 0],
        ['TOTAL', 0],
      ]);
      expect(run.changes.every((change) => JSON.stringify(change.before) === JSON.stringify(change.after))).toBe(true);
    }
    expect(await kept(point)).toEqual(before);
  });

  it('says beforehand what it will do, does that, and tells of it', async () => {
    const before = await kept(point);
    // Somebody has tampered with what is derived: values, volumes, a held reading let in, and some that are gone.
    await db.pool.query(
      `UPDATE telemetry.measurements SET value = value + 1, delta = delta * 2, quality = 'GOOD', flags = '{}', rule_version = 1
       WHERE point_id = $1 AND measured_at > '2026-11-05Z' AND measured_at < '2026-11-12Z'`,
      [point.id],
    );
    await db.pool.query(
      `DELETE FROM telemetry.measurements WHERE point_id = $1 AND measured_at BETWEEN '2026-11-13Z' AND '2026-11-13T02:00:00Z'`,
      [point.id],
    );
    const tampered = await kept(point);
    const rehearsed = await work(await ask('reprocess', { pointId: point.id, range, isDryRun: true }));
    expect(await kept(point)).toEqual(tampered);
    const done = await work(await ask('reprocess', { pointId: point.id, range }));
    for (const [place, change] of done.changes.entries()) {
      const said = rehearsed.changes[place];
      const { mean, ...after } = change.after;
      expect({ ...said, after: { ...said?.after, mean: null } }).toEqual({
        ...change,
        after: { ...after, mean: null },
      });
      if (mean !== null) expect(said?.after.mean).toBeCloseTo(mean, 6);
    }
    expect(done.changes.find(({ variable }) => variable === 'TOTAL')?.changed).toBeGreaterThan(600);
    await refreshRollups(db.client);
    expect(await kept(point)).toEqual(before);
    const { rows } = await db.pool.query(
      `SELECT payload ->> 'isDryRun' AS dry FROM platform.outbox WHERE topic = 'telemetry.readingsReprocessed' AND payload ->> 'runId' = ANY($1) ORDER BY id`,
      [[rehearsed.id, done.id]],
    );
    expect(rows).toEqual([{ dry: 'true' }, { dry: 'false' }]);
    const audit = await db.pool.query(
      `SELECT FROM access.audit_log WHERE action = 'telemetry.reprocess' AND after ->> 'runId' = $1`,
      [done.id],
    );
    expect(audit.rowCount).toBe(1);
  });

  it('goes on where it was stopped, however often, and two workers of one run do not disturb each other', async () => {
    const before = await kept(point);
    await db.pool.query(`UPDATE telemetry.measurements SET delta = 7, value = 1 WHERE point_id = $1`, [point.id]);
    const run = await ask('reprocess', { pointId: point.id, range });
    let stops = 0;
    for (let isDone = false; !isDone; ) {
      const stop = new AbortController();
      // The process dies after each stretch that it commits.
      const worked = runReprocess(db, run.id, { now: () => now, signal: stop.signal, report: () => stop.abort() });
      isDone = await worked.then(
        () => true,
        () => false,
      );
      stops += isDone ? 0 : 1;
      if (stops === 1)
        await Promise.all(
          [1, 2].map(() =>
            runReprocess(db, run.id, {
              now: () => now,
              signal: AbortSignal.timeout(50),
              report: () => undefined,
            }).catch(() => undefined),
          ),
        );
    }
    expect(stops).toBeGreaterThan(0);
    await refreshRollups(db.client);
    const after = await kept(point);
    expect(after).toEqual(before);
  });

  it('follows a calibration: what was counted since is worth more, what was counted before is not touched', async () => {
    const own = await addHistory(200);
    const before = await kept(own);
    const since = new Date(start + 100 * quarter);
    const run = await ask('addVariableConstants', {
      ...{ pointId: own.id, variable: 'TOTAL', validFrom: since.toISOString() },
      calibrationFactor: '1.5',
    });
    expect(run.reason).toBe('CONSTANTS');
    const [change] = (await work(run)).changes;
    expect(change).toMatchObject({ changed: 100, before: { volumeM3: '49.5' }, after: { volumeM3: '74.25' } });
    const after = await kept(own);
    const isOld = ({ measured_at }: { readonly measured_at: Date }) => measured_at < since;
    expect(after.measurements.filter(isOld)).toEqual(before.measurements.filter(isOld));
    expect(after.latest.find(({ variable }) => variable === 'TOTAL')?.value).toBe((100_000 + 5 * 199) * 0.1 * 1.5);
  });

  it('follows a meter that was replaced, and one that was not after all', async () => {
    const own = await addHistory(950);
    const before = await kept(own);
    const flagsAt = async (index: number) =>
      (await kept(own)).measurements.find(
        ({ variable, measured_at }) => variable === 'TOTAL' && measured_at.getTime() === start + index * quarter,
      );
    expect(await flagsAt(900)).toMatchObject({ flags: ['COUNTER_RESET'], delta: '0.000000000' });
    const changedAt = new Date(start + 900 * quarter - 60_000).toISOString();
    await work(
      await ask('recordMeterChange', {
        pointId: own.id,
        changedAt,
        finalM3: '10450',
        initialM3: '0',
        note: 'Se trabó',
      }),
    );
    expect(await flagsAt(900)).toMatchObject({ flags: ['METER_REPLACED'], delta: '0.500000000' });
    const meters = await world.get(`{ catchmentPoint(id: "${own.id}") { meterChanges { id finalM3 note } } }`, admin);
    expect(meters).toMatchObject({ catchmentPoint: { meterChanges: [{ finalM3: '10450', note: 'Se trabó' }] } });
    const id = JSON.parse(JSON.stringify(meters)).catchmentPoint.meterChanges[0].id;
    const withdrawn = await world.get(
      `mutation ($id: ID!) { run: withdrawMeterChange(id: $id) { ${runFields} } }`,
      admin,
      { id },
    );
    await work(JSON.parse(JSON.stringify(withdrawn.run)));
    expect((await kept(own)).measurements).toEqual(before.measurements);
  });

  it.each([
    ['a quantity that is not measured', 'reprocess', { range, variables: ['PH'] }, 'ValidationFailed'],
    [
      'a period that runs backwards',
      'reprocess',
      { range: { from: '2026-11-02', to: '2026-11-01' } },
      'ValidationFailed',
    ],
    [
      'constants of the future',
      'addVariableConstants',
      { variable: 'TOTAL', validFrom: '2026-12-01T00:00:00Z' },
      'ValidationFailed',
    ],
    [
      'two ways of counting',
      'addVariableConstants',
      { variable: 'TOTAL', validFrom: '2026-11-02T00:00:00Z', litersPerPulse: '1', pulsesPerLiter: '1' },
      'ValidationFailed',
    ],
    [
      'a meter below zero',
      'recordMeterChange',
      { changedAt: '2026-11-02T00:00:00Z', finalM3: '-1' },
      'ValidationFailed',
    ],
  ])('refuses %s', async (_name, mutation, input, expected) => {
    expect(await ask(mutation, { pointId: point.id, ...input })).toMatchObject({ __typename: expected });
  });

  it('answers that nothing is there to who does not reach the point', async () => {
    const stranger = testViewer({ companyIds: 'all', siteIds: [] });
    const run = await ask('reprocess', { pointId: point.id, range });
    const data = await world.get(
      `mutation ($point: ID!, $range: DateRangeInput!) {
        reprocess(input: { pointId: $point, range: $range }) { __typename }
        addVariableConstants(input: { pointId: $point, variable: TOTAL, validFrom: "2026-11-02T00:00:00Z", calibrationFactor: "2" }) { __typename }
        recordMeterChange(input: { pointId: $point, changedAt: "2026-11-02T00:00:00Z" }) { __typename }
        withdrawMeterChange(id: $point) { __typename }
      }`,
      stranger,
      { point: point.id, range },
    );
    const notFound = { __typename: 'NotFound' };
    expect(data).toEqual({
      reprocess: notFound,
      addVariableConstants: notFound,
      recordMeterChange: notFound,
      withdrawMeterChange: notFound,
    });
    expect(await world.get(`{ reprocessRun(id: "${run.id}") { id } }`, stranger)).toEqual({ reprocessRun: null });
  });

  it.each(['reprocess(input: $input)', 'addVariableConstants(input: $input)', 'recordMeterChange(input: $input)'])(
    'asks for the permission to write: %s',
    async (call) => {
      const reader = { ...admin, permissions: admin.permissions.filter((held) => held !== 'telemetry:write') };
      const [input, type] = call.startsWith('reprocess')
        ? [{ pointId: point.id, range }, 'ReprocessInput']
        : call.startsWith('add')
          ? [{ pointId: point.id, variable: 'TOTAL', validFrom: '2026-11-02T00:00:00Z' }, 'VariableConstantsInput']
          : [{ pointId: point.id, changedAt: '2026-11-02T00:00:00Z' }, 'MeterChangeInput'];
      expect(await world.refused(`mutation ($input: ${type}!) { ${call} { __typename } }`, reader, { input })).toBe(
        'FORBIDDEN',
      );
    },
  );
});
