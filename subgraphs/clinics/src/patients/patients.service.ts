import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { createIdLoader } from '@cauce/shared/db/create-loader';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import type { Clinic } from '../clinics/clinic.ts';
import { normaliseDocument } from './document-number.ts';
import type { DocumentType, Patient } from './patient.ts';
import { registerPatientSchema } from './patient-input.ts';
import type { createPatientStore } from './patients.store.ts';

/** Patients of the viewer's companies. Who they are is told field by field, by the schema. */
export interface Patients {
  byId(id: string): Promise<Patient | null>;
  /** However the number is written. */
  byDocument(documentNumber: string, documentType: DocumentType | null): Promise<Patient | null>;
  /** @throws NotFound, Conflict (`DOCUMENT_TAKEN`) or ValidationFailed */
  register(input: unknown): Promise<Patient>;
}

export interface PatientsDeps {
  readonly store: ReturnType<typeof createPatientStore>;
  readonly clock: Clock;
  readonly actor: AuditActor;
  clinicOf(id: string): Promise<Clinic | null>;
}

export function createPatients({ store, clock, actor, clinicOf }: PatientsDeps): Patients {
  const byId = createIdLoader(store.byIds);
  return {
    byId: (id) => byId.load(id),
    byDocument: (documentNumber, documentType) => store.byDocument(normaliseDocument(documentNumber), documentType),

    async register(input) {
      const { clinicId, hasConsented, birthDate, phone, email, ...person } = parseInput(registerPatientSchema, input);
      const now = clock.now();
      const bornAt = birthDate ? new Date(`${birthDate}T00:00:00Z`) : null;
      if (bornAt !== null && bornAt > now) {
        throw new ValidationFailed([{ path: 'birthDate', code: 'TOO_BIG', message: 'a birth is never in the future' }]);
      }
      const clinic = await clinicOf(clinicId);
      if (clinic === null) throw new NotFound('Clinic');
      const { companyId, siteId } = clinic;
      const patient = await store.insert(
        {
          ...person,
          companyId,
          phone: phone ?? null,
          email: email ?? null,
          birthDate: bornAt,
          consentedAt: hasConsented ? now : null,
        },
        (tx, { id }) =>
          // The log is for ever and a person may ask to be forgotten: it says which fields were given, not what they say.
          recordAudit(tx, actor, {
            action: 'clinics.registerPatient',
            entityType: 'Patient',
            entityId: id,
            companyId,
            siteId,
            after: {
              documentType: person.documentType,
              hasPhone: Boolean(phone),
              hasEmail: Boolean(email),
              hasBirthDate: bornAt !== null,
              hasConsented: hasConsented === true,
            },
          }),
      );
      if (patient === null) throw new Conflict('DOCUMENT_TAKEN', 'The company has a patient with this document');
      return patient;
    },
  };
}
