import { describe, expect, it } from 'vitest';
import { placeOf, placeValue, withChosen } from './place-choice.ts';

describe('the place that a rule holds for', () => {
  it('survives the field that it is chosen in', () => {
    for (const place of [
      { siteId: null, pointId: null },
      { siteId: 's', pointId: null },
      { siteId: null, pointId: 'p' },
    ])
      expect(placeOf(placeValue(place))).toEqual(place);
  });

  it('can be a point of another site than the one that is shown', () => {
    const here = [{ id: 'a', name: 'A' }];
    expect(withChosen(here, { id: 'b', name: 'B' }).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(withChosen(here, { id: 'a', name: 'A' })).toEqual(here);
    expect(withChosen(here, null)).toEqual(here);
  });
});
