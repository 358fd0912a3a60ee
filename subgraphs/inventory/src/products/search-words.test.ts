import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSearch, searchWords } from './search-words.ts';

const texts = (search: string) => searchWords(search).map(({ text }) => text);

describe('searchWords', () => {
  it('drops accents, case, signs and words that say nothing', () => {
    expect(texts('Filtro DE aceite para camión (diésel)')).toEqual(['filtro', 'aceite', 'camion', 'diesel']);
  });

  it('keeps a search that has nothing but little words', () => {
    expect(texts('de la')).toEqual(['de', 'la']);
  });

  it('splits codes at their signs', () => {
    expect(texts('ROD-RB-6204-2RS')).toEqual(['rod', 'rb', '6204', '2rs']);
  });

  it('forgives spelling in words and never in codes or measures', () => {
    const forgiven = searchWords('rodamiento 6204 M8 oro grasa').filter(({ isForgiving }) => isForgiving);
    expect(forgiven.map(({ text }) => text)).toEqual(['rodamiento', 'grasa']);
  });

  it('never has more than eight words, an empty one, or one that could be a pattern in SQL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (search) => {
        const words = texts(search);
        expect(words.length).toBeLessThanOrEqual(8);
        for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
        expect(foldSearch(search)).not.toMatch(/[\0\\]/);
      }),
    );
  });

  it('forgives no spelling in a word that nothing could be called', () => {
    expect(searchWords('x'.repeat(200)).some(({ isForgiving }) => isForgiving)).toBe(false);
  });
});
