import { expect, it } from 'vitest';
import { unitWord } from './unit-word.ts';

it('a unit in a sentence has its plural and its language, and one that is no word stays as it is written', () => {
  expect([1, 162, 0.5, -1].map((count) => unitWord('SACO', count, 'es'))).toEqual(['saco', 'sacos', 'sacos', 'saco']);
  expect([unitWord('Bidón', 2, 'en'), unitWord('un', 1, 'en'), unitWord('pza.', 3, 'es')]).toEqual([
    ...['canisters', 'unit', 'piezas'],
  ]);
  expect([unitWord('kg', 12, 'es'), unitWord(' Madeja ', 2, 'en')]).toEqual(['kg', 'Madeja']);
});
