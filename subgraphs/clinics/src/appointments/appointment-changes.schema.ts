import { appointmentChangeKinds } from '../events.ts';
import type { ClinicsRefs } from '../refs.ts';
import type { AppointmentChange, ClinicsBuilder } from '../services.ts';

/** Adds the live subscription of appointments. */
export function addAppointmentChanges(builder: ClinicsBuilder, { appointment }: ClinicsRefs): void {
  const kind = builder.enumType('AppointmentChangeKind', {
    description: 'What happened to the appointment.',
    values: appointmentChangeKinds,
  });
  const change = builder.objectRef<AppointmentChange>('AppointmentChange').implement({
    description: 'One change of one appointment.',
    fields: (t) => ({
      kind: t.expose('kind', { type: kind, description: 'What happened.' }),
      appointmentId: t.exposeID('appointmentId', { description: 'The appointment.' }),
      occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened.' }),
      appointment: t.field({
        type: appointment,
        nullable: true,
        description: 'The appointment as it is now.',
        resolve: ({ appointmentId }, _args, { services }) => services.appointments.byId(appointmentId),
      }),
      previousAppointment: t.field({
        type: appointment,
        nullable: true,
        description: 'The appointment whose place it took, when it was moved.',
        resolve: ({ previousAppointmentId }, _args, { services }) =>
          previousAppointmentId === null ? null : services.appointments.byId(previousAppointmentId),
      }),
    }),
  });
  builder.subscriptionField('appointmentChanged', (t) =>
    t.field({
      type: change,
      description: 'Appointments of a clinic as they are booked, confirmed, moved or cancelled.',
      authScopes: { permission: 'clinics:read' },
      args: { clinicId: t.arg.id({ description: 'The clinic.' }) },
      subscribe: (_root, { clinicId }, { services }) => services.appointmentChanges(clinicId),
      resolve: (event, _args, { services }) => {
        // What earlier events loaded is no longer true.
        services.forgetLoaded();
        return event;
      },
    }),
  );
}
