import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { appointmentSorts } from './appointment-filter.ts';

/** Adds the lists of appointments and the detail. */
export function addAppointmentQueries(builder: ClinicsBuilder, refs: ClinicsRefs): void {
  const { appointment, appointmentStatus, appointmentConnection } = refs;
  const authScopes = { permission: 'clinics:read' } as const;
  const filter = builder.inputType('AppointmentFilterInput', {
    description:
      'Which appointments to list; what is left out does not narrow, but holds are only there when asked for.',
    fields: (t) => ({
      clinicId: t.id({ required: false, description: 'Only at this clinic.' }),
      siteIds: t.idList({ required: false, description: 'Only at these sites.' }),
      practitionerId: t.id({ required: false, description: 'Only with this practitioner.' }),
      patientId: t.id({ required: false, description: 'Only of this patient.' }),
      specialty: t.string({ required: false, description: 'Only of this specialty, by its code.' }),
      statuses: t.field({ type: [appointmentStatus], required: false, description: 'All but PROPOSED if left out.' }),
      from: t.field({ type: 'DateTime', required: false, description: 'Beginning at this instant or later.' }),
      to: t.field({ type: 'DateTime', required: false, description: 'Beginning before this instant.' }),
      needsConfirmation: t.boolean({
        required: false,
        description: 'Only those that wait for the patient’s confirmation, or only the others.',
      }),
    }),
  });
  const sort = builder.enumType('AppointmentSort', {
    description: 'The order of the list; equal rows are ordered by id.',
    values: appointmentSorts,
  });

  builder.queryField('appointments', (t) =>
    t.connection(
      {
        type: appointment,
        description: 'Appointments within the viewer’s reach, latest first unless said.',
        authScopes,
        args: {
          filter: t.arg({ type: filter, required: false, description: 'Which of them.' }),
          orderBy: t.arg({
            type: sort,
            required: false,
            defaultValue: 'START_AT_DESC',
            description: 'In which order.',
          }),
        },
        resolve: (_root, { filter: wanted, orderBy, ...page }, { services }) =>
          services.appointments.page(wanted ?? {}, orderBy ?? 'START_AT_DESC', page),
      },
      appointmentConnection,
    ),
  );
  builder.queryField('upcomingAppointments', (t) =>
    t.connection(
      {
        type: appointment,
        description: 'Appointments still to come within the next days, soonest first: whom to remind.',
        authScopes,
        args: {
          days: t.arg.int({
            required: false,
            defaultValue: 7,
            description: 'How far to look, days of 24 hours; at most 366.',
          }),
          filter: t.arg({ type: filter, required: false, description: 'Which of them.' }),
        },
        resolve: (_root, { days, filter: wanted, ...page }, { services }) =>
          services.appointments.upcoming(days ?? 7, wanted ?? {}, page),
      },
      appointmentConnection,
    ),
  );
  builder.queryField('appointment', (t) =>
    t.field({
      type: appointment,
      nullable: true,
      description: 'One appointment; null when there is none within reach.',
      authScopes,
      args: { id: t.arg.id({ description: 'The appointment.' }) },
      resolve: (_root, { id }, { services }) => services.appointments.byId(id),
    }),
  );
}
