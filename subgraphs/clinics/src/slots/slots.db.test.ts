import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { describe, expect, it } from 'vitest';
import { clinicsWorld } from '../test-support/clinics-world.ts';

const db = await testDatabase();
const clock = fixedClock(new Date('2026-11-23T12:30:00Z'));
const world = await clinicsWorld(db, { clock });

const ids = (connection: unknown) =>
  JSON.parse(JSON.stringify(connection)).edges.map(({ node }: { node: { id: string } }) => node.id);

describe('slots', () => {
  it('list what can still be booked, soonest first, page by page without gaps or repeats', async () => {
    const { clinicId, slots, manager, patients } = await world.addAgenda({ practitioners: 2, slots: 6 });
    const [first = [], second = []] = slots;
    await world.mutate('bookAppointment', { slotId: first[3], patientId: patients[0] }, manager);
    await world.mutate('holdSlot', { slotId: second[4] }, manager);
    const query = `query ($clinic: ID!, $after: String) {
      slots(filter: { clinicId: $clinic, specialty: "general_medicine" }, first: 3, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { id startAt } } } }`;
    const seen: string[] = [];
    for (let after: string | null = null, isDone = false; !isDone; ) {
      const page: Record<string, unknown> = await world.get(query, manager, { clinic: clinicId, after });
      const { slots: connection } = JSON.parse(JSON.stringify(page));
      seen.push(...ids(connection));
      expect(connection.totalCount).toBe(6);
      after = connection.pageInfo.endCursor;
      isDone = !connection.pageInfo.hasNextPage;
    }
    // The first of each has begun, 12:30 included, which is now; the booked one and the held one are gone.
    const left = [...first.slice(2), ...second.slice(2)].filter((id) => id !== first[3] && id !== second[4]);
    expect(new Set(seen)).toEqual(new Set(left));
    expect(seen).toHaveLength(left.length);
  });

  it('tell what they are taken for when asked for all', async () => {
    const { clinicId, slots, manager, patients } = await world.addAgenda({ slots: 5 });
    const [, , booked, held, closed] = slots[0] ?? [];
    const appointment = await world.mutate('bookAppointment', { slotId: booked, patientId: patients[0] }, manager);
    await world.mutate('holdSlot', { slotId: held }, manager);
    await db.pool.query(`UPDATE clinics.slots SET status = 'BUSY_UNAVAILABLE' WHERE id = $1`, [closed]);
    const { slots: all } = await world.get(
      `query ($clinic: ID!) { slots(filter: { clinicId: $clinic, from: "2026-11-23T00:00:00Z",
        statuses: [FREE, BUSY, BUSY_TENTATIVE, BUSY_UNAVAILABLE] }) { edges { node { status appointment { id } } } } }`,
      manager,
      { clinic: clinicId },
    );
    expect(all).toEqual({
      edges: [
        { node: { status: 'FREE', appointment: null } },
        { node: { status: 'FREE', appointment: null } },
        { node: { status: 'BUSY', appointment: { id: appointment.id } } },
        { node: { status: 'BUSY_TENTATIVE', appointment: null } },
        { node: { status: 'BUSY_UNAVAILABLE', appointment: null } },
      ],
    });
  });

  it('refuse a cursor that is none, as the client’s mistake', async () => {
    const { manager } = await world.addAgenda({ slots: 1 });
    const forged = Buffer.from(JSON.stringify(["2026-02-30T00:00:00.000Z'; --", 'x'])).toString('base64url');
    const { errors } = await world.ask('query ($after: String) { slots(after: $after) { totalCount } }', manager, {
      after: forged,
    });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('appointments', () => {
  it('are listed by time in either direction, filtered by what is asked, without holds', async () => {
    const { clinicId, slots, manager, patients, practitioners } = await world.addAgenda({
      practitioners: 2,
      slots: 5,
      patients: 3,
    });
    const [first = [], second = []] = slots;
    const book = async (slotId: unknown, patient: number) =>
      (await world.mutate('bookAppointment', { slotId, patientId: patients[patient] }, manager)).id;
    const early = await book(first[2], 0);
    const late = await book(second[4], 1);
    const middle = await book(first[3], 2);
    await world.mutate('confirmAppointment', { id: middle }, manager);
    await world.mutate('cancelAppointment', { id: late }, manager);
    await world.mutate('holdSlot', { slotId: first[4] }, manager);
    const answer = await world.get(
      `query ($clinic: ID!, $doctor: ID!, $patient: ID!) {
        latest: appointments(filter: { clinicId: $clinic }) { totalCount edges { node { id } } }
        soonest: appointments(filter: { clinicId: $clinic }, orderBy: START_AT_ASC) { edges { node { id } } }
        held: appointments(filter: { clinicId: $clinic, statuses: [PROPOSED] }) { totalCount edges { node { patient { id } } } }
        withDoctor: appointments(filter: { practitionerId: $doctor, to: "2026-11-23T13:30:00Z" }) { edges { node { id daysAhead } } }
        waiting: appointments(filter: { clinicId: $clinic, needsConfirmation: true }) { edges { node { id needsConfirmation } } }
        settled: appointments(filter: { clinicId: $clinic, needsConfirmation: false }) { totalCount }
        upcoming: upcomingAppointments(days: 1, filter: { clinicId: $clinic }) { edges { node { id } } }
        ofPatient: appointment(id: "${String(early)}") { patient { appointments { totalCount } } }
      }`,
      manager,
      { clinic: clinicId, doctor: practitioners[0], patient: patients[0] },
    );
    expect(ids(answer.latest)).toEqual([late, middle, early]);
    expect(ids(answer.soonest)).toEqual([early, middle, late]);
    expect(answer.held).toEqual({ totalCount: 1, edges: [{ node: { patient: null } }] });
    expect(answer.withDoctor).toEqual({ edges: [{ node: { id: early, daysAhead: 0 } }] });
    expect(answer.waiting).toEqual({ edges: [{ node: { id: early, needsConfirmation: true } }] });
    expect(answer.settled).toEqual({ totalCount: 2 });
    expect(ids(answer.upcoming)).toEqual([early, middle]);
    expect(answer.ofPatient).toEqual({ patient: { appointments: { totalCount: 1 } } });
  });
});
