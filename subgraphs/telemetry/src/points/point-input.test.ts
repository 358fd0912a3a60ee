import { describe, expect, it } from 'vitest';
import { createPointSchema, updatePointSchema } from './point-input.ts';

const id = '0f0e0d0c-0000-4000-8000-000000000001';
const good = {
  code: 'NORTE-POZO-9',
  name: 'Pozo 9',
  type: 'WELL',
  siteId: id,
  companyId: id,
  variables: [{ variable: 'TOTAL', pulsesPerLiter: '1000', calibrationFactor: '1.023' }],
};
const pathsOf = (input: unknown) =>
  createPointSchema.safeParse(input).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('createPointSchema', () => {
  it('takes a point with its constants', () => {
    expect(pathsOf(good)).toEqual([]);
  });

  it.each([
    ['a code that is no topic level', { code: 'a/b' }, 'code'],
    ['a code with a wildcard', { code: 'a+' }, 'code'],
    ['a place off the earth', { latitude: 91 }, 'latitude'],
    ['a time zone that is none', { timeZone: 'America/Nowhere' }, 'timeZone'],
    ['no quantity', { variables: [] }, 'variables'],
    ['a quantity twice', { variables: [{ variable: 'FLOW' }, { variable: 'FLOW' }] }, 'variables'],
    ['pulses of a level', { variables: [{ variable: 'LEVEL', litersPerPulse: '1' }] }, 'variables.0.pulsesPerLiter'],
    [
      'both pulse constants',
      { variables: [{ variable: 'TOTAL', litersPerPulse: '1', pulsesPerLiter: '1' }] },
      'variables.0.litersPerPulse',
    ],
    [
      'a constant of zero',
      { variables: [{ variable: 'TOTAL', litersPerPulse: '0.000' }] },
      'variables.0.litersPerPulse',
    ],
    ['a range upside down', { variables: [{ variable: 'FLOW', minValue: 5, maxValue: 1 }] }, 'variables.0.minValue'],
    ['a meter of sixteen digits', { meterDigits: 16 }, 'meterDigits'],
  ])('refuses %s at its field', (_name, change, path) => {
    expect(pathsOf({ ...good, ...change })).toEqual([path]);
  });
});

describe('updatePointSchema', () => {
  it('tells what is left out from what is emptied', () => {
    expect(updatePointSchema.parse({ id, standard: null })).toEqual({ id, standard: null });
  });
});
