/** FHIR's states of a slot. BUSY_TENTATIVE is held, BUSY is booked: both are found out, never stored. */
export const slotStatuses = ['FREE', 'BUSY', 'BUSY_UNAVAILABLE', 'BUSY_TENTATIVE', 'ENTERED_IN_ERROR'] as const;
export type SlotStatus = (typeof slotStatuses)[number];

/** Time that can be booked with a practitioner. */
export interface Slot {
  readonly id: string;
  readonly clinicId: string;
  readonly siteId: string;
  readonly companyId: string;
  readonly practitionerId: string;
  readonly specialtyId: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly status: SlotStatus;
  /** What it is booked for; null while it is free or only held. */
  readonly appointmentId: string | null;
}

export interface SlotFilter {
  readonly clinicId?: string | null | undefined;
  readonly practitionerId?: string | null | undefined;
  /** Code. */
  readonly specialty?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly statuses?: readonly SlotStatus[] | null | undefined;
}
