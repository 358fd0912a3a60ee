import { describe, expect, it } from 'vitest';
import { matchesAppointment } from './matches-appointment.ts';

const visit = {
  patient: { id: 'p', name: 'Fermín Acevedo Tapia', phone: null },
  practitioner: { id: 'd', name: 'Dra. Paulina Troncoso' },
};

describe('a search in the agenda', () => {
  it('finds names without their accents, in any order, over patient and practitioner', () => {
    expect(matchesAppointment(visit, 'acevedo fermin')).toBe(true);
    expect(matchesAppointment(visit, 'PAULINA tapia ')).toBe(true);
    expect(matchesAppointment(visit, 'fermin soto')).toBe(false);
  });
  it('finds everything with nothing typed, and copes with nobody there', () => {
    expect(matchesAppointment({ patient: null, practitioner: null }, '  ')).toBe(true);
    expect(matchesAppointment({ patient: null, practitioner: null }, 'a')).toBe(false);
  });
});
