import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variableKinds } from '../../variables/variable-kinds.ts';
import { maskAnswer } from '../ledger/call-regulator.ts';
import { dga } from './dga.ts';
import { igam } from './igam.ts';
import { RegistrationProblem } from './regulator.ts';
import { sma } from './sma.ts';

const source = { baseUrl: 'https://regulator.example/' };
const slotAt = new Date('2026-01-01T17:00:00Z');
const readings = (values: Readonly<Record<string, number>>, totalDayBefore: number | null = null) => ({
  values: new Map(variableKinds.flatMap((kind) => (values[kind] === undefined ? [] : [[kind, values[kind]] as const]))),
  totalDayBefore,
  aggregation: totalDayBefore === null ? 'INSTANT' : 'DAILY_MEAN',
});

describe('DGA', () => {
  const registered = {
    source,
    identifiers: { codigoObra: 'OB-0101-7' },
    config: {},
    credentials: { rutEmpresa: '11111111-1', rutUsuario: '22222222-K', password: 'hunter22' },
  };
  const client = dga.open(registered);
  const values = { caudal: '12.40', totalizador: '120934', nivelFreaticoDelPozo: '35.20' };
  const answer = (status: number, body: unknown) =>
    client.classify({ status, body: typeof body === 'string' ? body : JSON.stringify(body) });

  it('writes a measurement as the manual does, four hours behind UTC in summer and in winter', () => {
    const request = client.request({ slotAt, values }, new Date('2026-07-01T03:30:05Z'));
    expect(request.url).toBe('https://regulator.example/api/v1/mediciones/subterraneas');
    expect(request.headers).toMatchObject({ codigoObra: 'OB-0101-7', timeStampOrigen: '2026-06-30T23:30:05-0000' });
    expect(JSON.parse(request.body ?? '')).toEqual({
      autenticacion: registered.credentials,
      medicionSubterranea: { ...values, fechaMedicion: '2026-01-01', horaMedicion: '13:00:00' },
    });
    expect(JSON.stringify(request.redacted)).not.toContain('hunter22');
    const winter = client.request({ slotAt: new Date('2026-07-02T02:00:00Z'), values }, slotAt);
    expect(winter.body).toContain('"fechaMedicion":"2026-07-01","horaMedicion":"22:00:00"');
  });

  it('has no level for surface water, and asks for it back by the voucher', () => {
    const surface = dga.open({ ...registered, config: { extraction: 'SURFACE_FLOW_METER' } });
    expect(surface.prepare(readings({ FLOW: 1, TOTAL: 5 }))).toEqual({
      isReady: true,
      values: { caudal: '1.00', totalizador: '5' },
    });
    expect(surface.verification({ slotAt, values }, 'ABC123')?.url).toBe(
      'https://regulator.example/api/v1/mediciones/superficiales/flujometro?codigoObra=OB-0101-7&numeroComprobante=ABC123',
    );
  });

  it('prepares two decimals and whole cubic metres, the daily mean where it is asked for, and nothing without a reading', () => {
    expect(client.prepare(readings({ FLOW: 12.4, TOTAL: 120_934.9, LEVEL: 35.2 }))).toEqual({ isReady: true, values });
    expect(client.prepare(readings({ TOTAL: 1_864, LEVEL: 1 }, 1_000))).toMatchObject({ values: { caudal: '10.00' } });
    for (const missing of [{}, { TOTAL: 1, LEVEL: 1 }, { FLOW: 1, TOTAL: 1 }, { FLOW: 1, TOTAL: 1e16, LEVEL: 1 }]) {
      expect(client.prepare(readings(missing))).toMatchObject({ isReady: false });
    }
    const small = dga.open({ ...registered, config: { isLevelOptional: true } });
    expect(small.prepare(readings({ FLOW: 1, TOTAL: 1 }))).toMatchObject({ values: { nivelFreaticoDelPozo: '' } });
  });

  it.each([
    ['ACCEPTED', 200, { status: '00', message: 'ok', data: { numeroComprobante: 'ABCDEFGH12345678' } }],
    ['ACCEPTED_WITHOUT_VOUCHER', 200, { status: '00', message: 'ok' }],
    ['ACCEPTED_WITHOUT_VOUCHER', 200, { status: '00', data: { numeroComprobante: '<b>' } }],
    [
      'DUPLICATE_WITH_VOUCHER',
      400,
      {
        status: '400',
        message: 'Ya existe un registro en esa fecha, hora para la obra. Comprobante: ABCDEFGH12345678',
      },
    ],
    [
      'DUPLICATE_WITHOUT_VOUCHER',
      400,
      { status: '400', message: 'Ya existe un registro en esa fecha, hora para la obra.' },
    ],
    ['UNRECOVERABLE', 400, { status: '400', message: 'Usuario no es el informante registrado en la Obra' }],
    ['REJECTED', 400, { status: '99', message: 'Rechazado', data: null }],
    ['REJECTED', 200, { status: '99', message: 'Rechazado', data: null }],
    ['REJECTED', 400, { status: 99, message: 'Rechazado' }],
    // Nothing of theirs: it may have been stored.
    ['LOST_ANSWER', 200, {}],
    ['LOST_ANSWER', 200, { message: 'ok' }],
    [
      'DUPLICATE_WITHOUT_VOUCHER',
      400,
      { status: '400', message: 'Ya existe un registro en esa fecha, hora para la obra. Comprobante: null' },
    ],
    ['REJECTED', 403, 'Forbidden'],
    ['REJECTED', 429, ''],
    ['LOST_ANSWER', 500, { status: '500', message: 'Error' }],
    ['LOST_ANSWER', 503, ''],
    ['LOST_ANSWER', 200, '<html>'],
    ['LOST_ANSWER', 200, ''],
    ['LOST_ANSWER', 500, { status: '00', data: { numeroComprobante: 'ABCDEFGH12345678' } }],
  ])('takes an answer for %s when it is a %i with %j', (outcome, status, body) => {
    const { voucher, ...rest } = answer(status, body);
    expect(rest.outcome).toBe(outcome);
    expect(voucher).toBe(outcome === 'ACCEPTED' || outcome === 'DUPLICATE_WITH_VOUCHER' ? 'ABCDEFGH12345678' : null);
  });

  it('repeats no part of a password that the regulator repeats, wherever what it says is cut', () => {
    const said = answer(400, { status: '99', message: `${'Rechazado. '.repeat(27)}hunter22hunter22` });
    expect(maskAnswer(said, ['hunter22hunter22']).error).not.toContain('hun');
  });

  it('makes something of any answer, and accepts none without the words for it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(['REJECTED', 'LOST_ANSWER']).toContain(answer(status, body).outcome);
      }),
    );
  });

  it('confirms what is held only when day, hour and every value are those that were sent', () => {
    const held = { fechaMedicion: '01-01-2026', horaMedicion: '13:00:00', ...values };
    const verify = (data: object, status = 200) =>
      client.readVerification({ slotAt, values }, { status, body: JSON.stringify({ status: '00', data }) });
    expect(verify(held)).toBe('CONFIRMED');
    expect(verify({ ...held, caudal: '12.4' })).toBe('CONFIRMED');
    expect(verify({ ...held, caudal: '12.41' })).toBe('DIFFERENT');
    expect(verify({ ...held, fechaMedicion: '2026-01-01' })).toBe('DIFFERENT');
    expect(verify({ ...held, nivelFreaticoDelPozo: '' })).toBe('DIFFERENT');
    expect(verify(held, 500)).toBe('UNCLEAR');
  });

  it('refuses a registration that is not as issued, and names no value of it', () => {
    expect(() => dga.open({ ...registered, identifiers: { codigoObra: 'POZO-1' } })).toThrow(/identifiers.codigoObra/);
    const wrong = dga.open({ ...registered, credentials: { ...registered.credentials, rutUsuario: '1.234-5' } });
    expect(() => wrong.request({ slotAt, values }, slotAt)).toThrow(RegistrationProblem);
    expect(() => wrong.request({ slotAt, values }, slotAt)).not.toThrow(/1\.234/);
  });
});

