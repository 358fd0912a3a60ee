import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { initialsOf, personal, seesPatients } from './personal-data.ts';
import { daysBetween } from './zone-days.ts';

describe('personal data', () => {
  it('is told to who may read patients and to nobody else', () => {
    expect(personal(testViewer({ role: 'ANALYST' }), '+56955500001')).toBe('+56955500001');
    expect(personal(testViewer({ role: 'USER' }), '+56955500001')).toBeNull();
    expect(seesPatients(testViewer({ role: 'VIEWER' }))).toBe(false);
  });

  it.each([
    ['María González', 'M. G.'],
    ['  ñusta   álvarez  ', 'Ñ. Á.'],
    ['Ana María de la Fuente Soto', 'A. M. D.'],
    ['+56 9 5550 0001', ''],
  ])('of %j leaves %j for the others', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('days ahead', () => {
  it('are days of the clinic’s calendar, not of UTC', () => {
    const lateEvening = new Date('2026-11-20T23:30:00-03:00');
    expect(daysBetween(lateEvening, new Date('2026-11-20T23:59:00-03:00'), 'America/Santiago')).toBe(0);
    expect(daysBetween(lateEvening, new Date('2026-11-21T00:10:00-03:00'), 'America/Santiago')).toBe(1);
    expect(daysBetween(lateEvening, new Date('2026-11-18T08:00:00-03:00'), 'America/Santiago')).toBe(-2);
  });
});
