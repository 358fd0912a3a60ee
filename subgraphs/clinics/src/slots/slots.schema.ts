import { can } from '@cauce/shared/auth/viewer';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';

/** Adds `Slot` and the list of what can be booked. */
export function addSlots(builder: ClinicsBuilder, refs: ClinicsRefs): void {
  const { slot, clinic, practitioner, specialty, appointment, slotStatus } = refs;
  slot.implement({
    description: 'Time of a practitioner that can be booked (FHIR Slot).',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      startAt: t.expose('startAt', { type: 'DateTime', description: 'When it begins.' }),
      endAt: t.expose('endAt', { type: 'DateTime', description: 'When it ends.' }),
      status: t.expose('status', { type: slotStatus, description: 'Whether it can be booked now.' }),
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
        resolve: ({ specialtyId }, _args, { services }) => services.clinics.specialty(specialtyId),
      }),
      appointment: t.field({
        type: appointment,
        nullable: true,
        description: 'What it is booked for; null while it is free or only held.',
        resolve: ({ appointmentId }, _args, { services }) =>
          appointmentId === null ? null : services.appointments.byId(appointmentId),
      }),
    }),
  });
  builder.asEntity(slot, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services, viewer }) => (can(viewer, 'clinics:read') ? services.slots.byId(id) : null),
  });

  const filter = builder.inputType('SlotFilterInput', {
    description: 'Which slots to list.',
    fields: (t) => ({
      clinicId: t.id({ required: false, description: 'Only of this clinic.' }),
      practitionerId: t.id({ required: false, description: 'Only of this practitioner.' }),
      specialty: t.string({ required: false, description: 'Only of this specialty, by its code.' }),
      from: t.field({
        type: 'DateTime',
        required: false,
        description: 'Beginning at this instant or later; after now if left out.',
      }),
      to: t.field({ type: 'DateTime', required: false, description: 'Beginning before this instant.' }),
      statuses: t.field({ type: [slotStatus], required: false, description: 'In these states; FREE if left out.' }),
    }),
  });
  builder.queryField('slots', (t) =>
    t.connection(
      {
        type: slot,
        description:
          'Slots within the viewer’s reach, soonest first: those that can be booked, unless the filter says otherwise.',
        authScopes: { permission: 'clinics:read' },
        args: { filter: t.arg({ type: filter, required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter: wanted, ...page }, { services }) => services.slots.page(wanted ?? {}, page),
      },
      { name: 'SlotConnection', description: 'Slots, page by page.' },
      { name: 'SlotEdge' },
    ),
  );
}
