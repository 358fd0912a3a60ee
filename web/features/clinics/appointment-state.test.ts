import { describe, expect, it } from 'vitest';
import { appointmentState } from './appointment-state.ts';

describe('the state of an appointment', () => {
  it('puts a missing confirmation before the status, because it is what somebody has to do', () => {
    expect(appointmentState({ status: 'BOOKED', needsConfirmation: true, confirmedAt: null })).toBe('TO_CONFIRM');
  });
  it('is confirmed only while the appointment stands', () => {
    const confirmedAt = '2026-11-19T12:00:00Z';
    expect(appointmentState({ status: 'BOOKED', needsConfirmation: false, confirmedAt })).toBe('CONFIRMED');
    expect(appointmentState({ status: 'CANCELLED', needsConfirmation: false, confirmedAt })).toBe('CANCELLED');
    expect(appointmentState({ status: 'FULFILLED', needsConfirmation: false, confirmedAt })).toBe('FULFILLED');
  });
  it('is booked when nobody confirmed and nobody has to, as when its time has passed', () => {
    expect(appointmentState({ status: 'BOOKED', needsConfirmation: false, confirmedAt: null })).toBe('BOOKED');
  });
});
