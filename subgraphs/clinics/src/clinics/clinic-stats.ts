/** A clinic's day so far, in the clinic's own zone. */
export interface ClinicStats {
  readonly clinicId: string;
  readonly asOf: Date;
  /** The clinic's calendar day: `2026-11-20`. */
  readonly day: string;
  readonly appointmentsToday: number;
  readonly attendedToday: number;
  readonly noShowsToday: number;
  readonly bookedToday: number;
  readonly pendingConfirmations: number;
  readonly slotsToday: number;
  readonly openSlotsToday: number;
  readonly conversationsOpen: number;
  readonly conversationsUnread: number;
  readonly averageResponseSeconds: number | null;
}
