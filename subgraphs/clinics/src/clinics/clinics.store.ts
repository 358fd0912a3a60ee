import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { Clinic, ClinicFilter, Practitioner, Specialty } from './clinic.ts';

const hidden = { whatsappTokenEncrypted: true, whatsappPhoneNumberId: true } as const;

/** Clinics and who works there, kept to those that the client's viewer reaches. */
export function createClinicStore(client: ScopedClient) {
  return {
    byIds: (ids: readonly string[]): Promise<Clinic[]> =>
      client.clinic.findMany({ where: { id: { in: [...ids] } }, omit: hidden }),

    bySites: (siteIds: readonly string[]): Promise<Clinic[]> =>
      client.clinic.findMany({ where: { siteId: { in: onlyUuids(siteIds) } }, omit: hidden }),

    page: (filter: ClinicFilter, { limit, after }: Keyset): Promise<Clinic[]> =>
      client.clinic.findMany({
        where: { AND: [whereOf(filter), afterKeyset(byName, after)] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: limit + 1,
        omit: hidden,
      }),

    count: (filter: ClinicFilter) => client.clinic.count({ where: whereOf(filter) }),

    practitionersByIds: (ids: readonly string[]): Promise<Practitioner[]> =>
      client.practitioner.findMany({ where: { id: { in: [...ids] } } }),

    async practitionersOfClinics(clinicIds: readonly string[]) {
      const rows = await client.practitionerClinic.findMany({
        where: { clinicId: { in: [...clinicIds] } },
        select: { clinicId: true, practitionerId: true },
      });
      return rows;
    },

    clinicsOfPractitioners: (practitionerIds: readonly string[]) =>
      client.practitionerClinic.findMany({
        where: { practitionerId: { in: [...practitionerIds] } },
        select: { clinicId: true, practitionerId: true },
      }),

    specialtiesOfPractitioners: (practitionerIds: readonly string[]) =>
      client.practitionerSpecialty.findMany({
        where: { practitionerId: { in: [...practitionerIds] } },
        select: { practitionerId: true, specialtyId: true },
      }),

    /** All of them: a short list that the platform keeps. */
    specialties: (): Promise<Specialty[]> => client.specialty.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  };
}

const byName = [
  { column: 'name', direction: 'asc' },
  { column: 'id', direction: 'asc' },
] as const;

function whereOf({ siteIds, companyIds, isActive }: ClinicFilter) {
  return {
    AND: [
      siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {},
      companyIds ? { companyId: { in: onlyUuids(companyIds) } } : {},
      typeof isActive === 'boolean' ? { isActive } : {},
    ],
  };
}
