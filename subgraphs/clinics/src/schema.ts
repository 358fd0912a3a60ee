import { createBuilder } from '@cauce/shared/schema/builder';
import { federationVersion } from '@cauce/shared/schema/federation-version';
import type { GraphQLSchema } from 'graphql';
import { addAppointmentChanges } from './appointments/appointment-changes.schema.ts';
import { addAppointmentType } from './appointments/appointment-type.schema.ts';
import { addAppointmentQueries } from './appointments/appointments.schema.ts';
import { addBooking } from './booking/booking.schema.ts';
import { addHolds } from './booking/holds.schema.ts';
import { addClinicStats } from './clinics/clinic-stats.schema.ts';
import { addClinics } from './clinics/clinics.schema.ts';
import { addPractitioners } from './clinics/practitioner.schema.ts';
import { addSiteFields } from './clinics/site.schema.ts';
import { addConversations } from './conversations/conversations.schema.ts';
import { addMessages } from './conversations/messages.schema.ts';
import { addUserFields } from './conversations/user.schema.ts';
import { addPatients } from './patients/patients.schema.ts';
import { createRefs } from './refs.ts';
import type { ClinicsServices } from './services.ts';
import { addSlots } from './slots/slots.schema.ts';

/** The clinics subgraph's schema: agendas, patients, appointments and conversations. Needs nothing to be made. */
export function createClinicsSchema(): GraphQLSchema {
  const builder = createBuilder<ClinicsServices>();
  builder.queryType();
  builder.mutationType();
  builder.subscriptionType();
  const refs = createRefs(builder);
  addClinics(builder, refs);
  addPractitioners(builder, refs);
  addClinicStats(builder, refs);
  addSiteFields(refs);
  addSlots(builder, refs);
  addPatients(builder, refs);
  addAppointmentType(builder, refs);
  addAppointmentQueries(builder, refs);
  addAppointmentChanges(builder, refs);
  addHolds(builder, refs);
  addBooking(builder, refs);
  addMessages(builder, refs);
  addConversations(builder, refs);
  addUserFields(refs);
  return builder.toSubGraphSchema({ linkUrl: federationVersion });
}
