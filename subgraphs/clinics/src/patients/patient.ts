import type { Patient as PatientRow } from '@cauce/prisma/client';

export type Patient = PatientRow;

export const documentTypes = ['NATIONAL_ID', 'PASSPORT', 'FOREIGN_ID', 'OTHER'] as const;
export type DocumentType = (typeof documentTypes)[number];
