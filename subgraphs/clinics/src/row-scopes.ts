import { byCompany, byParent, bySite, type RowScopes, reference } from '@cauce/shared/db/row-scope';

/**
 * What happens at a clinic belongs to its site. Patients and practitioners belong to the company: they are the same
 * people at each of its clinics.
 */
export const clinicsRowScopes: RowScopes = {
  Clinic: bySite(),
  Specialty: reference,
  Practitioner: byCompany(),
  PractitionerClinic: byParent('clinic', 'clinicId', 'Clinic'),
  PractitionerSpecialty: byParent('practitioner', 'practitionerId', 'Practitioner'),
  Slot: bySite(),
  Patient: byCompany(),
  Appointment: bySite(),
  Conversation: bySite(),
  Message: byParent('conversation', 'conversationId', 'Conversation'),
};
