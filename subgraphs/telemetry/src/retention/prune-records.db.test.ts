import { randomUUID } from 'node:crypto';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { testDatabase } from '@cauce/shared/test/test-database';
import { expect, it } from 'vitest';
import { addPoint } from '../test-support/points.ts';
import { addRegulatedPoint } from '../test-support/regulated-point.ts';
import { pruneRecords } from './prune-records.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T03:40:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const retention = { deadLetterDays: 90, noticeDays: 90, batchDays: 90, attemptDays: 90 };
const prune = () => pruneRecords({ db, now, retention, signal: new AbortController().signal });
const [old, young] = [91, 89];

it('forgets letters and batches that are old enough, in as many parts as it takes, and nothing the second time', async () => {
  await db.pool.query(
    `INSERT INTO telemetry.dead_letters (origin, payload, reason, received_at)
     SELECT 'mqtt', '{}', 'UNKNOWN_POINT', $1 FROM generate_series(1, 5003)`,
    [daysAgo(old)],
  );
  await db.client.deadLetter.create({
    data: { origin: 'mqtt', payload: '{}', reason: 'UNKNOWN_POINT', receivedAt: daysAgo(young) },
  });
  for (const [days, status] of [
    [old, 'PROCESSED'],
    [old, 'PARTIAL'],
    [young, 'PROCESSED'],
  ] as const) {
    await db.client.ingestBatch.create({
      data: { origin: 'http', messageKey: randomUUID(), status, receivedAt: daysAgo(days) },
    });
  }
  expect(await prune()).toMatchObject({ deadLetters: 5_003, batches: 2 });
  expect(await db.client.deadLetter.count()).toBe(1);
  expect(await db.client.ingestBatch.count()).toBe(1);
  expect(await prune()).toEqual({ deadLetters: 0, deadLetterDays: 0, notices: 0, batches: 0, attempts: 0 });
});

it('keeps what was told of an alert that goes on, and what is still to be told', async () => {
  const point = await addPoint(db);
  const rule = await db.client.rule.create({
    data: { companyId: point.companyId, name: 'Rango', kind: 'RANGE', severity: 'WARNING' },
  });
  const alert = (resolvedAt: Date | null) =>
    db.client.alert.create({
      data: {
        ...{
          pointId: point.id,
          ruleId: rule.id,
          siteId: point.siteId,
          companyId: point.companyId,
          severity: 'WARNING',
        },
        ...{ openedAt: daysAgo(200), lastSeenAt: daysAgo(100), resolvedAt },
        status: resolvedAt === null ? 'OPEN' : 'RESOLVED',
      },
    });
  const ended = await alert(daysAgo(old));
  const lately = await alert(daysAgo(young));
  const goesOn = await alert(null);
  const notice = (subject: string, data: { alertId?: string; status: 'SENT' | 'PENDING' | 'KEPT'; days: number }) =>
    db.client.notificationDelivery.create({
      data: {
        ...{
          companyId: point.companyId,
          event: 'ALERT_OPENED',
          channel: 'EMAIL',
          address: 'turno@planta.example',
          body: '',
        },
        ...{ idempotencyKey: randomUUID(), subject, status: data.status, createdAt: daysAgo(data.days) },
        alertId: data.alertId ?? null,
        nextAttemptAt: data.status === 'PENDING' ? now : null,
      },
    });
  await notice('of one that ended', { alertId: ended.id, status: 'SENT', days: old });
  await notice('of a day', { status: 'KEPT', days: old });
  await notice('of one that ended lately', { alertId: lately.id, status: 'SENT', days: old });
  await notice('of one that goes on', { alertId: goesOn.id, status: 'SENT', days: old });
  await notice('to be told', { status: 'PENDING', days: old });
  await notice('young', { status: 'SENT', days: young });
  expect(await prune()).toMatchObject({ notices: 2 });
  const left = await db.client.notificationDelivery.findMany({ orderBy: { subject: 'asc' } });
  expect(left.map(({ subject }) => subject)).toEqual([
    ...['of one that ended lately', 'of one that goes on', 'to be told', 'young'],
  ]);
});

it('keeps every slot, its values, voucher and outcomes, and empties what was said word for word once it is settled', async () => {
  const secretBox = createSecretBox(Buffer.alloc(32, 7).toString('base64'));
  const slotTimes = [daysAgo(100), daysAgo(99), daysAgo(80)];
  const { slots } = await addRegulatedPoint(db, secretBox, 'http://127.0.0.1:1', { slotTimes });
  const states = ['VERIFIED', 'NEEDS_REVIEW', 'VERIFIED'] as const;
  for (const [at, id] of slots.entries()) {
    const isSent = states[at] === 'VERIFIED';
    const time = slotTimes[at] ?? now;
    await db.pool.query(
      `UPDATE telemetry.compliance_submissions SET status = $2::telemetry.submission_status, voucher = $3, sent_at = $4, verified_at = $4 WHERE id = $1`,
      [id, states[at], isSent ? 'ABC12345' : null, isSent ? time : null],
    );
    await db.client.submissionAttempt.create({
      data: {
        ...{ submissionId: id, number: 1, request: { medicion: 1 }, response: { status: '00' }, httpStatus: 200 },
        ...{ outcome: isSent ? 'ACCEPTED' : 'ACCEPTED_WITHOUT_VOUCHER', startedAt: time, finishedAt: time },
      },
    });
  }
  const ledger = () => db.client.complianceSubmission.findMany({ orderBy: { slotAt: 'asc' } });
  const before = await ledger();
  expect(await prune()).toMatchObject({ attempts: 1 });
  expect(await ledger()).toEqual(before);
  const attempts = await db.client.submissionAttempt.findMany({ orderBy: { startedAt: 'asc' } });
  expect(attempts.map(({ request, response }) => ({ request, response }))).toEqual([
    { request: {}, response: null },
    { request: { medicion: 1 }, response: { status: '00' } },
    { request: { medicion: 1 }, response: { status: '00' } },
  ]);
  expect(attempts[0]).toMatchObject({ outcome: 'ACCEPTED', httpStatus: 200, startedAt: daysAgo(100) });
});
