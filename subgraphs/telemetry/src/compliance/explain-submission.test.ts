import { describe, expect, it } from 'vitest';
import { type ExplainedSlot, explainSubmission } from './explain-submission.ts';
import { heldDifferently } from './submission.ts';

const slot: ExplainedSlot = {
  ...{ status: 'SENT', outcome: 'ACCEPTED', lastError: null, resolution: null },
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

  it('tells a call that could never be made from a registration that lacks something', () => {
    const review = { ...slot, status: 'NEEDS_REVIEW', lastError: 'Sin permiso' } as const;
    expect(explainSubmission({ ...review, outcome: 'NOT_SENT' }, 'es')).toBe(
      'En un día no se pudo llamar a la DGA: «Sin permiso»',
    );
    expect(explainSubmission({ ...review, outcome: null }, 'es')).toContain('le falta algo');
  });
});
