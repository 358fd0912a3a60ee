import { describe, expect, it } from 'vitest';
import { variableDefinitions, variableKinds } from '../variables/variable-kinds.ts';
import { plainUnit, unitFactor } from './units.ts';

describe('units', () => {
  it.each(variableKinds)('%s is stored in its own unit as it is', (kind) => {
    expect(unitFactor(variableDefinitions[kind].unit, kind)).toBe('1');
  });

  it.each([
    ['m³/h', 'FLOW', 3.6, 1],
    ['L/min', 'FLOW', 60, 1],
    ['lts', 'TOTAL', 1_000, 1],
    ['cm', 'LEVEL', 100, 1],
    ['kPa', 'PRESSURE', 100, 1],
  ] as const)('%s of %s: %d are %d', (unit, kind, given, wanted) => {
    expect(given * Number(unitFactor(unit, kind))).toBeCloseTo(wanted, 5);
  });

  it('knows no way from one quantity to another', () => {
    expect(unitFactor('bar', 'LEVEL')).toBeNull();
    expect(unitFactor('constructor', 'LEVEL')).toBeNull();
    expect(plainUnit(' L/s ')).toBe('l/s');
  });
});
