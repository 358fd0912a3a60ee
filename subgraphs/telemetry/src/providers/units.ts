import type { VariableKind } from '../variables/variable-kinds.ts';

/** What a value in a unit is multiplied with to be in the unit of its quantity; decimals, as they are stored. */
const factors: Readonly<Record<VariableKind, Readonly<Record<string, string>>>> = {
  LEVEL: { m: '1', cm: '0.01', mm: '0.001', ft: '0.3048' },
  FLOW: { 'l/s': '1', 'l/min': '0.016666667', 'm3/h': '0.277777778', 'm3/s': '1000', gpm: '0.063090197' },
  AVERAGE_FLOW: { 'l/s': '1', 'l/min': '0.016666667', 'm3/h': '0.277777778', 'm3/s': '1000', gpm: '0.063090197' },
  TOTAL: { m3: '1', l: '0.001', gal: '0.003785412', pulses: '1' },
  TEMPERATURE: { Cel: '1' },
  PRESSURE: { bar: '1', kPa: '0.01', mbar: '0.001', psi: '0.068947573' },
  PH: { pH: '1' },
  CONDUCTIVITY: { 'uS/cm': '1', 'mS/cm': '1000', 'S/m': '10000' },
  TURBIDITY: { NTU: '1', FNU: '1' },
};

const spellings: Readonly<Record<string, string>> = {
  'm³': 'm3',
  'm^3': 'm3',
  lt: 'l',
  lts: 'l',
  litros: 'l',
  liters: 'l',
  L: 'l',
  'L/s': 'l/s',
  'lt/s': 'l/s',
  lps: 'l/s',
  'L/min': 'l/min',
  'm³/h': 'm3/h',
  'm^3/h': 'm3/h',
  'm³/s': 'm3/s',
  '°C': 'Cel',
  C: 'Cel',
  'µS/cm': 'uS/cm',
  'μS/cm': 'uS/cm',
  mt: 'm',
  mts: 'm',
  metros: 'm',
  pulsos: 'pulses',
};

/** One way to write a unit: `m³/h`, `m^3/h` and `m3/h` are the same. */
export function plainUnit(unit: string): string {
  const trimmed = unit.trim();
  return Object.hasOwn(spellings, trimmed) ? (spellings[trimmed] ?? trimmed) : trimmed;
}

/** The factor from a unit to the unit of a quantity, as a decimal; null for a unit that it is not measured in. */
export function unitFactor(unit: string, variable: VariableKind): string | null {
  const plain = plainUnit(unit);
  return Object.hasOwn(factors[variable], plain) ? (factors[variable][plain] ?? null) : null;
}
