import { can } from '@cauce/shared/auth/viewer';
import { personal } from '../personal-data.ts';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { daysBetween } from '../zone-days.ts';
import { isUpcoming } from './appointment.ts';

/** Adds `Appointment` and its key. */
export function addAppointmentType(builder: ClinicsBuilder, refs: ClinicsRefs): void {
  const { appointment, clinic, practitioner, specialty, slot, patient, conversation, user } = refs;
  const hidden = 'null without the permission `patients:read`.';
  appointment.implement({
    description: 'A patient’s time with a practitioner (FHIR Appointment).',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      status: t.expose('status', { type: refs.appointmentStatus, description: 'How far it is.' }),
      startAt: t.expose('startAt', { type: 'DateTime', description: 'When it begins.' }),
      endAt: t.expose('endAt', { type: 'DateTime', description: 'When it ends.' }),
      daysAhead: t.int({
        nullable: true,
        description: 'Calendar days at the clinic until then: 0 is today, negative when it has passed.',
        resolve: async ({ clinicId, startAt }, _args, { services }) => {
          const place = await services.clinics.byId(clinicId);
          return place === null ? null : daysBetween(services.now(), startAt, place.timeZone);
        },
      }),
      clinic: t.field({
        type: clinic,
        nullable: true,
        description: 'Where.',
        resolve: ({ clinicId }, _args, { services }) => services.clinics.byId(clinicId),
      }),
      practitioner: t.field({
        type: practitioner,
        nullable: true,
        description: 'With whom; null when the viewer does not reach their company.',
        resolve: ({ practitionerId }, _args, { services }) => services.clinics.practitioner(practitionerId),
      }),
      specialty: t.field({
        type: specialty,
        nullable: true,
        description: 'What for.',
        resolve: ({ specialtyId }, _args, { services }) =>
          specialtyId === null ? null : services.clinics.specialty(specialtyId),
      }),
      slot: t.field({
        type: slot,
        nullable: true,
        description: 'The slot it takes; null when it was made outside the agenda.',
        resolve: ({ slotId }, _args, { services }) => (slotId === null ? null : services.slots.byId(slotId)),
      }),
      patient: t.field({
        type: patient,
        nullable: true,
        description: 'Who comes; null for a hold, and when the viewer does not reach the patient’s company.',
        resolve: ({ patientId }, _args, { services }) =>
          patientId === null ? null : services.patients.byId(patientId),
      }),
      reason: t.string({
        nullable: true,
        description: `Why the patient comes; ${hidden}`,
        resolve: ({ reason }, _args, { viewer }) => personal(viewer, reason),
      }),
      patientNotes: t.string({
        nullable: true,
        description: `What the patient told, in their words; ${hidden}`,
        resolve: ({ patientNotes }, _args, { viewer }) => personal(viewer, patientNotes),
      }),
      channel: t.expose('channel', { type: refs.bookingChannel, description: 'How it came about.' }),
      isOverlapAllowed: t.exposeBoolean('isOverlapAllowed', {
        description: 'Meant to overlap another one, with a reason.',
      }),
      needsConfirmation: t.boolean({
        description: 'It is still to come and the patient has not confirmed.',
        resolve: (parent, _args, { services }) =>
          isUpcoming(parent) && parent.confirmedAt === null && parent.startAt > services.now(),
      }),
      confirmedAt: t.expose('confirmedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the patient said that they will come.',
      }),
      cancelledAt: t.expose('cancelledAt', { type: 'DateTime', nullable: true, description: 'When it was cancelled.' }),
      cancellationReason: t.string({
        nullable: true,
        description: `Why it was cancelled; ${hidden}`,
        resolve: ({ cancellationReason }, _args, { viewer }) => personal(viewer, cancellationReason),
      }),
      rescheduledFrom: t.field({
        type: appointment,
        nullable: true,
        description: 'The cancelled appointment that this one takes the place of.',
        resolve: ({ rescheduledFromId }, _args, { services }) =>
          rescheduledFromId === null ? null : services.appointments.byId(rescheduledFromId),
      }),
      rescheduledTo: t.field({
        type: appointment,
        nullable: true,
        description: 'The appointment that took the place of this one.',
        resolve: ({ id }, _args, { services }) => services.appointments.successorOf(id),
      }),
      conversation: t.field({
        type: conversation,
        nullable: true,
        description: 'The conversation in which it was booked.',
        resolve: ({ conversationId }, _args, { services }) =>
          conversationId === null ? null : services.conversations.byId(conversationId),
      }),
      createdBy: t.field({
        type: user,
        nullable: true,
        description: 'Who booked it; null for the agent.',
        resolve: ({ createdBy }) => (createdBy === null ? null : { id: createdBy }),
      }),
      version: t.exposeInt('version', {
        description: 'Grows with every change; give it back as `expectedVersion` to change what you have seen.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
    }),
  });
  builder.asEntity(appointment, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services, viewer }) =>
      can(viewer, 'clinics:read') ? services.appointments.byId(id) : null,
  });
}
