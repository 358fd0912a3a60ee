import type { Prisma } from '@cauce/prisma/client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { type AppointmentStatus, visibleStatuses } from './appointment.ts';

export const appointmentSorts = ['START_AT_ASC', 'START_AT_DESC'] as const;
export type AppointmentSort = (typeof appointmentSorts)[number];

export interface AppointmentFilter {
  readonly clinicId?: string | null | undefined;
  readonly siteIds?: readonly string[] | null | undefined;
  readonly practitionerId?: string | null | undefined;
  readonly patientId?: string | null | undefined;
  /** Code. */
  readonly specialty?: string | null | undefined;
  readonly statuses?: readonly AppointmentStatus[] | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly needsConfirmation?: boolean | null | undefined;
}

/** The filter as Prisma's; the viewer's rows are the scoped client's business. Holds are left out unless asked for. */
export function appointmentWhere(filter: AppointmentFilter): Prisma.AppointmentWhereInput {
  const { clinicId, siteIds, practitionerId, patientId, specialty, from, to, needsConfirmation } = filter;
  return {
    AND: [
      { status: { in: [...(filter.statuses ?? visibleStatuses)] } },
      clinicId ? { clinicId: { in: onlyUuids([clinicId]) } } : {},
      siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {},
      practitionerId ? { practitionerId: { in: onlyUuids([practitionerId]) } } : {},
      patientId ? { patientId: { in: onlyUuids([patientId]) } } : {},
      specialty ? { specialty: { is: { code: specialty.trim().toUpperCase() } } } : {},
      from ? { startAt: { gte: from } } : {},
      to ? { startAt: { lt: to } } : {},
      typeof needsConfirmation === 'boolean' ? { [needsConfirmation ? 'AND' : 'NOT']: unconfirmed } : {},
    ],
  };
}

const unconfirmed: Prisma.AppointmentWhereInput = { status: { in: ['PENDING', 'BOOKED'] }, confirmedAt: null };
