import { can } from '@cauce/shared/auth/viewer';
import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { initialsOf, personal, seesPatients } from '../personal-data.ts';
import type { ClinicsRefs } from '../refs.ts';
import type { ClinicsBuilder } from '../services.ts';
import { documentTypes } from './patient.ts';

/** Adds `Patient`, finding one by document, and registering one. */
export function addPatients(builder: ClinicsBuilder, refs: ClinicsRefs): void {
  const { patient, company, appointment, appointmentConnection } = refs;
  const documentType = builder.enumType('DocumentType', {
    description: 'Kind of identity document.',
    values: documentTypes,
  });
  const hidden = 'null without the permission `patients:read`.';
  patient.implement({
    description:
      'A patient of a company’s clinics. Who may not read patients gets initials and nothing else of the person.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      name: t.string({
        description: 'Full name; the initials without the permission `patients:read`.',
        resolve: ({ name }, _args, { viewer }) => (seesPatients(viewer) ? name : initialsOf(name)),
      }),
      initials: t.string({ description: 'Initials: `M. G.`.', resolve: ({ name }) => initialsOf(name) }),
      documentType: t.field({
        type: documentType,
        nullable: true,
        description: `Kind of the document; ${hidden}`,
        resolve: (row, _args, { viewer }) => personal(viewer, row.documentType),
      }),
      documentNumber: t.string({
        nullable: true,
        description: `Number of the document without dots, such as \`11111111-1\`; ${hidden}`,
        resolve: (row, _args, { viewer }) => personal(viewer, row.documentNumber),
      }),
      phone: t.string({
        nullable: true,
        description: `E.164; ${hidden}`,
        resolve: (row, _args, { viewer }) => personal(viewer, row.phone),
      }),
      email: t.string({
        nullable: true,
        description: `Address; ${hidden}`,
        resolve: (row, _args, { viewer }) => personal(viewer, row.email),
      }),
      birthDate: t.field({
        type: 'Date',
        nullable: true,
        description: `Day of birth; ${hidden}`,
        resolve: (row, _args, { viewer }) => personal(viewer, row.birthDate),
      }),
      hasConsented: t.boolean({
        description: 'Whether the patient has agreed to be written to.',
        resolve: ({ consentedAt }) => consentedAt !== null,
      }),
      company: t.field({
        type: company,
        description: 'The company whose clinics know the patient.',
        resolve: ({ companyId }) => ({ id: companyId }),
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the patient was registered.' }),
      appointments: t.connection(
        {
          type: appointment,
          description: 'Appointments of the patient within the viewer’s reach, latest first.',
          resolve: ({ id }, page, { services }) => services.appointments.page({ patientId: id }, 'START_AT_DESC', page),
        },
        appointmentConnection,
      ),
    }),
  });
  builder.asEntity(patient, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { services, viewer }) =>
      can(viewer, 'clinics:read') ? services.patients.byId(id) : null,
  });

  builder.queryField('patient', (t) =>
    t.field({
      type: patient,
      nullable: true,
      description: 'The patient with a document, however it is written; null when there is none within reach.',
      authScopes: { permission: 'patients:read' },
      args: {
        documentNumber: t.arg.string({ description: 'Number of the document: `11.111.111-1` or `11111111-1`.' }),
        documentType: t.arg({ type: documentType, required: false, description: 'Kind of document; any if left out.' }),
      },
      resolve: (_root, args, { services }) =>
        services.patients.byDocument(args.documentNumber, args.documentType ?? null),
    }),
  );

  const input = builder.inputType('RegisterPatientInput', {
    description: 'A new patient.',
    fields: (t) => ({
      clinicId: t.id({ description: 'The clinic that registers; the patient is known to all clinics of its company.' }),
      documentType: t.field({ type: documentType, required: false, description: 'NATIONAL_ID if left out.' }),
      documentNumber: t.string({
        description: 'Number; dots and spaces do not count. A RUT’s check digit must be right.',
      }),
      name: t.string({ description: 'Full name, at most 120 characters.' }),
      phone: t.string({ required: false, description: 'E.164: `+56955500001`.' }),
      email: t.string({ required: false, description: 'Address.' }),
      birthDate: t.field({ type: 'Date', required: false, description: 'Day of birth.' }),
      hasConsented: t.boolean({ required: false, description: 'The patient has agreed to be written to.' }),
    }),
  });
  builder.mutationField('registerPatient', (t) =>
    t.field({
      type: patient,
      description:
        'Registers a patient with the company of a clinic. Conflict `DOCUMENT_TAKEN` when the company knows the document.',
      authScopes: { permission: 'clinics:write' },
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'RegisterPatientResult' } },
      args: { input: t.arg({ type: input, description: 'Who it is.' }) },
      resolve: (_root, args, { services }) => services.patients.register(args.input),
    }),
  );
}
