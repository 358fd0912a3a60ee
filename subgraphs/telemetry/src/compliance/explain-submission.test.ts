import { describe, expect, it } from 'vitest';
import { type ExplainedSlot, explainSubmission } from './explain-submission.ts';
import { heldDifferently } from './submission.ts';

const slot: ExplainedSlot = {
  ...{ status: 'SENT', outcome: 'ACCEPTED', lastError: null, resolution: null, isReported: true },
  notBefore: new Date('2026-11-20T16:00:00Z'),
  regulator: { code: 'DGA', timeZone: 'Etc/GMT+4' },
};

describe('explainSubmission', () => {
  it('tells that the regulator holds something else under the voucher, or has not confirmed it', () => {
    expect(explainSubmission(slot, 'es')).toBeNull();
    expect(explainSubmission({ ...slot, lastError: heldDifferently }, 'es')).toBe(
      'La DGA tiene otros valores bajo este comprobante',
    );
    expect(explainSubmission({ ...slot, lastError: 'Could not be verified' }, 'en')).toBe(
      'DGA has not confirmed that it has it',
    );
  });

  it('promises no sending while nothing is sent for the point', () => {
    const lost = { ...slot, status: 'UNKNOWN' } as const;
    expect(explainSubmission(lost, 'es')).toContain('se envía otra vez después del 20 de noviembre');
    expect(explainSubmission({ ...lost, isReported: false }, 'es')).toBe(
      'No se sabe si llegó a la DGA; no se envía otra vez mientras el punto no esté en vivo',
    );
    expect(explainSubmission({ ...slot, status: 'DUE' }, 'en')).toBeNull();
    expect(explainSubmission({ ...slot, status: 'DUE', isReported: false }, 'en')).toBe(
      'It is not sent while the point is not live',
    );
  });

  it('tells a call that could never be made from a registration that lacks something', () => {
    const review = { ...slot, status: 'NEEDS_REVIEW', lastError: 'Sin permiso' } as const;
    expect(explainSubmission({ ...review, outcome: 'NOT_SENT' }, 'es')).toBe(
      'En un día no se pudo llamar a la DGA: «Sin permiso»',
    );
    expect(explainSubmission({ ...review, outcome: null }, 'es')).toContain('le falta algo');
  });
});
