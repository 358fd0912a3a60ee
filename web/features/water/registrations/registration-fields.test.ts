import { describe, expect, it } from 'vitest';
import { registrationForm, sentRegistration } from './registration-fields.ts';

const known = {
  ...{ id: 'r-1', sourceCode: 'SMA', mode: 'LIVE' as const, hasCredentials: true, maximumAttempts: 7 },
  identifiers: { ufId: '1', procesoId: '2', dispositivoId: 'D-3' },
  config: { parametros: [{ nombre: 'PH', unidad: 'pH', variable: 'PH' }] },
  ...{ startsAt: '2026-11-01T00:00:00Z', stoppedAt: null, stoppedReason: null },
  ...{ liveRequestedAt: null, liveRequestedBy: null, liveApprovedAt: null, liveApprovedBy: null },
} as const;

describe('the form of a registration', () => {
  it('sends what it was opened with, and no credentials that were not typed', () => {
    expect(sentRegistration(registrationForm('p-1', 'SMA', known))).toEqual({
      ...{ pointId: 'p-1', sourceCode: 'SMA', maximumAttempts: 7 },
      identifiers: known.identifiers,
      config: known.config,
    });
  });

  it('sends credentials whole, with a password as it was typed', () => {
    const form = registrationForm('p-1', 'DGA', null);
    const typed = { ...form, secrets: { rutEmpresa: ' 11111111-1 ', rutUsuario: '22222222-2', password: ' secreta ' } };
    expect(sentRegistration(typed)).toMatchObject({
      config: { extraction: 'GROUNDWATER', isLevelOptional: false },
      credentials: { rutEmpresa: '11111111-1', rutUsuario: '22222222-2', password: ' secreta ' },
    });
  });

  it('leaves out what belongs to another regulator', () => {
    const form = registrationForm('p-1', 'DGA', null);
    const moved = { ...form, source: 'IGAM' as const, identifiers: { codigoObra: 'OB-0101-1', rotulo: 'X' } };
    expect(sentRegistration(moved)).toMatchObject({ identifiers: { rotulo: 'X' }, config: { duracao: 3_600 } });
  });
});
