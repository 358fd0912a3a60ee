import { createScopedClient } from '@cauce/shared/db/scoped-client';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { CauceBuilder } from '@cauce/shared/schema/builder';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { type Appointments, createAppointments } from './appointments/appointments.service.ts';
import { createAppointmentStore } from './appointments/appointments.store.ts';
import { type Booking, createBooking } from './booking/booking.service.ts';
import { createBookingStore } from './booking/booking.store.ts';
import { createHolds, type Holds } from './booking/holds.service.ts';
import { type ClinicStatistics, createClinicStatistics } from './clinics/clinic-stats.service.ts';
import { createClinicStatsStore } from './clinics/clinic-stats.store.ts';
import { type Clinics, createClinics } from './clinics/clinics.service.ts';
import { createClinicStore } from './clinics/clinics.store.ts';
import { type Conversations, createConversations } from './conversations/conversations.service.ts';
import { createConversationStore } from './conversations/conversations.store.ts';
import { type AppointmentChanged, appointmentChanged, clinicStatsChanged } from './events.ts';
import { createPatients, type Patients } from './patients/patients.service.ts';
import { createPatientStore } from './patients/patients.store.ts';
import { clinicsRowScopes } from './row-scopes.ts';
import { createSlots, type Slots } from './slots/slots.service.ts';
import { createSlotStore } from './slots/slots.store.ts';

/** What was read for a request: each row once. */
interface Reading {
  readonly clinics: Clinics;
  readonly stats: ClinicStatistics;
  readonly slots: Slots;
  readonly appointments: Appointments;
  readonly patients: Patients;
  readonly conversations: Conversations;
}

export interface AppointmentChange extends AppointmentChanged {
  readonly occurredAt: string;
}

/** What clinics' resolvers call: one viewer's clinics and what happens there. */
export interface ClinicsServices extends Reading {
  readonly holds: Holds;
  readonly booking: Booking;
  readonly now: () => Date;
  /** From this call on; only of the clinic, and only as far as the viewer reaches. */
  appointmentChanges(clinicId: string): AsyncIterable<AppointmentChange>;
  /** Ids of the clinic whenever its numbers are others. */
  statsChanges(clinicId: string): AsyncIterable<string>;
  /** Forgets what was read: a stream outlives it, and a mutation has made it untrue. */
  forgetLoaded(): void;
}

export type ClinicsBuilder = CauceBuilder<ClinicsServices>;

/** Makes the services of each request; one maker serves the whole process. */
export function createServiceMaker({
  db,
  clock,
  bus,
}: Pick<Deps, 'db' | 'clock' | 'bus'>): (scope: RequestScope) => ClinicsServices {
  const scopedFor = createScopedClient(db.client, clinicsRowScopes);
  return (scope) => {
    const { viewer, signal } = scope;
    const client = scopedFor(viewer);
    const read = (): Reading => {
      const clinics = createClinics(createClinicStore(client));
      return {
        clinics,
        stats: createClinicStatistics({ store: createClinicStatsStore(db.client, viewer), clock }),
        slots: createSlots({ store: createSlotStore(db.client, viewer), clock }),
        appointments: createAppointments({ store: createAppointmentStore(client), clock }),
        patients: createPatients({ store: createPatientStore(client), clock, actor: scope, clinicOf: clinics.byId }),
        conversations: createConversations(createConversationStore({ client, unscopedClient: db.client, viewer })),
      };
    };
    const store = createBookingStore(client);
    let reading = read();
    return {
      get clinics() {
        return reading.clinics;
      },
      get stats() {
        return reading.stats;
      },
      get slots() {
        return reading.slots;
      },
      get appointments() {
        return reading.appointments;
      },
      get patients() {
        return reading.patients;
      },
      get conversations() {
        return reading.conversations;
      },
      holds: createHolds({ store, clock, actor: scope }),
      booking: createBooking({ store, clock, actor: scope }),
      now: () => clock.now(),
      appointmentChanges: (clinicId) =>
        reachableEvents(bus, appointmentChanged, {
          ...{ viewer, signal },
          read: async ({ payload, occurredAt }) =>
            payload.clinicId === clinicId.toLowerCase() ? { ...payload, occurredAt } : null,
        }),
      statsChanges: (clinicId) =>
        reachableEvents(bus, clinicStatsChanged, {
          ...{ viewer, signal },
          read: async ({ payload }) => (payload.clinicId === clinicId.toLowerCase() ? payload.clinicId : null),
        }),
      forgetLoaded: () => {
        reading = read();
      },
    };
  };
}
