import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { clinicsWorld } from '../test-support/clinics-world.ts';
import { releaseRunOutHolds } from './release-run-out-holds.ts';

const db = await testDatabase();
const start = new Date('2026-11-20T15:00:00Z');
const clock = fixedClock(start);
const world = await clinicsWorld(db, { clock });
const agenda = () => world.addAgenda({ practitioners: 2, slots: 4, patients: 3 });
const audited = async (entityId: unknown) =>
  (await db.pool.query('SELECT action, after::text FROM access.audit_log WHERE entity_id = $1 ORDER BY id', [entityId]))
    .rows;
const announced = async (key: unknown) =>
  (
    await db.pool.query(
      `SELECT payload FROM platform.outbox WHERE topic = 'clinics.appointmentChanged' AND key = $1 ORDER BY id`,
      [key],
    )
  ).rows.map(({ payload }) => payload);

describe('holding and booking', () => {
  it('goes from a hold to a confirmed appointment, and says so to the log and to listeners, without a word of the patient', async () => {
    const { slots, patients, manager, clinicId } = await agenda();
    const slotId = slots[0]?.[0];
    const hold = await world.mutate('holdSlot', { slotId }, manager);
    expect(hold).toMatchObject({ heldUntil: '2026-11-20T15:10:00.000Z', slot: { status: 'BUSY_TENTATIVE' } });
    const input = { slotId, patientId: patients[0], holdToken: hold.token, reason: 'Dolor de cabeza secreto' };
    const booked = await world.mutate('bookAppointment', input, manager);
    expect(booked).toMatchObject({ __typename: 'Appointment', status: 'BOOKED', confirmedAt: null });
    // A client that has lost the answer asks again, and has not booked twice.
    expect(await world.mutate('bookAppointment', input, manager)).toEqual(booked);
    const confirmed = await world.mutate('confirmAppointment', { id: booked.id }, manager);
    expect(confirmed).toMatchObject({ confirmedAt: start.toISOString(), version: 3 });
    expect(await world.mutate('confirmAppointment', { id: booked.id }, manager)).toEqual(confirmed);

    const log = await audited(booked.id);
    expect(log.map(({ action }) => action)).toEqual(['clinics.bookAppointment', 'clinics.confirmAppointment']);
    const events = await announced(booked.id);
    expect(events.map(({ kind }) => kind)).toEqual(['BOOKED', 'CONFIRMED']);
    expect(Object.keys(events[0]).sort()).toEqual([
      ...['appointmentId', 'clinicId', 'kind', 'previousAppointmentId', 'slotId'],
    ]);
    expect(events[0]).toMatchObject({ clinicId, slotId });
    expect(JSON.stringify(log)).not.toContain('secreto');
    expect(JSON.stringify(await audited(slotId))).not.toContain(String(hold.token));
  });

  it('refuses a slot that is held, until the hold is let go', async () => {
    const { slots, patients, manager } = await agenda();
    const slotId = slots[0]?.[0];
    const hold = await world.mutate('holdSlot', { slotId }, manager);
    const taken = { __typename: 'SlotUnavailable', reason: 'TAKEN' };
    expect(await world.mutate('holdSlot', { slotId }, manager)).toEqual(taken);
    expect(await world.mutate('bookAppointment', { slotId, patientId: patients[0] }, manager)).toEqual(taken);
    expect(
      await world.mutate('bookAppointment', { slotId, patientId: patients[0], holdToken: randomUUID() }, manager),
    ).toMatchObject({ reason: 'HOLD_UNKNOWN' });
    const other = { slotId: slots[0]?.[1], patientId: patients[0], holdToken: hold.token };
    expect(await world.mutate('bookAppointment', other, manager)).toMatchObject({ reason: 'HOLD_UNKNOWN' });
    expect(await world.mutate('releaseHold', { token: hold.token }, manager)).toEqual({
      __typename: 'Slot',
      id: slotId,
      status: 'FREE',
    });
    expect(await world.mutate('releaseHold', { token: hold.token }, manager)).toMatchObject({ reason: 'NOT_FOUND' });
    expect(await world.mutate('bookAppointment', { slotId, patientId: patients[0] }, manager)).toMatchObject({
      status: 'BOOKED',
    });
  });

  it('is not blocked by a hold that has run out, and its token opens nothing', async () => {
    const { slots, patients, manager } = await agenda();
    const slotId = slots[1]?.[0];
    const first = await world.mutate('holdSlot', { slotId }, manager);
    clock.advance(10 * 60_000);
    expect(
      await world.mutate('bookAppointment', { slotId, patientId: patients[0], holdToken: first.token }, manager),
    ).toMatchObject({ reason: 'HOLD_EXPIRED' });
    const second = await world.mutate('holdSlot', { slotId }, manager);
    expect(second).toMatchObject({ __typename: 'SlotHold' });
    expect(await world.mutate('releaseHold', { token: first.token }, manager)).toMatchObject({ reason: 'NOT_FOUND' });
    clock.advance(10 * 60_000);
    expect(await releaseRunOutHolds(db.client, clock)).toBeGreaterThan(0);
    expect(await releaseRunOutHolds(db.client, clock)).toBe(0);
    expect(await world.mutate('bookAppointment', { slotId, patientId: patients[1] }, manager)).toMatchObject({
      status: 'BOOKED',
    });
  });

  it('gives a patient one appointment at a time, with whichever practitioner', async () => {
    const { slots, patients, manager } = await agenda();
    const [here, there] = slots;
    await world.mutate('bookAppointment', { slotId: here?.[0], patientId: patients[0] }, manager);
    expect(await world.mutate('bookAppointment', { slotId: there?.[0], patientId: patients[0] }, manager)).toEqual({
      __typename: 'PatientAlreadyBooked',
      reason: 'PATIENT_ALREADY_BOOKED',
    });
    const hold = await world.mutate('holdSlot', { slotId: there?.[0] }, manager);
    const input = { slotId: there?.[0], patientId: patients[0], holdToken: hold.token };
    expect(await world.mutate('bookAppointment', input, manager)).toMatchObject({ reason: 'PATIENT_ALREADY_BOOKED' });
    // The hold outlives the refusal: another patient can have it.
    expect(await world.mutate('bookAppointment', { ...input, patientId: patients[1] }, manager)).toMatchObject({
      status: 'BOOKED',
    });
  });

  it('refuses slots that are closed or have begun', async () => {
    const { slots, patients, manager } = await agenda();
    const [closed, past] = slots[0] ?? [];
    await db.pool.query(`UPDATE clinics.slots SET status = 'BUSY_UNAVAILABLE' WHERE id = $1`, [closed]);
    await db.pool.query(
      `UPDATE clinics.slots SET start_at = start_at - interval '9 days', end_at = end_at - interval '9 days' WHERE id = $1`,
      [past],
    );
    expect(await world.mutate('holdSlot', { slotId: closed }, manager)).toMatchObject({ reason: 'NOT_OPEN' });
    expect(await world.mutate('bookAppointment', { slotId: past, patientId: patients[0] }, manager)).toMatchObject({
      reason: 'IN_THE_PAST',
    });
    expect(await world.mutate('holdSlot', { slotId: 'x' }, manager)).toMatchObject({ __typename: 'ValidationFailed' });
  });

  it('is not for who may only look', async () => {
    const { slots, siteId, companyId } = await agenda();
    const looking = testViewer({ role: 'ANALYST', siteIds: [siteId], companyIds: [companyId] });
    const { errors } = await world.ask(
      'mutation ($input: HoldSlotInput!) { holdSlot(input: $input) { __typename } }',
      looking,
      { input: { slotId: slots[0]?.[0] } },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('changing an appointment', () => {
  const booked = async () => {
    const made = await agenda();
    const slotId = made.slots[0]?.[0];
    return {
      ...made,
      slotId,
      appointment: await world.mutate('bookAppointment', { slotId, patientId: made.patients[0] }, made.manager),
    };
  };

  it('cancelled, it gives its time back at once and stays cancelled', async () => {
    const { appointment, manager, slotId, patients } = await booked();
    expect(await world.mutate('cancelAppointment', { id: appointment.id, reason: 'Viaje' }, manager)).toMatchObject({
      status: 'CANCELLED',
    });
    for (const name of ['cancelAppointment', 'confirmAppointment']) {
      expect(await world.mutate(name, { id: appointment.id }, manager)).toMatchObject({ reason: 'NOT_UPCOMING' });
    }
    expect(await world.mutate('bookAppointment', { slotId, patientId: patients[1] }, manager)).toMatchObject({
      status: 'BOOKED',
    });
  });

  it('moved, it is one new appointment and one cancelled, told as one change', async () => {
    const { appointment, manager, slots } = await booked();
    const moved = await world.mutate('rescheduleAppointment', { id: appointment.id, slotId: slots[1]?.[0] }, manager);
    expect(moved).toMatchObject({ status: 'BOOKED', rescheduledFrom: { id: appointment.id, status: 'CANCELLED' } });
    expect(await announced(moved.id)).toMatchObject([{ kind: 'RESCHEDULED', previousAppointmentId: appointment.id }]);
    expect(await world.mutate('rescheduleAppointment', { id: moved.id, slotId: slots[1]?.[0] }, manager)).toMatchObject(
      {
        reason: 'SAME_SLOT',
      },
    );
  });

  it('that cannot be moved stays as it was', async () => {
    const { appointment, manager, slots, patients } = await booked();
    const wanted = slots[1]?.[1];
    await world.mutate('bookAppointment', { slotId: wanted, patientId: patients[1] }, manager);
    expect(await world.mutate('rescheduleAppointment', { id: appointment.id, slotId: wanted }, manager)).toMatchObject({
      __typename: 'SlotUnavailable',
      reason: 'TAKEN',
    });
    expect(
      await world.get('query ($id: ID!) { appointment(id: $id) { status version rescheduledTo { id } } }', manager, {
        id: appointment.id,
      }),
    ).toEqual({ appointment: { status: 'BOOKED', version: appointment.version, rescheduledTo: null } });
  });

  it('refuses who has seen an older version, and lets one of many changes win', async () => {
    const { appointment, manager } = await booked();
    const input = { id: appointment.id, expectedVersion: appointment.version };
    const results = await Promise.all(
      Array.from({ length: 6 }, () => world.mutate('cancelAppointment', input, manager)),
    );
    expect(results.filter(({ __typename }) => __typename === 'Appointment')).toHaveLength(1);
    expect(results.filter(({ reason }) => reason === 'STALE')).toHaveLength(5);
    expect(await announced(appointment.id)).toHaveLength(2);
  });
});

describe('registering a patient', () => {
  it('keeps one patient per document however it is written, and tells the log nothing of the person', async () => {
    const { clinicId, manager } = await agenda();
    const person = {
      clinicId,
      documentNumber: '11.111.111-1',
      name: 'Rosario Inventada',
      phone: '+56 9 5550 0042',
      birthDate: '1990-02-28',
    };
    const patient = await world.mutate('registerPatient', person, manager);
    expect(patient).toMatchObject({ documentNumber: '11111111-1', phone: '+56955500042', birthDate: '1990-02-28' });
    expect(await world.mutate('registerPatient', { ...person, documentNumber: '11111111-1' }, manager)).toMatchObject({
      __typename: 'Conflict',
      reason: 'DOCUMENT_TAKEN',
    });
    const log = JSON.stringify(await audited(patient.id));
    expect(log).toContain('clinics.registerPatient');
    for (const secret of ['Rosario', '11111111', '55500042', '1990']) expect(log).not.toContain(secret);
  });

  it.each([
    [{ documentNumber: '11.111.111-2' }],
    [{ name: ' ' }],
    [{ phone: '22 555 5555' }],
    [{ birthDate: '2027-01-01' }],
    [{ email: 'nobody' }],
  ])('refuses %j at its field', async (change) => {
    const { clinicId, manager } = await agenda();
    const person = { clinicId, documentNumber: '11.111.111-1', name: 'Rosario Inventada', ...change };
    expect(await world.mutate('registerPatient', person, manager)).toMatchObject({ __typename: 'ValidationFailed' });
  });
});
