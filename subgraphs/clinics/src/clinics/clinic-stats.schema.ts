import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';

/** Adds the numbers of a clinic's day: on the clinic, as a query, and live. */
export function addClinicStats(builder: ClinicsBuilder, { stats, clinic }: ClinicsRefs): void {
  const authScopes = { permission: 'clinics:read' } as const;
  const counts = (description: string) => ({ description });
  stats.implement({
    description: 'A clinic’s day until now, in the clinic’s own time zone.',
    fields: (t) => ({
      clinic: t.field({
        type: clinic,
        nullable: true,
        description: 'Whose numbers these are.',
        resolve: ({ clinicId }, _args, { services }) => services.clinics.byId(clinicId),
      }),
      asOf: t.expose('asOf', { type: 'DateTime', description: 'When they were counted.' }),
      day: t.expose('day', { type: 'Date', description: 'The calendar day at the clinic.' }),
      appointmentsToday: t.exposeInt(
        'appointmentsToday',
        counts('Appointments that begin today, cancelled ones not counted.'),
      ),
      attendedToday: t.exposeInt('attendedToday', counts('Of those, patients who have come.')),
      noShowsToday: t.exposeInt('noShowsToday', counts('Of those, patients who have not come.')),
      bookedToday: t.exposeInt('bookedToday', counts('Appointments that were made today, for whichever day.')),
      pendingConfirmations: t.exposeInt(
        'pendingConfirmations',
        counts('Appointments of the next seven days that the patient has not confirmed.'),
      ),
      slotsToday: t.exposeInt('slotsToday', counts('Slots of today that are open for booking or taken.')),
      openSlotsToday: t.exposeInt(
        'openSlotsToday',
        counts('Slots of the rest of today that nobody holds or has booked.'),
      ),
      conversationsOpen: t.exposeInt('conversationsOpen', counts('Conversations that are not closed.')),
      conversationsUnread: t.exposeInt('conversationsUnread', counts('Of those, with messages that nobody has read.')),
      averageResponseSeconds: t.exposeFloat('averageResponseSeconds', {
        nullable: true,
        description:
          'Mean time from a patient’s message to the answer, today, seconds; null when nothing was answered.',
      }),
    }),
  });
  builder.objectField(clinic, 'stats', (t) =>
    t.field({
      type: stats,
      nullable: true,
      description: 'The numbers of the day.',
      authScopes,
      resolve: ({ id }, _args, { services }) => services.stats.of(id),
    }),
  );
  builder.queryField('clinicStats', (t) =>
    t.field({
      type: stats,
      nullable: true,
      description: 'The numbers of a clinic’s day; null when there is none within reach.',
      authScopes,
      args: { clinicId: t.arg.id({ description: 'The clinic.' }) },
      resolve: (_root, { clinicId }, { services }) => services.stats.of(clinicId),
    }),
  );
  builder.subscriptionField('clinicStatsChanged', (t) =>
    t.field({
      type: stats,
      nullable: true,
      description: 'The numbers of a clinic’s day, whenever an appointment changes or a slot is held or let go.',
      authScopes,
      args: { clinicId: t.arg.id({ description: 'The clinic.' }) },
      subscribe: (_root, { clinicId }, { services }) => services.statsChanges(clinicId),
      resolve: (clinicId, _args, { services }) => {
        services.forgetLoaded();
        return services.stats.of(clinicId);
      },
    }),
  );
}
