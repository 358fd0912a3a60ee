import type {
  Clinic as ClinicRow,
  Practitioner as PractitionerRow,
  Specialty as SpecialtyRow,
} from '@cauce/prisma/client';

/** A clinic as people may see it: its secrets are never read. */
export type Clinic = Omit<ClinicRow, 'whatsappTokenEncrypted' | 'whatsappPhoneNumberId'>;
export type Practitioner = PractitionerRow;
export type Specialty = SpecialtyRow;

export interface ClinicFilter {
  readonly siteIds?: readonly string[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly isActive?: boolean | null | undefined;
}
