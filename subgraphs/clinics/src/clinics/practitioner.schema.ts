import { can } from '@cauce/shared/auth/viewer';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';

/** Adds `Practitioner`, `Specialty` and the list of specialties. */
export function addPractitioners(builder: ClinicsBuilder, { practitioner, specialty, clinic }: ClinicsRefs): void {
  specialty.implement({
    description: 'A field of medicine that slots are opened for.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Stable code that filters take: `GENERAL_MEDICINE`.' }),
      name: t.exposeString('name', { description: 'As patients know it.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it can be booked.' }),
    }),
  });
  practitioner.implement({
    description: 'Who sees patients, at one or more clinics of a company (FHIR Practitioner).',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      name: t.exposeString('name', { description: 'Name with title, as patients know it.' }),
      registrationNumber: t.exposeString('registrationNumber', {
        nullable: true,
        description: 'Number in the public register of health professionals.',
      }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether they see patients.' }),
      specialties: t.field({
        type: [specialty],
        description: 'What they do, by name.',
        resolve: async ({ id }, _args, { services }) => [...(await services.clinics.specialtiesOf(id))],
      }),
      clinics: t.field({
        type: [clinic],
        description: 'Where they work, as far as the viewer reaches it.',
        resolve: async ({ id }, _args, { services }) => [...(await services.clinics.clinicsOf(id))],
      }),
    }),
  });
  builder.asEntity(practitioner, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services, viewer }) =>
      can(viewer, 'clinics:read') ? services.clinics.practitioner(id) : null,
  });
  builder.queryField('specialties', (t) =>
    t.field({
      type: [specialty],
      description: 'All specialties, by name: a short list that all clinics share.',
      authScopes: { permission: 'clinics:read' },
      resolve: async (_root, _args, { services }) => [...(await services.clinics.specialties())],
    }),
  );
}
