import { createIdLoader, createListLoader, createLoader } from '@cauce/shared/db/create-loader';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { Clinic, ClinicFilter, Practitioner, Specialty } from './clinic.ts';
import type { createClinicStore } from './clinics.store.ts';

/** Clinics, practitioners and specialties as far as one viewer may see them, each loaded once. */
export interface Clinics {
  byId(id: string): Promise<Clinic | null>;
  /** The clinic that a site is; null for other sites and for those out of reach. */
  bySite(siteId: string): Promise<Clinic | null>;
  page(filter: ClinicFilter, page: PageArgs): Promise<Page<Clinic>>;
  practitioner(id: string): Promise<Practitioner | null>;
  /** By name. */
  practitionersOf(clinicId: string): Promise<readonly Practitioner[]>;
  clinicsOf(practitionerId: string): Promise<readonly Clinic[]>;
  specialtiesOf(practitionerId: string): Promise<readonly Specialty[]>;
  /** What can be booked at a clinic: whatever one of its practitioners does. */
  specialtiesAt(clinicId: string): Promise<readonly Specialty[]>;
  specialties(): Promise<readonly Specialty[]>;
  specialty(id: string): Promise<Specialty | null>;
}

export function createClinics(store: ReturnType<typeof createClinicStore>): Clinics {
  const byId = createIdLoader(store.byIds);
  const bySite = createLoader(
    store.bySites,
    ({ siteId }) => siteId,
    (id) => id.toLowerCase(),
  );
  const practitionerById = createIdLoader(store.practitionersByIds);
  const staff = createListLoader(
    (ids) => store.practitionersOfClinics(onlyUuids(ids)),
    ({ clinicId }) => clinicId,
  );
  const workplaces = createListLoader(
    (ids) => store.clinicsOfPractitioners(onlyUuids(ids)),
    ({ practitionerId }) => practitionerId,
  );
  const skills = createListLoader(
    (ids) => store.specialtiesOfPractitioners(onlyUuids(ids)),
    ({ practitionerId }) => practitionerId,
  );
  let all: Promise<readonly Specialty[]> | null = null;
  const specialties = () => {
    all ??= store.specialties();
    return all;
  };
  const specialtiesIn = async (ids: ReadonlySet<string>) => (await specialties()).filter(({ id }) => ids.has(id));

  return {
    byId: (id) => byId.load(id),
    bySite: (siteId) => bySite.load(siteId),

    async page(filter, args) {
      const keyset = readKeyset(args, ['text', 'id']);
      return toPage(
        await store.page(filter, keyset),
        keyset,
        ({ name, id }) => [name, id],
        () => store.count(filter),
      );
    },

    practitioner: (id) => practitionerById.load(id),

    async practitionersOf(clinicId) {
      const rows = await staff.load(clinicId);
      const people = await Promise.all(rows.map(({ practitionerId }) => practitionerById.load(practitionerId)));
      return people
        .filter((person) => person !== null)
        .sort((left, right) => left.name.localeCompare(right.name, 'es'));
    },

    async clinicsOf(practitionerId) {
      const rows = await workplaces.load(practitionerId);
      return (await Promise.all(rows.map(({ clinicId }) => byId.load(clinicId)))).filter((clinic) => clinic !== null);
    },

    specialtiesOf: async (practitionerId) =>
      specialtiesIn(new Set((await skills.load(practitionerId)).map(({ specialtyId }) => specialtyId))),

    async specialtiesAt(clinicId) {
      const rows = await staff.load(clinicId);
      const known = await Promise.all(rows.map(({ practitionerId }) => skills.load(practitionerId)));
      return specialtiesIn(new Set(known.flat().map(({ specialtyId }) => specialtyId)));
    },

    specialties,
    specialty: async (id) => (await specialties()).find((specialty) => specialty.id === id) ?? null,
  };
}
