import { ExpectedFailure } from '@cauce/shared/errors/outcomes';

export type SlotRefusal = 'TAKEN' | 'NOT_OPEN' | 'IN_THE_PAST' | 'HOLD_UNKNOWN' | 'HOLD_EXPIRED';

const messages: Readonly<Record<SlotRefusal, string>> = {
  TAKEN: 'Somebody else holds or has booked this time',
  NOT_OPEN: 'This time is not open for booking',
  IN_THE_PAST: 'This time has begun or is over',
  HOLD_UNKNOWN: 'No hold of this slot has this token',
  HOLD_EXPIRED: 'The hold has run out: hold the slot again',
};

/** The slot cannot be had, and why. */
export class SlotUnavailable extends ExpectedFailure {
  readonly slotId: string;

  constructor(reason: SlotRefusal, slotId: string) {
    super(reason, messages[reason]);
    this.slotId = slotId;
  }
}

/** The patient has another appointment at that time, with whomever. */
export class PatientAlreadyBooked extends ExpectedFailure {
  readonly patientId: string;

  constructor(patientId: string) {
    super('PATIENT_ALREADY_BOOKED', 'The patient has another appointment at this time');
    this.patientId = patientId;
  }
}
