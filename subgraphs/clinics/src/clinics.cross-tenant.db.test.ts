import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { clinicsWorld } from './test-support/clinics-world.ts';

const db = await testDatabase();
const world = await clinicsWorld(db, { clock: fixedClock(new Date('2026-11-23T10:00:00Z')) });
const ours = await world.addAgenda({ slots: 4 });
const theirs = await world.addAgenda({ slots: 4 });
const us = ours.manager;
const colleague = randomUUID();

const bookFor = async (agenda: typeof ours, slot = 0, patient = 0) =>
  world.mutate(
    'bookAppointment',
    { slotId: agenda.slots[0]?.[slot], patientId: agenda.patients[patient], reason: 'x' },
    agenda.manager,
  );
const ourAppointment = await bookFor(ours);
const theirAppointment = await bookFor(theirs);
const theirHold = await world.mutate('holdSlot', { slotId: theirs.slots[0]?.[1] }, theirs.manager);
const talkWith = ({ clinicId, siteId, companyId }: typeof ours) =>
  db.client.conversation.create({
    data: {
      ...{ clinicId, siteId, companyId, phone: '+56955500009', contactName: 'Persona Inventada', takenBy: colleague },
      messages: {
        create: {
          direction: 'INBOUND',
          author: 'PATIENT',
          text: 'Me duele',
          status: 'RECEIVED',
          sentAt: new Date('2026-11-23T09:00:00Z'),
        },
      },
    },
  });
const ourTalk = await talkWith(ours);
const theirTalk = await talkWith(theirs);
const theirIds = [
  theirs.clinicId,
  theirs.siteId,
  theirAppointment.id,
  theirTalk.id,
  ...theirs.patients,
  ...theirs.practitioners,
];

