import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import en from '../../../messages/en.json' with { type: 'json' };
import es from '../../../messages/es.json' with { type: 'json' };
import { readUnit, unitWords } from './read-unit.ts';

describe('a unit', () => {
  it('is the same however an ERP, a spreadsheet or a person writes it', () => {
    for (const written of ['saco', 'SACO', ' Sacos ', 'costal']) {
      expect(readUnit(written)).toEqual({ kind: 'counted', word: 'sack' });
    }
    for (const written of ['kg', 'KGS.', 'Kilogramos']) {
      expect(readUnit(written)).toEqual({ kind: 'measured', symbol: 'kg' });
    }
    expect(readUnit('Bidón')).toEqual({ kind: 'counted', word: 'canister' });
  });

  it('that nobody knows stays as it is, and none is none', () => {
    expect(readUnit(' Madeja ')).toEqual({ kind: 'unknown', text: 'Madeja' });
    expect(readUnit(null)).toEqual({ kind: 'unknown', text: '' });
  });

  it('that is counted has one word for one and another for several, in both languages', () => {
    for (const [locale, messages] of [
      ['es', es],
      ['en', en],
    ] as const) {
      const t = createTranslator({ locale, messages, namespace: 'inventory.units' });
      for (const word of unitWords) {
        const [one, several, half] = [1, 162, 1.5].map((count) => t(word, { count }));
        expect(several, word).toBe(half);
        expect(one === several, `${locale} ${word}`).toBe(locale === 'en' && word === 'dozen');
      }
    }
  });
});
