import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, emptyFields, type PointFields, rebase, sentFields, unreadable } from './point-fields.ts';

const base: PointFields = { ...emptyFields('America/Santiago'), name: 'Pozo 1', wellDepthM: '80', latitude: '-33.4' };

describe('the form of a point', () => {
  it('sends what was changed and nothing else; what was emptied is emptied, and a comma is a point', () => {
    const draft = { ...base, name: ' Pozo uno ', wellDepthM: '', latitude: '-33,45', waterRightFlowLps: '12,5' };
    expect(sentFields(draft, changedFields(base, draft))).toEqual({
      ...{ name: 'Pozo uno', wellDepthM: null, latitude: -33.45, waterRightFlowLps: '12.5' },
    });
    expect(changedFields(base, { ...base, name: 'Pozo 1 ' })).toEqual([]);
  });

  it('names the numbers that are none, before they are sent', () => {
    expect(unreadable({ ...base, wellDepthM: 'ochenta', sensorDepthM: '70 m', latitude: '-33,4' })).toEqual([
      ...['wellDepthM', 'sensorDepthM'],
    ]);
  });
});

describe('a point that somebody else changed while it was edited', () => {
  it('keeps what was typed, takes what they changed elsewhere, and names what both changed', () => {
    const draft = { ...base, name: 'Mío', wellDepthM: '90' };
    const fresh = { ...base, name: 'Suyo', altitudeM: '500' };
    expect(rebase(base, draft, fresh)).toEqual({ draft: { ...draft, altitudeM: '500' }, clashes: ['name'] });
    expect(rebase(base, draft, { ...base, name: 'Mío' }).clashes).toEqual([]);
  });

  it('loses nothing of either: every field is the own one, or theirs, or was touched by nobody', () => {
    const fields = fc.record({
      name: fc.constantFrom('Pozo 1', 'a', 'b'),
      wellDepthM: fc.constantFrom('80', '90', ''),
      altitudeM: fc.constantFrom('', '1'),
      standard: fc.constantFrom('' as const, 'MAYOR' as const),
    });
    fc.assert(
      fc.property(fields, fields, (mine, others) => {
        const draft = { ...base, ...mine };
        const fresh = { ...base, ...others };
        const { draft: after, clashes } = rebase(base, draft, fresh);
        for (const field of ['name', 'wellDepthM', 'altitudeM', 'standard'] as const) {
          const isMine = draft[field] !== base[field];
          const isTheirs = fresh[field] !== base[field];
          expect(after[field]).toBe(isMine ? draft[field] : fresh[field]);
          expect(clashes.includes(field)).toBe(isMine && isTheirs && draft[field] !== fresh[field]);
        }
      }),
    );
  });
});
