import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { Appointment } from './appointment.ts';
import { type AppointmentFilter, type AppointmentSort, appointmentWhere } from './appointment-filter.ts';

/** Appointments, kept to those that the client's viewer reaches. */
export function createAppointmentStore(client: ScopedClient) {
  return {
    byIds: (ids: readonly string[]): Promise<Appointment[]> =>
      client.appointment.findMany({ where: { id: { in: [...ids] } }, omit: { holdToken: true } }),

    successorsOf: (ids: readonly string[]): Promise<Appointment[]> =>
      client.appointment.findMany({ where: { rescheduledFromId: { in: [...ids] } }, omit: { holdToken: true } }),

    page(filter: AppointmentFilter, sort: AppointmentSort, { limit, after }: Keyset): Promise<Appointment[]> {
      const direction = sort === 'START_AT_ASC' ? 'asc' : 'desc';
      const order = [
        { column: 'startAt', direction },
        { column: 'id', direction },
      ] as const;
      return client.appointment.findMany({
        where: { AND: [appointmentWhere(filter), afterKeyset(order, after)] },
        orderBy: [{ startAt: direction }, { id: direction }],
        take: limit + 1,
        omit: { holdToken: true },
      });
    },

    count: (filter: AppointmentFilter) => client.appointment.count({ where: appointmentWhere(filter) }),
  };
}
