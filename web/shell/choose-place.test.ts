import { describe, expect, it } from 'vitest';
import { choosePlace } from './choose-place.ts';

const places = {
  companies: [{ id: 'a' }, { id: 'b' }, { id: 'empty' }],
  sites: [
    { id: 'a1', company: { id: 'a' } },
    { id: 'a2', company: { id: 'a' } },
    { id: 'b1', company: { id: 'b' } },
  ],
};
const ids = (wanted: { company: string | null; site: string | null }) => {
  const { company, site } = choosePlace(places, wanted);
  return [company?.id, site?.id];
};

describe('the place a link means', () => {
  it('is the site it names, with that site’s own company', () => {
    expect(ids({ company: 'b', site: 'a2' })).toEqual(['a', 'a2']);
  });
  it('is the first site of the company it names', () => {
    expect(ids({ company: 'b', site: null })).toEqual(['b', 'b1']);
  });
  it('is the viewer’s first site when it names one they may not see', () => {
    expect(ids({ company: null, site: 'foreign' })).toEqual(['a', 'a1']);
    expect(ids({ company: 'foreign', site: 'foreign' })).toEqual(['a', 'a1']);
  });
  it('is a plant before other kinds, when it names none', () => {
    const sites = [
      { id: 'store', kind: 'WAREHOUSE', company: { id: 'a' } },
      { id: 'plant', kind: 'PLANT', company: { id: 'a' } },
    ];
    const choose = (company: string | null) =>
      choosePlace({ companies: [{ id: 'a' }], sites }, { company, site: null });
    expect(choose(null).site?.id).toBe('plant');
    expect(choose('a').site?.id).toBe('plant');
  });
  it('is a company without sites when that is what it names', () => {
    expect(ids({ company: 'empty', site: null })).toEqual(['empty', undefined]);
  });
  it('is nowhere for a viewer who was granted nothing', () => {
    expect(choosePlace({ companies: [], sites: [] }, { company: 'a', site: 'a1' })).toEqual({
      company: null,
      site: null,
    });
  });
});
