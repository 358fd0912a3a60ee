import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { PatientAlreadyBooked, SlotUnavailable } from './booking.errors.ts';

/** Adds the mutations that make, confirm, cancel and move appointments. */
export function addBooking(builder: ClinicsBuilder, { appointment }: ClinicsRefs): void {
  const base = { type: appointment, authScopes: { permission: 'clinics:write' } } as const;
  const bookInput = builder.inputType('BookAppointmentInput', {
    description: 'An appointment to make.',
    fields: (t) => ({
      slotId: t.id({ description: 'The slot.' }),
      patientId: t.id({ description: 'Who comes.' }),
      holdToken: t.id({ required: false, description: 'Token of `holdSlot`; without one the slot must be free.' }),
      reason: t.string({ required: false, description: 'Why the patient comes; at most 500 characters.' }),
      patientNotes: t.string({ required: false, description: 'What the patient told; at most 500 characters.' }),
    }),
  });
  const confirmInput = builder.inputType('ConfirmAppointmentInput', {
    description: 'An appointment that the patient will come to.',
    fields: (t) => changedFields(t),
  });
  const cancelInput = builder.inputType('CancelAppointmentInput', {
    description: 'An appointment that will not take place.',
    fields: (t) => ({ ...changedFields(t), reason: t.string({ required: false, description: 'Why.' }) }),
  });
  const rescheduleInput = builder.inputType('RescheduleAppointmentInput', {
    description: 'An appointment to move.',
    fields: (t) => ({
      ...changedFields(t),
      slotId: t.id({ description: 'The slot to move to.' }),
      holdToken: t.id({ required: false, description: 'Token of `holdSlot` for the new slot.' }),
      reason: t.string({ required: false, description: 'Why it is moved.' }),
    }),
  });

  builder.mutationFields((t) => ({
    bookAppointment: t.field({
      ...base,
      description:
        'Makes a slot a patient’s. Repeated with the same token and patient it answers the same appointment.',
      errors: {
        types: [NotFound, SlotUnavailable, PatientAlreadyBooked, Conflict, ValidationFailed],
        union: { name: 'BookAppointmentResult' },
      },
      args: { input: t.arg({ type: bookInput, description: 'What to book.' }) },
      resolve: async (_root, { input }, { services }) => {
        const booked = await services.booking.book(input);
        services.forgetLoaded();
        return booked;
      },
    }),
    confirmAppointment: t.field({
      ...base,
      description: 'Notes that the patient will come; again, it changes nothing.',
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'ConfirmAppointmentResult' } },
      args: { input: t.arg({ type: confirmInput, description: 'Which one.' }) },
      resolve: async (_root, { input }, { services }) => {
        const confirmed = await services.booking.confirm(input);
        services.forgetLoaded();
        return confirmed;
      },
    }),
    cancelAppointment: t.field({
      ...base,
      description: 'Cancels an appointment that has not begun; its time can be booked at once.',
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'CancelAppointmentResult' } },
      args: { input: t.arg({ type: cancelInput, description: 'Which one.' }) },
      resolve: async (_root, { input }, { services }) => {
        const cancelled = await services.booking.cancel(input);
        services.forgetLoaded();
        return cancelled;
      },
    }),
    rescheduleAppointment: t.field({
      ...base,
      description:
        'Moves an appointment to another slot: answers the new one and cancels the old one, or does neither.',
      errors: {
        types: [NotFound, SlotUnavailable, PatientAlreadyBooked, Conflict, ValidationFailed],
        union: { name: 'RescheduleAppointmentResult' },
      },
      args: { input: t.arg({ type: rescheduleInput, description: 'Which one, and where to.' }) },
      resolve: async (_root, { input }, { services }) => {
        const moved = await services.booking.reschedule(input);
        services.forgetLoaded();
        return moved;
      },
    }),
  }));
}

type InputFields = Parameters<Parameters<ClinicsBuilder['inputType']>[1]['fields']>[0];

function changedFields(t: InputFields) {
  return {
    id: t.id({ description: 'The appointment.' }),
    expectedVersion: t.int({
      required: false,
      description: '`version` of the appointment that was seen; refused as STALE if it is another now.',
    }),
  };
}