describe('a viewer of another company', () => {
  it('lists, counts and finds only what is theirs', async () => {
    const answer = await world.get(
      `query ($clinic: ID!, $site: ID!, $patient: ID!, $appointment: ID!, $talk: ID!, $document: String!) {
        clinics { totalCount edges { node { id } } }
        clinicsAt: clinics(filter: { siteIds: [$site] }) { totalCount }
        slots { totalCount edges { node { id } } }
        slotsAt: slots(filter: { clinicId: $clinic, statuses: [FREE, BUSY, BUSY_TENTATIVE] }) { totalCount edges { node { id } } }
        appointments { totalCount edges { node { id } } }
        appointmentsAt: appointments(filter: { clinicId: $clinic }) { totalCount }
        appointmentsOf: appointments(filter: { patientId: $patient }) { totalCount }
        upcomingAppointments { totalCount edges { node { id } } }
        appointment(id: $appointment) { id }
        patient(documentNumber: $document) { id }
        conversations { totalCount edges { node { id messages { totalCount } } } }
        conversation(id: $talk) { id }
        clinicStats(clinicId: $clinic) { appointmentsToday }
      }`,
      us,
      {
        ...{ clinic: theirs.clinicId, site: theirs.siteId, patient: theirs.patients[0], talk: theirTalk.id },
        appointment: theirAppointment.id,
        document: (await db.client.patient.findFirst({ where: { companyId: theirs.companyId } }))?.documentNumber,
      },
    );
    expect(answer).toMatchObject({
      clinics: { totalCount: 1, edges: [{ node: { id: ours.clinicId } }] },
      clinicsAt: { totalCount: 0 },
      slots: { totalCount: 3 },
      slotsAt: { totalCount: 0, edges: [] },
      appointments: { totalCount: 1, edges: [{ node: { id: ourAppointment.id } }] },
      appointmentsAt: { totalCount: 0 },
      appointmentsOf: { totalCount: 0 },
      upcomingAppointments: { totalCount: 1 },
      appointment: null,
      patient: null,
      conversations: { totalCount: 1, edges: [{ node: { id: ourTalk.id, messages: { totalCount: 1 } } }] },
      conversation: null,
      clinicStats: null,
    });
    for (const id of theirIds) expect(JSON.stringify(answer)).not.toContain(id);
  });

  it('learns nothing through entities', async () => {
    const representations = [
      { __typename: 'Site', id: theirs.siteId },
      { __typename: 'Site', id: 'not-an-id' },
      { __typename: 'User', id: colleague },
      { __typename: 'Clinic', id: theirs.clinicId },
      { __typename: 'Practitioner', id: theirs.practitioners[0] },
      { __typename: 'Slot', id: theirs.slots[0]?.[0] },
      { __typename: 'Appointment', id: theirAppointment.id },
      { __typename: 'Patient', id: theirs.patients[0] },
      { __typename: 'Conversation', id: theirTalk.id },
    ];
    const { _entities } = await world.get(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Site { clinic { id } } ... on User { conversationsTaken { id } } ... on Clinic { id } ... on Practitioner { id }
        ... on Slot { id } ... on Appointment { id } ... on Patient { id } ... on Conversation { id } } }`,
      us,
      { representations },
    );
    const nothing = [null, null, null, null, null, null];
    expect(_entities).toEqual([
      { clinic: null },
      { clinic: null },
      { conversationsTaken: [{ id: ourTalk.id }] },
      ...nothing,
    ]);
  });

  it('changes nothing of another company, and cannot tell its rows from ones that are not there', async () => {
    const [, second] = ours.slots[0] ?? [];
    const [patient] = ours.patients;
    const attempts: [string, Record<string, unknown>, string][] = [
      ['holdSlot', { slotId: theirs.slots[0]?.[2] }, 'NOT_FOUND'],
      ['releaseHold', { token: theirHold.token }, 'NOT_FOUND'],
      ['bookAppointment', { slotId: theirs.slots[0]?.[0], patientId: patient }, 'NOT_FOUND'],
      ['bookAppointment', { slotId: second, patientId: theirs.patients[0] }, 'NOT_FOUND'],
      ['bookAppointment', { slotId: second, patientId: patient, holdToken: theirHold.token }, 'HOLD_UNKNOWN'],
      ['confirmAppointment', { id: theirAppointment.id }, 'NOT_FOUND'],
      ['cancelAppointment', { id: theirAppointment.id }, 'NOT_FOUND'],
      ['rescheduleAppointment', { id: theirAppointment.id, slotId: second }, 'NOT_FOUND'],
      ['rescheduleAppointment', { id: ourAppointment.id, slotId: theirs.slots[0]?.[2] }, 'NOT_FOUND'],
      ['registerPatient', { clinicId: theirs.clinicId, documentNumber: '11111111-1', name: 'Nadie' }, 'NOT_FOUND'],
    ];
    const before = await snapshot();
    for (const [name, input, reason] of attempts) {
      expect(await world.mutate(name, input, us), `${name} ${JSON.stringify(input)}`).toMatchObject({ reason });
    }
    expect(await snapshot()).toEqual(before);
  });

  it('even who reaches both never gives a patient of one company a slot of the other', async () => {
    const input = { slotId: ours.slots[0]?.[3], patientId: theirs.patients[1] };
    expect(await world.mutate('bookAppointment', input, testAdmin())).toMatchObject({ reason: 'OTHER_COMPANY' });
  });

  it('with every permission and no place sees nothing, and with every place sees all', async () => {
    const query =
      '{ clinics { totalCount } appointments { totalCount } conversations { totalCount } slots { totalCount } }';
    const none = { totalCount: 0 };
    expect(await world.get(query, testOutsider())).toEqual({
      clinics: none,
      appointments: none,
      conversations: none,
      slots: none,
    });
    expect(await world.get(query, testAdmin())).toMatchObject({
      clinics: { totalCount: 2 },
      appointments: { totalCount: 2 },
    });
  });
});

describe('who may not read patients', () => {
  it('sees initials and times, and neither the person nor what was said', async () => {
    const looking = testViewer({ role: 'USER', siteIds: [ours.siteId], companyIds: [ours.companyId] });
    const query = `query ($id: ID!, $talk: ID!) {
      appointment(id: $id) { status reason patientNotes cancellationReason patient { name initials documentType documentNumber phone email birthDate } }
      conversation(id: $talk) { phone contactName lastMessage { text } messages { edges { node { text } } } } }`;
    const variables = { id: ourAppointment.id, talk: ourTalk.id };
    const masked = await world.get(query, looking, variables);
    expect(masked).toEqual({
      appointment: {
        ...{ status: 'BOOKED', reason: null, patientNotes: null, cancellationReason: null },
        patient: {
          name: 'P. I.',
          initials: 'P. I.',
          documentType: null,
          documentNumber: null,
          phone: null,
          email: null,
          birthDate: null,
        },
      },
      conversation: {
        phone: null,
        contactName: 'P. I.',
        lastMessage: { text: null },
        messages: { edges: [{ node: { text: null } }] },
      },
    });
    expect(await world.get(query, us, variables)).toMatchObject({
      appointment: { reason: 'x', patient: { name: 'Paciente Inventado 0', birthDate: '1980-05-17' } },
      conversation: { phone: '+56955500009', lastMessage: { text: 'Me duele' } },
    });
    const { errors } = await world.ask('{ patient(documentNumber: "1-9") { id } }', looking);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('and without any permission is refused field by field and keeps the place they asked about', async () => {
    const { data, errors } = await world.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Site { id clinic { id } } ... on Clinic { id } } }`,
      { ...us, permissions: [] },
      {
        representations: [
          { __typename: 'Site', id: ours.siteId },
          { __typename: 'Clinic', id: ours.clinicId },
        ],
      },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(data).toEqual({ _entities: [{ id: ours.siteId, clinic: null }, null] });
  });
});

async function snapshot(): Promise<unknown> {
  const { rows } = await db.pool.query(
    `SELECT (SELECT json_agg(a ORDER BY id) FROM clinics.appointments a) AS appointments,
      (SELECT count(*) FROM clinics.patients) AS patients, (SELECT count(*) FROM platform.outbox) AS events`,
  );
  return rows[0];
}
