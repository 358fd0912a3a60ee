import { can } from '@cauce/shared/auth/viewer';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';

/** Adds `Clinic` and the list of them. */
export function addClinics(builder: ClinicsBuilder, refs: ClinicsRefs): void {
  const { clinic, site, company, practitioner, specialty } = refs;
  clinic.implement({
    description: 'A place where practitioners see patients: a site of its own, or part of a plant.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      code: t.exposeString('code', { description: 'Short code, unique over all clinics.' }),
      name: t.exposeString('name', { description: 'As patients know it.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone of its agenda.' }),
      phone: t.exposeString('phone', { nullable: true, description: 'Phone of the front desk.' }),
      address: t.exposeString('address', { nullable: true, description: 'Street address.' }),
      holdMinutes: t.exposeInt('holdMinutes', { description: 'How long a slot is kept for who holds it, minutes.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it takes appointments.' }),
      site: t.field({
        type: site,
        description: 'The site it is, or is part of.',
        resolve: ({ siteId }) => ({ id: siteId }),
      }),
      company: t.field({
        type: company,
        description: 'The company it belongs to.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
      practitioners: t.field({
        type: [practitioner],
        description: 'Who works there, by name.',
        resolve: async ({ id }, _args, { services }) => [...(await services.clinics.practitionersOf(id))],
      }),
      specialties: t.field({
        type: [specialty],
        description: 'What its practitioners do, by name.',
        resolve: async ({ id }, _args, { services }) => [...(await services.clinics.specialtiesAt(id))],
      }),
    }),
  });
  builder.asEntity(clinic, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services, viewer }) =>
      can(viewer, 'clinics:read') ? services.clinics.byId(id) : null,
  });

  const filter = builder.inputType('ClinicFilterInput', {
    description: 'Which clinics to list; what is left out does not narrow.',
    fields: (t) => ({
      siteIds: t.idList({ required: false, description: 'Only those of these sites.' }),
      companyIds: t.idList({ required: false, description: 'Only those of these companies.' }),
      isActive: t.boolean({ required: false, description: 'Only those that do (or do not) take appointments.' }),
    }),
  });
  builder.queryField('clinics', (t) =>
    t.connection(
      {
        type: clinic,
        description: 'Clinics within the viewer’s reach, by name.',
        authScopes: { permission: 'clinics:read' },
        args: { filter: t.arg({ type: filter, required: false, description: 'Which of them.' }) },
        resolve: (_root, { filter: wanted, ...page }, { services }) => services.clinics.page(wanted ?? {}, page),
      },
      { name: 'ClinicConnection', description: 'Clinics, page by page.' },
      { name: 'ClinicEdge' },
    ),
  );
}
