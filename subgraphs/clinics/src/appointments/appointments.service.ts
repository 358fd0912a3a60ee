import type { Clock } from '@cauce/shared/clock';
import { createIdLoader, createLoader } from '@cauce/shared/db/create-loader';
import { AppError } from '@cauce/shared/errors/app-error';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { Appointment } from './appointment.ts';
import type { AppointmentFilter, AppointmentSort } from './appointment-filter.ts';
import type { createAppointmentStore } from './appointments.store.ts';

/** Appointments as far as one viewer may see them, each loaded once. */
export interface Appointments {
  byId(id: string): Promise<Appointment | null>;
  /** The appointment that took the place of this one. */
  successorOf(id: string): Promise<Appointment | null>;
  page(filter: AppointmentFilter, sort: AppointmentSort, page: PageArgs): Promise<Page<Appointment>>;
  /** Those still to come within so many days from now, soonest first. */
  upcoming(days: number, filter: AppointmentFilter, page: PageArgs): Promise<Page<Appointment>>;
}

export interface AppointmentsDeps {
  readonly store: ReturnType<typeof createAppointmentStore>;
  readonly clock: Clock;
}

const maxDaysAhead = 366;
const dayMs = 86_400_000;

export function createAppointments({ store, clock }: AppointmentsDeps): Appointments {
  const byId = createIdLoader(store.byIds);
  const successor = createLoader(store.successorsOf, ({ rescheduledFromId }) => rescheduledFromId ?? '');
  const page: Appointments['page'] = async (filter, sort, args) => {
    const keyset = readKeyset(args, ['instant', 'id']);
    return toPage(
      await store.page(filter, sort, keyset),
      keyset,
      ({ startAt, id }) => [startAt.toISOString(), id],
      () => store.count(filter),
    );
  };
  return {
    byId: (id) => byId.load(id),
    successorOf: (id) => successor.load(id),
    page,
    upcoming(days, filter, args) {
      if (days < 0 || days > maxDaysAhead) {
        throw new AppError('BAD_USER_INPUT', `days must be between 0 and ${maxDaysAhead}`, {
          detail: { argument: 'days' },
        });
      }
      const from = clock.now();
      const to = new Date(from.getTime() + days * dayMs);
      return page({ ...filter, statuses: ['PENDING', 'BOOKED'], from, to }, 'START_AT_ASC', args);
    },
  };
}
