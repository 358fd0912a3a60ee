import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { afterAll, describe, expect, it } from 'vitest';
import { startDgaStandIn } from '../../test-support/dga-stand-in.ts';
import { addRegulatedPoint, type RegulatedPoint } from '../../test-support/regulated-point.ts';
import { telemetryWorld } from '../../test-support/telemetry-world.ts';
import { createLedger } from '../ledger/run-ledger.ts';
import { dga } from '../regulators/dga.ts';
import { planSlots } from '../schedule/plan-slots.ts';
import { prepareSlots } from '../schedule/prepare-slots.ts';

const db = await testDatabase();
const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await telemetryWorld(db, { clock });
world.startRelay();
const secretBox = createSecretBox(world.deps.settings.encryptionKey);
const standIn = await startDgaStandIn(() => clock.now().getTime());
afterAll(() => standIn.close());

const slotTimes = [new Date('2026-11-20T11:00:00Z')];
const viewerOf = ({ point }: RegulatedPoint) => testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });
const send = (source: RegulatedPoint['source']) =>
  createLedger({
    ...{ client: db.client, http: world.deps.http, secretBox, clock, leaseMs: 120_000, callsAtMost: 10 },
    pause: async () => {},
  })(source, { ...dga, paceMs: 0 }, new AbortController().signal);
const resolve = `mutation ($id: ID!, $decision: SubmissionDecision!, $voucher: String) {
  resolveSubmission(input: { submissionId: $id, decision: $decision, voucher: $voucher, reason: "Llamé a la DGA" }) {
    __typename ... on ComplianceSubmission { status voucher resolution resolvedBy { id } notBefore } ... on Conflict { reason }
  } }`;

