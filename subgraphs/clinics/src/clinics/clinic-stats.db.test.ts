import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import type { Agenda } from '../test-support/agenda.ts';
import { clinicsWorld } from '../test-support/clinics-world.ts';

const db = await testDatabase();
// 21:30 in Santiago: in UTC it is tomorrow already.
const now = new Date('2026-11-24T00:30:00Z');
const clock = fixedClock(now);
const world = await clinicsWorld(db, { clock });
world.startRelay();
const evening = new Date('2026-11-24T00:00:00Z');
const fields = `day appointmentsToday attendedToday noShowsToday bookedToday pendingConfirmations slotsToday openSlotsToday
  conversationsOpen conversationsUnread averageResponseSeconds`;

describe('the numbers of a clinic’s day', () => {
  it('are of the clinic’s own day, and each is what it says', async () => {
    // Slots at 21:00, 21:30, 22:00 … 23:30 today and 00:00 tomorrow, by the clock on the clinic's wall.
    const { clinicId, siteId, companyId, slots, patients, manager } = await world.addAgenda({
      slots: 7,
      patients: 4,
      startAt: evening,
    });
    const [begun = '', , held = '', booked = '', , , tomorrow = ''] = slots[0] ?? [];
    await world.mutate('holdSlot', { slotId: held }, manager);
    await world.mutate('bookAppointment', { slotId: booked, patientId: patients[0] }, manager);
    await world.mutate('bookAppointment', { slotId: tomorrow, patientId: patients[1] }, manager);
    const past = await db.client.slot.findUniqueOrThrow({ where: { id: begun } });
    const { practitionerId, startAt, endAt } = past;
    const place = {
      clinicId,
      siteId,
      companyId,
      practitionerId,
      startAt,
      endAt,
      createdAt: new Date('2026-11-20T12:00:00Z'),
    };
    await db.client.appointment.create({ data: { ...place, patientId: patients[2] ?? null, status: 'NOSHOW' } });
    await db.client.appointment.create({ data: { ...place, patientId: patients[3] ?? null, status: 'ARRIVED' } });
    await db.client.appointment.create({ data: { ...place, patientId: patients[3] ?? null, status: 'CANCELLED' } });
    const said = (direction: 'INBOUND' | 'OUTBOUND', minute: string) => ({
      ...({ direction, author: direction === 'INBOUND' ? 'PATIENT' : 'AGENT', status: 'READ' } as const),
      sentAt: new Date(`2026-11-24T00:${minute}Z`),
    });
    await db.client.conversation.create({
      data: {
        ...{ clinicId, siteId, companyId, phone: '+56955500001', unreadCount: 1, lastActivityAt: now },
        messages: {
          create: [
            said('INBOUND', '10:00'),
            said('OUTBOUND', '10:10'),
            said('INBOUND', '11:00'),
            said('OUTBOUND', '11:30'),
            said('INBOUND', '12:00'),
          ],
        },
      },
    });
    const { clinicStats } = await world.get(`query ($id: ID!) { clinicStats(clinicId: $id) { ${fields} } }`, manager, {
      id: clinicId,
    });
    expect(clinicStats).toEqual({
      day: '2026-11-23',
      ...{ appointmentsToday: 3, attendedToday: 1, noShowsToday: 1, pendingConfirmations: 2 },
      // The hold is no appointment, and three were made days ago.
      bookedToday: 2,
      // 22:30 and 23:00 are booked or held, 21:00 and 21:30 have begun.
      ...{ slotsToday: 6, openSlotsToday: 2 },
      ...{ conversationsOpen: 1, conversationsUnread: 1, averageResponseSeconds: 20 },
    });
  });

  it('count a hold as taken only while it lasts', async () => {
    const { clinicId, slots, manager } = await world.addAgenda({ slots: 3, startAt: evening });
    const open = async () =>
      (await world.get('query ($id: ID!) { clinicStats(clinicId: $id) { openSlotsToday } }', manager, { id: clinicId }))
        .clinicStats;
    expect(await open()).toEqual({ openSlotsToday: 1 });
    await world.mutate('holdSlot', { slotId: slots[0]?.[2] }, manager);
    expect(await open()).toEqual({ openSlotsToday: 0 });
    clock.advance(10 * 60_000);
    expect(await open()).toEqual({ openSlotsToday: 1 });
    clock.advance(-10 * 60_000);
  });

  it('take as many statements for one site as for thirty', async () => {
    const agendas: Agenda[] = [];
    for (let index = 0; index < 30; index += 1) agendas.push(await world.addAgenda({ slots: 2, startAt: evening }));
    const viewer = testAdmin();
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Site { clinic { name practitioners { name specialties { code } } specialties { code } stats { ${fields} } } } } }`;
    const ask = (count: number) => () =>
      world.get(query, viewer, {
        representations: agendas.slice(0, count).map(({ siteId }) => ({ __typename: 'Site', id: siteId })),
      });
    const one = await world.countStatements(ask(1));
    expect(await world.countStatements(ask(30))).toBe(one);
    expect(one).toBeLessThanOrEqual(6);
  });

  it('are told live, when an appointment changes or a slot is held, to who reaches the clinic and asked for it', async () => {
    const { clinicId, slots, patients, manager } = await world.addAgenda({
      slots: 4,
      startAt: new Date('2026-11-24T01:00:00Z'),
    });
    const other = await world.addAgenda({ slots: 1, startAt: new Date('2026-11-24T01:00:00Z') });
    const stats = 'subscription ($id: ID!) { clinicStatsChanged(clinicId: $id) { appointmentsToday openSlotsToday } }';
    const changes = `subscription ($id: ID!) { appointmentChanged(clinicId: $id) {
      kind appointmentId appointment { status patient { name } } previousAppointment { status } } }`;
    const listener = await world.listen(stats, manager, { id: clinicId });
    const agenda = await world.listen(changes, manager, { id: clinicId });
    const stranger = await world.listen(changes, other.manager, { id: clinicId });
    const own = await world.listen(changes, other.manager, { id: other.clinicId });

    await world.mutate('holdSlot', { slotId: slots[0]?.[0] }, manager);
    expect(await listener.next()).toEqual({ clinicStatsChanged: { appointmentsToday: 0, openSlotsToday: 3 } });
    const booked = await world.mutate('bookAppointment', { slotId: slots[0]?.[1], patientId: patients[0] }, manager);
    expect(await listener.next()).toEqual({ clinicStatsChanged: { appointmentsToday: 1, openSlotsToday: 2 } });
    expect(await agenda.next()).toMatchObject({
      appointmentChanged: { kind: 'BOOKED', appointmentId: booked.id, appointment: { status: 'BOOKED' } },
    });
    const moved = await world.mutate('rescheduleAppointment', { id: booked.id, slotId: slots[0]?.[2] }, manager);
    expect(await agenda.next()).toMatchObject({
      appointmentChanged: {
        kind: 'RESCHEDULED',
        appointmentId: moved.id,
        previousAppointment: { status: 'CANCELLED' },
      },
    });
    await world.mutate('cancelAppointment', { id: moved.id }, manager);
    expect(await agenda.next()).toMatchObject({
      appointmentChanged: { kind: 'CANCELLED', appointment: { status: 'CANCELLED' } },
    });

    // What the stranger hears first is nothing: the other clinic's event comes after all of ours and is the first of theirs.
    const theirs = await world.mutate(
      'bookAppointment',
      { slotId: other.slots[0]?.[0], patientId: other.patients[0] },
      other.manager,
    );
    expect(await own.next()).toMatchObject({ appointmentChanged: { appointmentId: theirs.id } });
    const heard = await Promise.race([stranger.next(), new Promise((resolve) => setTimeout(resolve, 200, 'nothing'))]);
    expect(heard).toBe('nothing');
    for (const open of [listener, agenda, stranger, own]) open.stop();
  });
});
