import { demoId } from '../demo-id.ts';
import { createRandom } from '../random.ts';
import type { DemoAppointment } from './appointments.ts';
import { type Dialogue, demoDialogues } from './dialogues.ts';
import type { DemoPatient } from './patients.ts';
import { type DemoClinic, demoClinics } from './places.ts';

export type Row = Readonly<Record<string, unknown>>;

const minuteMs = 60_000;
/** How long ago the last message of each round of dialogues was, minutes: minutes for live ones, days for the rest. */
const rounds = [2, 45, 60 * 26, 60 * 24 * 4];

/** Conversations of every state with their messages, and the appointments that were booked in them. */
export function demoConversations(
  patients: readonly DemoPatient[],
  appointments: readonly DemoAppointment[],
  now: Date,
): { readonly conversations: Row[]; readonly messages: Row[]; readonly appointments: DemoAppointment[] } {
  const random = createRandom('clinics.conversations');
  const byId = new Map(patients.map((patient) => [patient.id, patient]));
  const conversations: Row[] = [];
  const messages: Row[] = [];
  const bookedIn = new Map<string, Pick<DemoAppointment, 'conversation_id' | 'created_at' | 'updated_at'>>();
  const phones = new Set<string>();

  for (const [clinicIndex, clinic] of Object.values(demoClinics).entries()) {
    const ours = patients.filter(({ companyId }) => companyId === clinic.site.companyId);
    const upcoming = appointments.filter(
      (row) =>
        row.clinic_id === clinic.id &&
        row.channel === 'WHATSAPP' &&
        row.status === 'BOOKED' &&
        row.confirmed_at === null,
    );
    // Clinics of one company talk to different patients.
    let person = (clinicIndex * 60) % ours.length;
    for (const [round, minutesAgo] of rounds.entries()) {
      for (const [index, dialogue] of demoDialogues.entries()) {
        // Only what is over is old: an open conversation is of today.
        if (round > 1 !== (dialogue.state === 'FINISHED')) continue;
        const id = demoId('conversation', `${clinic.code}:${round}:${index}`);
        const appointment = dialogue.state === 'APPOINTMENT_BOOKED' ? upcoming[round] : undefined;
        let patient = byId.get(appointment?.patient_id ?? '') ?? ours[person];
        // One conversation is open per clinic and phone.
        while (patient !== undefined && phones.has(`${clinic.id}:${patient.phone}`)) {
          person += 1;
          patient = ours[person];
        }
        if (patient === undefined) continue;
        phones.add(`${clinic.id}:${patient.phone}`);
        person += 2;

        const end = new Date(now.getTime() - (minutesAgo + index * 3 + random.between(0, 2)) * minuteMs);
        const talk = messagesOf(dialogue, clinic, id, end);
        messages.push(...talk.messages);
        if (appointment !== undefined && appointment.patient_id === patient.id) {
          bookedIn.set(appointment.id, { conversation_id: id, created_at: talk.endedAt, updated_at: talk.endedAt });
        }
        conversations.push(conversationOf(dialogue, clinic, patient, id, talk));
      }
    }
  }
  return {
    conversations,
    messages,
    // An appointment that was made in a conversation is as old as its last word.
    appointments: appointments.map((row) => ({ ...row, ...bookedIn.get(row.id) })),
  };
}

interface Talk {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly lastInboundAt: Date;
  readonly takenAt: Date | null;
  readonly unread: number;
  readonly messages: Row[];
}

function messagesOf({ lines }: Dialogue, clinic: DemoClinic, conversationId: string, endedAt: Date): Talk {
  const whole = lines.reduce((sum, [, minutes]) => sum + minutes, 0);
  const startedAt = new Date(endedAt.getTime() - whole * minuteMs);
  let at = startedAt;
  let lastInboundAt = startedAt;
  let takenAt: Date | null = null;
  let unread = 0;
  const [account] = clinic.staff;
  const messages = lines.map(([author, minutes, text], index): Row => {
    at = new Date(at.getTime() + minutes * minuteMs);
    const isInbound = author === 'P';
    if (isInbound) lastInboundAt = at;
    if (author === 'S') takenAt ??= at;
    unread = isInbound ? unread + 1 : 0;
    const read = isInbound ? null : new Date(at.getTime() + 20_000);
    const isLast = index === lines.length - 1;
    return {
      id: demoId('message', `${conversationId}:${index}`),
      conversation_id: conversationId,
      direction: isInbound ? 'INBOUND' : 'OUTBOUND',
      author: { P: 'PATIENT', A: 'AGENT', S: 'STAFF' }[author],
      author_user_id: author === 'S' && account !== undefined ? demoId('user', account) : null,
      phone_number_id: clinic.whatsappPhoneNumberId,
      wamid: `wamid.DEMO${demoId('wamid', `${conversationId}:${index}`).replaceAll('-', '').toUpperCase()}`,
      type: 'text',
      text,
      payload: {},
      status: isInbound ? 'RECEIVED' : isLast ? 'DELIVERED' : 'READ',
      sent_at: at,
      delivered_at: isInbound ? null : new Date(at.getTime() + 2_000),
      read_at: isLast ? null : read,
      created_at: at,
    };
  });
  return { startedAt, endedAt: at, lastInboundAt, takenAt, unread, messages };
}

function conversationOf(dialogue: Dialogue, clinic: DemoClinic, patient: DemoPatient, id: string, talk: Talk): Row {
  const [account] = clinic.staff;
  const isTaken = dialogue.isTaken === true && account !== undefined;
  return {
    id,
    clinic_id: clinic.id,
    site_id: clinic.site.id,
    company_id: clinic.site.companyId,
    phone: patient.phone,
    contact_name: patient.name.split(' ').slice(0, 2).join(' '),
    patient_id: dialogue.state === 'INITIAL' ? null : patient.id,
    state: dialogue.state,
    context: {},
    fencing_token: 0,
    taken_by: isTaken ? demoId('user', account) : null,
    taken_at: isTaken ? talk.takenAt : null,
    is_emergency: dialogue.isEmergency ?? false,
    locale: 'es',
    unread_count: talk.unread,
    last_inbound_at: talk.lastInboundAt,
    last_activity_at: talk.endedAt,
    closed_at: dialogue.state === 'FINISHED' ? talk.endedAt : null,
    created_at: talk.startedAt,
    updated_at: talk.endedAt,
  };
}
