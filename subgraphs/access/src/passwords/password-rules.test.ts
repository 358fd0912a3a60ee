import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPasswordProblem } from './password-rules.ts';

const problem = (password: string, email = 'ana.rojas@ribera.example') =>
  findPasswordProblem(password, email)?.code ?? null;

describe('password rules', () => {
  it.each([
    ['corto', 'TOO_SHORT'],
    ['123456789', 'TOO_SHORT'],
    ['x'.repeat(201), 'TOO_LONG'],
    ['password123', 'TOO_COMMON'],
    ['Passw0rd!2026', 'TOO_COMMON'],
    ['C0ntr4señ4!!', 'TOO_COMMON'],
    ['1234567890', 'TOO_COMMON'],
    ['zyxwvutsrqp', 'TOO_COMMON'],
    ['aaaaaaaaaaaa', 'TOO_COMMON'],
    ['Invierno2026', 'TOO_COMMON'],
    ['Ana.Rojas-2026', 'CONTAINS_EMAIL'],
    ['mi ana.rojas@ribera.example', 'CONTAINS_EMAIL'],
    ['tres pozos y un estanque', null],
    ['k7#vQ9!mT2', null],
    ['乙丙丁戊己庚辛壬癸子', null],
  ])('%s is judged %s', (password, code) => {
    expect(problem(password)).toBe(code);
  });

  it('a short name before the @ does not forbid half the alphabet', () => {
    expect(problem('salmón y lúcuma', 'al@ribera.example')).toBeNull();
  });

  it('whatever is accepted has at least 10 characters and not the address in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.emailAddress(), (password, email) => {
        if (problem(password, email) !== null) return;
        expect([...password].length).toBeGreaterThanOrEqual(10);
        expect(password.toLowerCase()).not.toContain(email.toLowerCase());
      }),
    );
  });
});