describe('SMA', () => {
  const parametros = [
    { nombre: 'Q', unidad: 'l/s', variable: 'FLOW' },
    { nombre: 'VA', unidad: 'm3', variable: 'TOTAL' },
  ];
  const client = sma.open({
    source: { ...source, timeZone: 'America/Santiago' },
    identifiers: { ufId: '001', procesoId: '10', dispositivoId: 'DISP-1' },
    config: { parametros },
    credentials: { usuario: 'ana', password: 'hunter22' },
  });

  it('sends all registered parameters of one time in one call, in local time without an offset', () => {
    const prepared = client.prepare(readings({ FLOW: 42.5, TOTAL: 120_934 }));
    expect(prepared).toEqual({ isReady: true, values: { Q: '42.5', VA: '120934' } });
    const request = client.request({ slotAt, values: { Q: '42.5', VA: '120934' } }, slotAt);
    expect(request.url).toBe('https://regulator.example/api/v1/ufs/001/procesos/10/registros');
    expect(JSON.parse(request.body ?? '')).toEqual([
      {
        dispositivoId: 'DISP-1',
        parametros: [
          { nombre: 'Q', valor: '42.5', unidad: 'l/s', estampaTiempo: '2026-01-01T14:00:00' },
          { nombre: 'VA', valor: '120934', unidad: 'm3', estampaTiempo: '2026-01-01T14:00:00' },
        ],
      },
    ]);
    expect(client.prepare(readings({ FLOW: 42.5 }))).toEqual({ isReady: false, reason: 'Not measured: VA' });
  });

  it('leaves to a person whatever is unsure: it has no duplicate answer', () => {
    expect(sma).toMatchObject({ afterLostAnswer: 'REVIEW', afterRejection: 'REVIEW' });
    const outcome = (status: number, body: unknown) => client.classify({ status, body: JSON.stringify(body) });
    expect(outcome(201, { mensaje: 'ok', IdVerificacion: 'a1' })).toMatchObject({ outcome: 'ACCEPTED', voucher: 'a1' });
    expect(outcome(200, { mensaje: 'ok' }).outcome).toBe('ACCEPTED_WITHOUT_VOUCHER');
    expect(outcome(400, { mensaje: 'faltan' })).toMatchObject({ outcome: 'REJECTED', error: 'faltan' });
    expect(outcome(401, {}).outcome).toBe('NOT_SENT');
    expect(outcome(500, {}).outcome).toBe('LOST_ANSWER');
    expect(client.signIn?.read({ status: 200, body: '{"token":"t"}' })).toEqual({ authorization: 'Bearer t' });
    expect(client.signIn?.read({ status: 401, body: '{}' })).toBeNull();
  });
});

describe('IGAM', () => {
  it('fits the same port: numbers, UTC, a key in a header', () => {
    const client = igam.open({
      source,
      identifiers: { rotulo: 'PONTO-1' },
      config: { duracao: 600 },
      credentials: { apiKey: 'k-1' },
    });
    const prepared = client.prepare(readings({ FLOW: 2.5, TOTAL: 1_500 }));
    if (!prepared.isReady) throw new Error(prepared.reason);
    const request = client.request({ slotAt, values: prepared.values }, slotAt);
    expect(request.headers['API-Key']).toBe('k-1');
    expect(JSON.stringify(request.redacted)).not.toContain('k-1');
    expect(JSON.parse(request.body ?? '')).toEqual([
      { rotulo: 'PONTO-1', leituras: [{ horario: '2026-01-01T17:00:00Z', vazao: 2.5, duracao: 600, volume: 1500 }] },
    ]);
    expect(client.classify({ status: 200, body: '' }).outcome).toBe('ACCEPTED');
    expect(client.classify({ status: 502, body: '' }).outcome).toBe('LOST_ANSWER');
  });
});
