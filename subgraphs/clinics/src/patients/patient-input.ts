import { z } from 'zod';
import { isNationalId, normaliseDocument } from './document-number.ts';
import { documentTypes } from './patient.ts';

const oldestBirthYear = 1900;

export const registerPatientSchema = z
  .object({
    clinicId: z.uuid().toLowerCase(),
    documentType: z
      .enum(documentTypes)
      .nullish()
      .transform((type) => type ?? 'NATIONAL_ID'),
    documentNumber: z
      .string()
      .max(40)
      .transform(normaliseDocument)
      .pipe(z.string().regex(/^[\dA-Z-]{4,20}$/)),
    name: z
      .string()
      .trim()
      .min(2)
      .max(120)
      .regex(/^[^\p{Cc}]*$/u, 'no control characters'),
    phone: z
      .string()
      .transform((text) => text.replace(/[\s()-]/g, ''))
      .pipe(z.string().regex(/^\+[1-9]\d{7,14}$/, 'E.164: +56955500001'))
      .nullish(),
    email: z.string().trim().toLowerCase().max(254).pipe(z.email()).nullish(),
    birthDate: z
      .string()
      .refine((day) => day >= `${oldestBirthYear}-01-01`, 'too long ago')
      .nullish(),
    hasConsented: z.boolean().nullish(),
  })
  .refine(({ documentType, documentNumber }) => documentType !== 'NATIONAL_ID' || isNationalId(documentNumber), {
    path: ['documentNumber'],
    message: 'not a national document number, or its check digit is wrong',
  });

export type RegisterPatient = z.output<typeof registerPatientSchema>;
