import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileWord } from './file-word.ts';

it('a name becomes a part of a file name that every system takes', () => {
  expect(fileWord('Aceros Ñuble & Cía. S.A.')).toBe('aceros-nuble-cia-s-a');
  expect(fileWord('-')).toBe('');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (name) => {
      expect(fileWord(name)).toMatch(/^([a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?)?$/);
    }),
  );
});