describe('a person', () => {
  it('settles a slot that the regulator took without a voucher, and never has it sent again', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes });
    const viewer = viewerOf(regulated);
    const [id] = regulated.slots;
    standIn.faults.withoutVoucher = 1;
    await send(regulated.source);
    expect(await world.get(resolve, viewer, { id, decision: 'SEND_AGAIN' })).toEqual({
      resolveSubmission: { __typename: 'Conflict', reason: 'HELD_BY_REGULATOR' },
    });
    const settled = await world.get(resolve, viewer, { id, decision: 'ACCEPTED', voucher: 'ABC12345' });
    expect(settled).toMatchObject({
      resolveSubmission: { status: 'SENT', voucher: 'ABC12345', resolvedBy: { id: viewer.userId } },
    });
    expect(settled).toMatchObject({ resolveSubmission: { resolution: 'ACCEPTED: Llamé a la DGA' } });
    expect(await world.get(resolve, viewer, { id, decision: 'DISMISSED' })).toMatchObject({
      resolveSubmission: { reason: 'NOT_OPEN' },
    });
    const { rows } = await db.pool.query(
      `SELECT action, actor_user_id::text AS by FROM access.audit_log WHERE entity_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ action: 'telemetry.resolveSubmission', by: viewer.userId }]);
  });

  it('has a refused slot sent again no sooner than its rule allows', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes, maximumAttempts: 1 });
    const [id] = regulated.slots;
    standIn.faults.next = { status: 400, isKept: false, body: '{"status":"99","message":"Rechazado"}', times: 1 };
    await send(regulated.source);
    expect(await world.get(resolve, viewerOf(regulated), { id, decision: 'SEND_AGAIN' })).toMatchObject({
      resolveSubmission: { status: 'DUE', notBefore: '2026-11-21T12:10:00.000Z' },
    });
  });

  it('has a slot sent that then has no readings: it needs somebody again, and nobody is said to have dismissed it', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, {
      ...{ slotTimes: [new Date('2026-11-19T11:00:00Z')], status: 'NEEDS_REVIEW' },
    });
    const [id] = regulated.slots;
    await db.pool.query('UPDATE telemetry.compliance_submissions SET values = NULL WHERE id = $1', [id]);
    await world.get(resolve, viewerOf(regulated), { id, decision: 'SEND_AGAIN' });
    const { code } = await db.client.complianceSource.findUniqueOrThrow({ where: { id: regulated.source.id } });
    await prepareSlots(db.client, new Map([[code, dga]]), clock.now());
    const ask = `query ($point: ID!) { complianceCalendar(pointId: $point, month: "2026-11") {
      days { date state counts { status isDismissed } } } }`;
    const answer = await world.get(ask, viewerOf(regulated), { point: regulated.point.id });
    expect(JSON.stringify(answer)).toContain(
      '{"date":"2026-11-19","state":"ACTION_NEEDED","counts":[{"status":"SKIPPED","isDismissed":false}]}',
    );
  });

  it('turns a point off and on again: nothing is owed of the time between', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes: [], mode: 'OFF' });
    await db.pool.query(`UPDATE telemetry.catchment_points SET standard = 'MAYOR' WHERE id = $1`, [regulated.point.id]);
    await db.pool.query(
      `INSERT INTO telemetry.compliance_schedules (source_id, standard, cron) VALUES ($1, 'MAYOR', '0 * * * *')`,
      [regulated.source.id],
    );
    const id = { id: regulated.configId };
    const ask = (step: string) =>
      world.get(
        `mutation ($id: ID!) { ${step}Compliance(registrationId: $id) { __typename } }`,
        viewerOf(regulated),
        id,
      );
    await ask('requestLive');
    await ask('approveLive');
    expect(await db.client.complianceConfig.findUnique({ where: id })).toMatchObject({ mode: 'LIVE' });
    await planSlots(db.client, clock.now());
    const slots = await db.client.complianceSubmission.findMany({
      where: { pointId: regulated.point.id },
      orderBy: { slotAt: 'asc' },
    });
    expect(slots.map(({ slotAt }) => slotAt.toISOString().slice(11, 16))).toEqual(['13:00', '14:00', '15:00']);
  });

  it('dismisses what a point that is not live still had to send, and nothing of one that is', async () => {
    const dismiss = (regulated: RegulatedPoint, index = 0) =>
      world.get(resolve, viewerOf(regulated), { id: regulated.slots[index], decision: 'DISMISSED' });
    const live = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes });
    expect(await dismiss(live)).toMatchObject({ resolveSubmission: { reason: 'NOT_OPEN' } });
    const shadowed = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes, mode: 'SHADOW' });
    const explained = await world.get(
      'query ($id: ID!) { complianceSubmission(id: $id) { explanation(language: es) } }',
      ...[viewerOf(shadowed), { id: shadowed.slots[0] }],
    );
    expect(explained).toEqual({
      complianceSubmission: { explanation: 'No se envía mientras el punto no esté en vivo' },
    });
    expect(await dismiss(shadowed)).toMatchObject({ resolveSubmission: { status: 'SKIPPED' } });
  });

  it('switches a point off: what was never sent is dismissed, what was called waits for them, nothing is sent on return', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, {
      ...{ slotTimes: [8, 9, 10, 14].map((hour) => new Date(Date.UTC(2026, 10, 20, hour))) },
    });
    const [lost, due, , coming] = regulated.slots;
    await db.pool.query(`UPDATE telemetry.compliance_submissions SET status = 'UNKNOWN', attempts = 1 WHERE id = $1`, [
      lost,
    ]);
    await db.pool.query(
      `UPDATE telemetry.compliance_submissions SET status = 'SCHEDULED', values = NULL WHERE id = $1`,
      [coming],
    );
    await db.pool.query(
      `INSERT INTO telemetry.submission_attempts (submission_id, number, request, outcome, started_at, finished_at)
       VALUES ($1, 1, '{}', 'LOST_ANSWER', '2026-11-20T08:00:00Z', '2026-11-20T08:01:00Z'), ($2, 1, '{}', 'NOT_SENT', '2026-11-20T09:00:00Z', '2026-11-20T09:01:00Z')`,
      [lost, due],
    );
    const viewer = viewerOf(regulated);
    const off = 'mutation ($id: ID!) { quietCompliance(registrationId: $id, mode: OFF) { __typename } }';
    await world.get(off, viewer, { id: regulated.configId });
    const slots = await db.client.complianceSubmission.findMany({
      where: { configId: regulated.configId },
      orderBy: { slotAt: 'asc' },
    });
    const dismissed = { status: 'SKIPPED', resolvedBy: viewer.userId, resolution: 'DISMISSED: SWITCHED_OFF' };
    expect(slots).toMatchObject([{ status: 'NEEDS_REVIEW', resolvedBy: null }, dismissed, dismissed, dismissed]);
    expect(await world.get(resolve, viewer, { id: lost, decision: 'SEND_AGAIN' })).toMatchObject({
      resolveSubmission: { reason: 'NOT_LIVE' },
    });
    expect(await world.get(resolve, viewer, { id: lost, decision: 'DISMISSED' })).toMatchObject({
      resolveSubmission: { status: 'SKIPPED' },
    });
    const told = await db.pool.query(`SELECT FROM platform.outbox WHERE key = ANY($1)`, [regulated.slots]);
    expect(told.rowCount).toBe(5);
  });

  it('takes back a voucher that a person typed, never one that a call brought or that was verified', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, {
      slotTimes: [8, 9].map((hour) => new Date(Date.UTC(2026, 10, 20, hour))),
    });
    const viewer = viewerOf(regulated);
    standIn.faults.withoutVoucher = 1;
    await send(regulated.source);
    const [typed, brought] = regulated.slots.toSorted();
    const rows = await db.client.complianceSubmission.findMany({ where: { configId: regulated.configId } });
    const open = rows.find(({ status }) => status === 'NEEDS_REVIEW')?.id;
    const sent = rows.find(({ status }) => status === 'SENT')?.id;
    expect([open, sent].toSorted()).toEqual([typed, brought]);
    const decide = (id: unknown, decision: string, voucher?: string) =>
      world.get(resolve, viewer, { id, decision, voucher });
    await decide(open, 'ACCEPTED', 'WRONG-1');
    expect(await decide(sent, 'TAKEN_BACK')).toMatchObject({ resolveSubmission: { reason: 'NOT_OPEN' } });
    expect(await decide(open, 'TAKEN_BACK')).toMatchObject({
      resolveSubmission: { status: 'NEEDS_REVIEW', voucher: null, resolution: 'TAKEN_BACK: Llamé a la DGA' },
    });
    expect(await decide(open, 'SEND_AGAIN')).toMatchObject({ resolveSubmission: { reason: 'HELD_BY_REGULATOR' } });
    expect(await decide(open, 'ACCEPTED', 'RIGHT-1')).toMatchObject({
      resolveSubmission: { status: 'SENT', voucher: 'RIGHT-1' },
    });
    await db.pool.query(`UPDATE telemetry.compliance_submissions SET status = 'VERIFIED' WHERE id = $1`, [open]);
    expect(await decide(open, 'TAKEN_BACK')).toMatchObject({ resolveSubmission: { reason: 'NOT_OPEN' } });
    // Whatever the code believes, the table holds it.
    await expect(
      db.pool.query(
        `UPDATE telemetry.compliance_submissions SET status = 'NEEDS_REVIEW', voucher = NULL, resolved_by = $2 WHERE id = $1`,
        [sent, viewer.userId],
      ),
    ).rejects.toThrow('was accepted');
  });

  it('sees what a slot would say before it is sent, and looking moves nothing', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes, status: 'SKIPPED' });
    const { point, slots } = regulated;
    const rename = (to: string) =>
      db.pool.query(
        'UPDATE telemetry.compliance_sources s SET code = $2 FROM telemetry.compliance_configs c WHERE c.id = $1 AND s.id = c.source_id',
        [regulated.configId, to],
      );
    await rename('DGA');
    const ask = 'query ($id: ID!) { submissionPreview(submissionId: $id) { values reason } }';
    const preview = () => world.get(ask, viewerOf(regulated), { id: slots[0] });
    expect(await preview()).toEqual({ submissionPreview: { values: null, reason: 'No total volume was measured' } });
    await db.pool.query(
      `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, source_id)
       SELECT $1, m.variable::telemetry.variable_kind, $2, m.value, $3
       FROM (VALUES ('TOTAL', 120934.7), ('FLOW', 12.4), ('LEVEL', 35.2)) AS m (variable, value)`,
      [point.id, slotTimes[0], point.sourceId],
    );
    const values = { caudal: '12.40', totalizador: '120934', nivelFreaticoDelPozo: '35.20' };
    expect(await preview()).toEqual({ submissionPreview: { values, reason: null } });
    expect(await db.client.complianceSubmission.findFirst({ where: { pointId: point.id } })).toMatchObject({
      ...{ status: 'SKIPPED', attempts: 0 },
    });
    await rename(`DGA-${randomUUID()}`);
  });

  it('hears of slots within reach as they move, and of no others', async () => {
    const [other, own] = [
      await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes }),
      await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes }),
    ];
    const heard = await world.listen(
      'subscription ($ids: [ID!]) { complianceSubmissionChanged(pointIds: $ids) { id status } }',
      viewerOf(own),
      { ids: [other.point.id, own.point.id] },
    );
    await send(other.source);
    await send(own.source);
    expect(await heard.next()).toMatchObject({ complianceSubmissionChanged: { id: own.slots[0] } });
    heard.stop();
  });

  it('changes and sees nothing of another company’s', async () => {
    const regulated = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes, status: 'NEEDS_REVIEW' });
    const [id] = regulated.slots;
    const before = await db.client.complianceConfig.findUniqueOrThrow({ where: { id: regulated.configId } });
    const foreign = testViewer({ companyIds: [own], siteIds: [own] });
    for (const viewer of [foreign, testOutsider()]) {
      const result = await world.get(
        `mutation ($id: ID!, $config: ID!, $point: ID!) {
          submitCompliance(input: { submissionId: $id }) { __typename }
          resolveSubmission(input: { submissionId: $id, decision: DISMISSED, reason: "porque sí" }) { __typename }
          requestLiveCompliance(registrationId: $config) { __typename }
          approveLiveCompliance(registrationId: $config) { __typename }
          quietCompliance(registrationId: $config, mode: OFF) { __typename }
          saveComplianceRegistration(input: { pointId: $point, sourceCode: "DGA", identifiers: { codigoObra: "OB-0101-1" } }) { __typename }
        }`,
        viewer,
        { id, config: regulated.configId, point: regulated.point.id },
      );
      expect(new Set(Object.values(result).map((answer) => JSON.stringify(answer)))).toEqual(
        new Set(['{"__typename":"NotFound"}']),
      );
      const seen = await world.get(
        `query ($point: ID!, $slot: ID!) {
          complianceRegistrations(pointId: $point) { id } submissionPreview(submissionId: $slot) { reason } }`,
        viewer,
        { point: regulated.point.id, slot: id },
      );
      expect(seen).toEqual({ complianceRegistrations: [], submissionPreview: null });
    }
    expect(await db.client.complianceConfig.findUniqueOrThrow({ where: { id: regulated.configId } })).toEqual(before);
  });
});

const own = '00000000-0000-4000-8000-000000000001';

describe('going live', () => {
  it('takes two people, keeps what opens the account unseen, and is undone by any change', async () => {
    const { rows } = await db.pool.query<{ id: string }>(
      `INSERT INTO telemetry.compliance_sources (code, name) VALUES ('DGA', 'DGA') ON CONFLICT (code) DO UPDATE SET name = 'DGA' RETURNING id`,
    );
    expect(rows).toHaveLength(1);
    const { point } = await addRegulatedPoint(db, secretBox, standIn.url, { slotTimes: [] });
    const [ana, berta] = [1, 2].map(() => testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] }));
    if (ana === undefined || berta === undefined) throw new Error('Nobody is there');
    const save = (work: string) =>
      world.get(
        `mutation ($point: ID!, $work: String!) { saveComplianceRegistration(input: { pointId: $point, sourceCode: "DGA", identifiers: { codigoObra: $work },
          credentials: { rutEmpresa: "11111111-1", rutUsuario: "22222222-2", password: "hunter2222" } }) {
          __typename ... on ComplianceRegistration { id mode hasCredentials } ... on ValidationFailed { fields { path code } } } }`,
        ana,
        { point: point.id, work },
      );
    const ask = async (field: string, id: unknown, viewer = ana) =>
      (
        await world.get(
          `mutation ($id: ID!) { ${field}(registrationId: $id) { __typename ... on ComplianceRegistration { mode } ... on Conflict { reason } } }`,
          viewer,
          { id },
        )
      )[field];
    expect(await save('POZO')).toMatchObject({
      saveComplianceRegistration: { fields: [{ path: 'identifiers.codigoObra', code: 'NOT_AS_REGISTERED' }] },
    });
    const saved = await save('OB-0101-900');
    expect(saved).toMatchObject({ saveComplianceRegistration: { mode: 'SHADOW', hasCredentials: true } });
    const config = await db.client.complianceConfig.findFirstOrThrow({ where: { sourceId: rows[0]?.id ?? '' } });
    expect(config.credentialsEncrypted).not.toContain('hunter2222');
    expect(await ask('approveLiveCompliance', config.id)).toMatchObject({ reason: 'NOT_REQUESTED' });
    expect(await ask('requestLiveCompliance', config.id)).toMatchObject({ mode: 'SHADOW' });
    expect(await ask('approveLiveCompliance', config.id)).toMatchObject({ reason: 'SAME_PERSON' });
    expect(await ask('approveLiveCompliance', config.id, berta)).toMatchObject({ mode: 'LIVE' });
    expect(await save('OB-0101-901')).toMatchObject({ saveComplianceRegistration: { mode: 'SHADOW' } });
    const log = await db.pool.query(`SELECT before, after FROM access.audit_log WHERE entity_id = $1`, [config.id]);
    expect(log.rows).toHaveLength(4);
    expect(JSON.stringify(log.rows)).not.toContain('hunter2222');
  });
});
