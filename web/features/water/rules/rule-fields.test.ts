import { describe, expect, it } from 'vitest';
import { sentParameters, shownParameters } from './rule-fields.ts';

describe('the fields of a rule', () => {
  it('send numbers, and leave out what stands empty so that the usual value holds', () => {
    expect(sentParameters('RANGE', { min: '0.5', max: ' ', windowMinutes: '15' })).toEqual({
      min: 0.5,
      windowMinutes: 15,
    });
  });

  it('send nothing that belongs to another kind', () => {
    expect(sentParameters('SILENCE', { intervals: '3', min: '1' })).toEqual({ intervals: 3 });
  });

  it('show what the graph keeps, and nothing of what is no object', () => {
    expect(sentParameters('STUCK_VALUE', shownParameters({ hours: 24 }))).toEqual({ hours: 24 });
    expect(shownParameters(null)).toEqual({});
  });
});
