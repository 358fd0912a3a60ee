import type { ExpectedFailure } from '@cauce/shared/errors/outcomes';
import { type Appointment, appointmentStatuses, bookingChannels } from './appointments/appointment.ts';
import { PatientAlreadyBooked, SlotUnavailable } from './booking/booking.errors.ts';
import type { SlotHold } from './booking/holds.service.ts';
import type { Clinic, Practitioner, Specialty } from './clinics/clinic.ts';
import type { ClinicStats } from './clinics/clinic-stats.ts';
import type { Conversation, Message } from './conversations/conversation.ts';
import type { Patient } from './patients/patient.ts';
import type { ClinicsBuilder } from './services.ts';
import { type Slot, slotStatuses } from './slots/slot.ts';

export type ClinicsRefs = ReturnType<typeof createRefs>;

/**
 * Types that the features refer to each other by. The entities of other subgraphs are known by their keys only: no
 * query asks whether they exist.
 */
export function createRefs(builder: ClinicsBuilder) {
  addFailures(builder);
  const slot = builder.objectRef<Slot>('Slot');
  const appointment = builder.objectRef<Appointment>('Appointment');
  const conversation = builder.objectRef<Conversation>('Conversation');
  return {
    site: builder.externalRef('Site', builder.selection<{ id: string }>('id'), (key) => key),
    user: builder.externalRef('User', builder.selection<{ id: string }>('id'), (key) => key),
    company: builder
      .externalRef('Company', builder.selection<{ id: string }>('id'), (key) => key)
      .implement({ fields: (t) => ({ id: t.exposeID('id', { description: 'Opaque id.' }) }) }),
    clinic: builder.objectRef<Clinic>('Clinic'),
    stats: builder.objectRef<ClinicStats>('ClinicStats'),
    practitioner: builder.objectRef<Practitioner>('Practitioner'),
    specialty: builder.objectRef<Specialty>('Specialty'),
    slot,
    hold: builder.objectRef<SlotHold>('SlotHold'),
    appointment,
    patient: builder.objectRef<Patient>('Patient'),
    conversation,
    message: builder.objectRef<Message>('ConversationMessage'),
    slotStatus: builder.enumType('SlotStatus', {
      description: 'FHIR R4. FREE can be booked, BUSY_TENTATIVE is held, BUSY is booked, BUSY_UNAVAILABLE is closed.',
      values: slotStatuses,
    }),
    appointmentStatus: builder.enumType('AppointmentStatus', {
      description: 'FHIR R4. PROPOSED is a hold and not yet anybody’s appointment.',
      values: appointmentStatuses,
    }),
    bookingChannel: builder.enumType('BookingChannel', {
      description: 'How the appointment came about.',
      values: bookingChannels,
    }),
    appointmentConnection: builder.connectionObject(
      { type: appointment, name: 'AppointmentConnection', description: 'Appointments, page by page.' },
      { name: 'AppointmentEdge' },
    ),
  };
}

function addFailures(builder: ClinicsBuilder): void {
  const failure = findFailure(builder);
  builder.objectType(SlotUnavailable, {
    name: 'SlotUnavailable',
    interfaces: [failure],
    description: 'The slot cannot be had. `reason` is TAKEN, NOT_OPEN, IN_THE_PAST, HOLD_UNKNOWN or HOLD_EXPIRED.',
    fields: (t) => ({ slotId: t.exposeID('slotId', { description: 'The slot that was asked for.' }) }),
  });
  builder.objectType(PatientAlreadyBooked, {
    name: 'PatientAlreadyBooked',
    interfaces: [failure],
    description: 'The patient has another appointment at that time, with whichever practitioner.',
    fields: (t) => ({ patientId: t.exposeID('patientId', { description: 'The patient.' }) }),
  });
}

/** The interface of all failures: registered by the kit's builder, which gives no handle on it. */
function findFailure(builder: ClinicsBuilder) {
  const failure = builder.interfaceRef<Pick<ExpectedFailure, 'reason' | 'message'>>('Failure');
  builder.configStore.associateParamWithRef(failure, 'Failure');
  return failure;
}
