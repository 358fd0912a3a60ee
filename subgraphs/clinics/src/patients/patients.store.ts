import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import type { DocumentType, Patient } from './patient.ts';

export interface NewPatient {
  readonly companyId: string;
  readonly documentType: DocumentType;
  readonly documentNumber: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthDate: Date | null;
  readonly consentedAt: Date | null;
}

/** Patients of the companies that the client's viewer reaches. */
export function createPatientStore(client: ScopedClient) {
  return {
    byIds: (ids: readonly string[]): Promise<Patient[]> => client.patient.findMany({ where: { id: { in: [...ids] } } }),

    /** The oldest, should two companies within reach know the same document. */
    byDocument: (documentNumber: string, documentType: DocumentType | null): Promise<Patient | null> =>
      client.patient.findFirst({
        where: { documentNumber, ...(documentType === null ? {} : { documentType }) },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      }),

    /** Null when the company has a patient with this document. */
    async insert(
      patient: NewPatient,
      record: (tx: ScopedTransaction, patient: Patient) => Promise<void>,
    ): Promise<Patient | null> {
      try {
        return await client.$transaction(async (tx) => {
          const row = await tx.patient.create({ data: patient });
          await record(tx, row);
          return row;
        });
      } catch (error) {
        if (isUniqueViolation(error)) return null;
        throw error;
      }
    },
  };
}
